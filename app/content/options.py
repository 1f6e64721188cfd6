"""The table of choices: the same columns for all, the shot included."""

from dataclasses import dataclass
from pathlib import Path

from app.content.fields import Fields, read_fields
from app.content.words import Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the table."""

    id: str
    option: str
    how: str
    upside: str
    downside: str
    how_sure: str
    time: str
    cost: str


def read_choices(file: Path, costs: Fields, words: Words) -> tuple[Choice, ...]:
    """Read the table; where the pack has no sentence on a cost, it says to ask."""
    return tuple(_choice(row, costs, words) for row in read_fields(file).rows("rows"))


def _choice(row: Fields, costs: Fields, words: Words) -> Choice:
    if row.text("cost") not in costs.data:
        raise row.wrong("cost", f"the pack knows no cost {row.text('cost')}")
    return Choice(
        id=row.text("id"),
        option=words.text(row, "option"),
        how=words.text(row, "how"),
        upside=words.text(row, "upside"),
        downside=words.text(row, "downside"),
        how_sure=words.text(row, "how_sure"),
        time=words.text(row, "time"),
        cost=costs.text_or_none(row.text("cost")) or costs.text("ask"),
    )
