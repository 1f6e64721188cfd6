"""The questions for the doctor and the values to think about, as part S9 words them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.content.fields import Fields, read_fields
from app.content.words import Words
from app.domain.questions import Wishes
from app.domain.refusals import UnknownAnswer


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or a value."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Questions:
    """What can be ticked."""

    values: tuple[Asked, ...]
    items: tuple[Asked, ...]

    def ticked(self, before: Wishes, matters: Iterable[str], asked: Iterable[str]) -> Wishes:
        """Take over what is ticked; raises UnknownAnswer for what was not offered."""
        chosen = set(matters)
        if chosen - {value.id for value in self.values}:
            raise UnknownAnswer
        ours = [value.id for value in self.values if value.id in chosen]
        return before.ticked(ours, set(asked), [item.id for item in self.items])

    def matters(self, wishes: Wishes) -> list[str]:
        """Put what matters most into words."""
        return [value.text for value in self.values if value.id in wishes.matters]

    def listed(self, wishes: Wishes) -> list[Asked]:
        """Put the list into words, in the person's order; what an edition dropped is left out."""
        said = {item.id: item.text for item in self.items} | dict(wishes.own)
        return [Asked(name, said[name]) for name in wishes.asked if name in said]


def read_questions(file: Path, words: Words) -> Questions:
    """Read what can be ticked in one language."""
    fields = read_fields(file)
    return Questions(
        values=tuple(_asked(row, words) for row in fields.rows("values")),
        items=tuple(_asked(row, words) for row in fields.rows("items")),
    )


def _asked(row: Fields, words: Words) -> Asked:
    return Asked(row.text("id"), words.text(row, "text"))
