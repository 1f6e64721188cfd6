"""What was measured, as a table for people and as JSON for programs."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measurement: ours, the floor's where there is one, and the goal in the same words."""

    what: str
    ours: str
    beside: str = ""  # the floor, or what it is compared with
    ratio: float | None = None
    goal: str
    met: bool | None = None


def middle(values: Iterable[float]) -> float:
    """Return the median."""
    return median(values)


def line(row: Row) -> str:
    """Write a row of the table."""
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    met = {True: "yes", False: "**no**", None: ""}[row.met]
    return f"| {row.what} | {row.ours} | {row.beside} | {ratio} | {row.goal} | {met} |"


HEAD = (
    "| what | Foreword | floor, or beside | ratio | goal | met |\n"
    "| --- | --- | --- | --- | --- | --- |"
)


def save(path: Path, rows: Iterable[Row], machine: dict[str, object]) -> None:
    """Write everything down."""
    text = json.dumps({"machine": machine, "rows": [asdict(row) for row in rows]}, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
