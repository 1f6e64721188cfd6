"""The ten pages: front matter, Markdown, and all that belongs to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.content.checks import Check
from app.content.claims import Row, Source
from app.content.drawings import Drawing
from app.content.fields import BadEdition, Fields, parse_fields, read_text
from app.content.figures import Figure
from app.content.options import Choice
from app.content.prose import Body, Picture, Piece, render
from app.content.words import Words, word_count

FROM_PACK = "pack"  # a source named so means the sources of the country's pack


@dataclass(frozen=True, slots=True)
class HowSure:
    """How sure we are: a word, its step on the scale of four if it has one, and why."""

    word: str
    step: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    """One part of the primer, ready to be shown."""

    number: int
    id: str
    slug: str
    title: str
    words: int
    main: tuple[Piece, ...]
    detail: tuple[Piece, ...]
    main_text: str  # the same as Markdown, filled
    detail_text: str
    how_sure: HowSure
    may_have_read: tuple[Row, ...]
    sources: tuple[Source, ...]
    choices: tuple[Choice, ...]
    check: Check | None
    sha: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of both panels, in order."""
        return tuple(piece.figure for piece in (*self.main, *self.detail) if piece.figure)

    @property
    def drawings(self) -> tuple[Drawing, ...]:
        """The drawings of both panels, in order."""
        return tuple(piece.drawing for piece in (*self.main, *self.detail) if piece.drawing)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that pages take from, read once for all of them."""

    words: Words
    pictures: Mapping[str, Picture]
    checks: Mapping[str, Check]
    choices: tuple[Choice, ...]
    rows: Mapping[str, Row]
    references: Mapping[str, Source]
    pack_references: tuple[str, ...]
    safety_items: frozenset[str]


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page as written: front matter and body."""

    front: Fields
    body: Body

    @property
    def id(self) -> str:
        """The page's name in the edition, such as S4."""
        return self.front.text("id")


def read_page(file: Path) -> PageFile:
    """Part the front matter from the Markdown."""
    text = read_text(file)
    head, fence, _ = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not fence:
        raise BadEdition(f"{file}:1: the page does not begin with front matter")
    below = head.count("\n") + 2
    lines = tuple(text.split("\n")[below + 1 :])
    return PageFile(parse_fields(file, head, 2), Body(file, lines, below + 2))


def build_page(written: PageFile, number: int, shelf: Shelf) -> Page:
    """Give the page as patients of this clinic see it."""
    front, (main, detail) = written.front, written.body.panels()
    how_sure, check = _how_sure(front.part("how_sure"), shelf.words), _check(front, shelf.checks)
    page = Page(
        number=number,
        id=written.id,
        slug=front.file.stem.partition("-")[2],
        title=shelf.words.text(front, "title"),
        words=main.word_count() + word_count(how_sure.note) + (check.words if check else 0),
        main=render(main, shelf.pictures, shelf.words),
        detail=render(detail, shelf.pictures, shelf.words),
        main_text=main.filled(shelf.words),
        detail_text=detail.filled(shelf.words),
        how_sure=how_sure,
        may_have_read=_found(front, "claims", shelf.rows),
        sources=_sources(written, shelf),
        choices=shelf.choices if front.flag("options") else (),
        check=check,
    )
    shown = {figure.id for figure in page.figures} | {drawing.id for drawing in page.drawings}
    if shown != set(front.texts("figures")):
        raise front.wrong("figures", "these are not the figures in the text")
    return page


def _how_sure(fields: Fields, words: Words) -> HowSure:
    return HowSure(
        words.text(fields, "word"), fields.whole_or_none("step"), words.text(fields, "note")
    )


def _check(front: Fields, checks: Mapping[str, Check]) -> Check | None:
    name = front.text_or_none("check")
    if name is not None and name not in checks:
        raise front.wrong("check", f"there is no check {name}")
    return checks[name] if name else None


def _found(front: Fields, key: str, rows: Mapping[str, Row]) -> tuple[Row, ...]:
    for name in front.texts(key):
        if name not in rows:
            raise front.wrong(key, f"there is no claim {name}")
    return tuple(rows[name] for name in front.texts(key))


def _sources(written: PageFile, shelf: Shelf) -> tuple[Source, ...]:
    """Give the page's sources; what the front matter lists is what the text names."""
    listed, named = written.front.texts("references"), set[str]()
    for line, name in written.body.footnotes():
        if name not in {*listed, *shelf.safety_items}:
            raise written.body.wrong(line, f"{name} is not among the references of the page")
        named.add(name)
    unused = [name for name in listed if name not in named]
    if unused:
        raise written.front.wrong("references", f"the text names no {', '.join(unused)}")
    return tuple(_resolve(written.front, name, shelf) for name in _spread(listed, shelf))


def _spread(listed: tuple[str, ...], shelf: Shelf) -> tuple[str, ...]:
    """Put the pack's own sources in the place of its name, each source once."""
    names = (
        name
        for entry in listed
        for name in (shelf.pack_references if entry == FROM_PACK else (entry,))
    )
    return tuple(dict.fromkeys(names))


def _resolve(front: Fields, name: str, shelf: Shelf) -> Source:
    if name not in shelf.references:
        raise front.wrong("references", f"there is no reference {name}")
    return shelf.references[name]
