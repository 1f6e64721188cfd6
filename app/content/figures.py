"""Icon arrays: a hundred small people drawn from numbers that stand in one place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.content.fields import Fields, read_fields
from app.content.words import Words

WHOLE = 100
ROW = 10  # people in a row
CELL_WIDTH, CELL_HEIGHT = 19, 23  # one person and the gap, as the patterns draw them


@dataclass(frozen=True, slots=True)
class Box:
    """A run of people, filled or in outline."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Group:
    """People with the same treatment: how many of a hundred, and how many it rests on."""

    label: str
    filled: int
    empty: int
    people: int | None
    counted: int | None
    low: int | None
    high: int | None

    @property
    def boxes(self) -> tuple[tuple[str, Box], ...]:
        """The two halves as boxes to draw: the kind of half, and where."""
        filled = (("filled", box) for box in _boxes(0, self.filled))
        empty = (("empty", box) for box in _boxes(self.filled, WHOLE))
        return (*filled, *empty)

    @property
    def band(self) -> tuple[Box, ...]:
        """The people for whom it is not sure on which side they are."""
        return () if self.low is None or self.high is None else _boxes(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Panel:
    """The groups at one time, drawn side by side."""

    label: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its words: both halves, the caption, the twin that says it all in text."""

    id: str
    title: str
    each: str
    outcome: str
    panels: tuple[Panel, ...]
    caption: str
    twin: str
    range: str | None
    range_in_figure: bool  # else the range stands with the table
    note: str | None

    @property
    def key_note(self) -> str | None:
        """What a shape stands for, unless the caption says it already."""
        return None if self.each in self.caption else self.each

    @property
    def band_note(self) -> str | None:
        """What the shaded shapes mean, where the range is drawn."""
        drawn = any(group.band for panel in self.panels for group in panel.groups)
        return self.range if drawn and self.range_in_figure else None


def read_figures(numbers: Path, texts: Path, words: Words) -> dict[str, Figure]:
    """Read the figures of one language; one without numbers is refused."""
    drawn = {row.text("id"): row for row in read_fields(numbers).rows("items")}
    figures = {}
    for name, said in read_fields(texts).named().items():
        if name not in drawn:
            raise said.wrong("title", f"the figure {name} has no numbers in {numbers.name}")
        figures[name] = _figure(name, drawn[name], said, words)
    return figures


def _figure(name: str, drawn: Fields, said: Fields, words: Words) -> Figure:
    if drawn.whole("denominator") != WHOLE:
        raise drawn.wrong("denominator", "people are always counted out of 100")
    return Figure(
        id=name,
        title=words.text(said, "title"),
        each=words.text(said, "each"),
        outcome=words.text(said, "outcome"),
        panels=_panels(drawn, said, words),
        caption=words.text(said, "caption"),
        twin=words.text(said, "twin"),
        range=words.text_or_none(said, "range"),
        range_in_figure=drawn.data.get("range_shown") == "figure",
        note=words.text_or_none(said, "note"),
    )


def _panels(drawn: Fields, said: Fields, words: Words) -> tuple[Panel, ...]:
    numbers, labels = drawn.rows("panels"), said.rows("panels")
    if not numbers or len(numbers) != len(labels):
        raise said.wrong("panels", "the words and the numbers do not pair")
    return tuple(_panel(*pair, words) for pair in zip(numbers, labels, strict=True))


def _panel(drawn: Fields, said: Fields, words: Words) -> Panel:
    numbers, labels = drawn.rows("groups"), words.texts(said, "groups")
    if not numbers or len(numbers) != len(labels):
        raise said.wrong("groups", "the words and the numbers do not pair")
    groups = (_group(row, label) for row, label in zip(numbers, labels, strict=True))
    return Panel(words.text(said, "label"), tuple(groups))


def _group(row: Fields, label: str) -> Group:
    group = Group(
        label,
        row.whole("filled"),
        row.whole("empty"),
        people=row.whole_or_none("people"),
        counted=row.whole_or_none("counted"),
        low=row.whole_or_none("low"),
        high=row.whole_or_none("high"),
    )
    if group.filled + group.empty != WHOLE or min(group.filled, group.empty) < 0:
        raise row.wrong("filled", "filled and empty do not make 100")
    share = _share(group)
    if share not in (None, group.filled):
        raise row.wrong("counted", f"this is {share} of 100 people, not what is filled")
    return group


def _share(group: Group) -> int | None:
    if group.counted is None or not group.people:
        return None
    return round(WHOLE * group.counted / group.people)


def _boxes(start: int, end: int) -> tuple[Box, ...]:
    """Give the rectangles that cover the people from one number up to another, row by row."""
    boxes = []
    while start < end:
        column = start % ROW
        whole_rows = (end - start) // ROW if column == 0 else 0
        run = ROW if whole_rows else min(ROW - column, end - start)
        rows = max(whole_rows, 1)
        boxes.append(_box(column, start // ROW, run, rows))
        start += run * rows
    return tuple(boxes)


def _box(column: int, row: int, run: int, rows: int) -> Box:
    return Box(column * CELL_WIDTH, row * CELL_HEIGHT, run * CELL_WIDTH, rows * CELL_HEIGHT)


def all_numbers(figures: Mapping[str, Figure]) -> dict[str, tuple[int, ...]]:
    """Give the numbers that each figure draws, to compare them with its words."""
    return {
        name: tuple(
            number
            for panel in figure.panels
            for group in panel.groups
            for number in (group.filled, group.empty)
        )
        for name, figure in figures.items()
    }
