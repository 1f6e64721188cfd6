"""The form before the visit: what is asked, in the reader's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from app.content.editions import language_folder
from app.content.fields import BadEdition, Fields, read_fields
from app.content.words import Words
from app.domain.previsit import IN_PERSON, SCALE, Field


class Kind(StrEnum):
    """How an item is answered."""

    CHOICE = "choice"
    TICKS = "ticks"
    MAP = "map"
    SCALES = "scales"  # each line from 0 to 10
    ROWS = "rows"  # each line with one of the options
    SHORT = "short"  # own words


LINED = (Kind.SCALES, Kind.ROWS)
OPTIONED = (Kind.CHOICE, Kind.TICKS, Kind.MAP, Kind.ROWS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question, with why it is asked; every one can be told in person instead."""

    id: str
    kind: Kind
    short: str  # its name on the doctor's page
    question: str
    why: str
    options: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)  # ends, sides, source

    @property
    def in_person(self) -> Field:
        """The box of those who would rather tell the doctor."""
        return Field(f"{self.id}.{IN_PERSON}", ("yes",))

    @property
    def fields(self) -> tuple[Field, ...]:
        """What the item's answer is made of."""
        options = SCALE if self.kind is Kind.SCALES else tuple(self.options)
        several = self.kind in (Kind.TICKS, Kind.MAP)
        names = [f"{self.id}.{line}" for line in self.lines] or [self.id]
        return (*(Field(name, options, several) for name in names), self.in_person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some items that are kept together."""

    id: str
    title: str
    items: tuple[Item, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Everything that can be answered in this part."""
        return tuple(one for item in self.items for one in item.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreVisit:
    """The whole form."""

    title: str
    lead: str
    who_reads: str
    not_urgent: str
    in_person: str
    no_answer: str
    parts: tuple[Part, ...]

    def part(self, name: str) -> Part | None:
        """Find a part by its name."""
        return next((part for part in self.parts if part.id == name), None)

    def with_items(self, name: str, items: Sequence[Item]) -> "PreVisit":
        """Return the form with more to answer in one part."""
        parts = (
            replace(part, items=(*part.items, *items)) if part.id == name else part
            for part in self.parts
        )
        return replace(self, parts=tuple(parts))

    def after(self, part: Part) -> Part | None:
        """Return the part that follows."""
        following = self.parts[self.parts.index(part) + 1 :]
        return following[0] if following else None


def load_previsit(folder: Path, edition: str, language: str, words: Words) -> PreVisit:
    """Read the form, or say with file and line why it cannot be shown."""
    texts = read_fields(language_folder(folder, edition, language) / "previsit.yaml")
    rules = read_fields(folder / edition / "previsit.yaml")
    titles = {row.text("id"): words.text(row, "title") for row in texts.rows("parts")}
    items = {row.text("id"): row for row in texts.rows("items")}
    return PreVisit(
        title=words.text(texts, "title"),
        lead=words.text(texts, "lead"),
        who_reads=words.text(texts, "who_reads"),
        not_urgent=words.text(texts, "not_urgent"),
        in_person=words.text(texts, "in_person"),
        no_answer=words.text(texts, "no_answer"),
        parts=tuple(_part(row, titles, items, texts, words) for row in rules.rows("parts")),
    )


def _part(
    rule: Fields,
    titles: Mapping[str, str],
    items: Mapping[str, Fields],
    texts: Fields,
    words: Words,
) -> Part:
    name = rule.text("id")
    rows = rule.rows("items")
    wordless = [row.text("id") for row in rows if row.text("id") not in items]
    if name not in titles or wordless:
        raise texts.wrong("items", f"{', '.join(wordless) or name} has no words")
    return Part(
        id=name,
        title=titles[name],
        items=tuple(_item(row, items[row.text("id")], words) for row in rows),
    )


def _item(rule: Fields, said: Fields, words: Words) -> Item:
    try:
        kind = Kind(rule.text("kind"))
    except ValueError:
        raise rule.wrong("kind", "there is no such kind") from None
    return Item(
        id=rule.text("id"),
        kind=kind,
        short=words.text(said, "short"),
        question=words.text(said, "question"),
        why=words.text(said, "why"),
        options=_named(rule, said, "options", words) if kind in OPTIONED else {},
        lines=_named(rule, said, "lines", words) if kind in LINED else {},
        said=_sides(said, kind, words),
    )


def _named(rule: Fields, said: Fields, key: str, words: Words) -> dict[str, str]:
    """Give each option or line its words, in the order of the rules."""
    names = rule.texts(key)
    if not names:
        raise rule.wrong(key, "a list is missing")
    part = said.part(key)
    if set(part.data) != set(names):
        raise BadEdition(f"{part.file}:{said.line(key)}: these must be {', '.join(names)}")
    return {name: words.text(part, name) for name in names}


def _sides(said: Fields, kind: Kind, words: Words) -> dict[str, str]:
    if kind is Kind.SCALES:
        return {end: words.text(said.part("ends"), end) for end in ("low", "high")}
    if kind is Kind.MAP:
        return {side: words.text(said, side) for side in ("front", "back", "left", "right")}
    return {}
