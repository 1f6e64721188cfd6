"""The primer as the patients of one clinic see it: an edition, a language, a country."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.content import bundle
from app.content.checks import Checks, read_checks
from app.content.claims import Source, read_references, read_rows
from app.content.drawings import read_drawings
from app.content.editions import (
    About,
    Edition,
    language_folder,
    parse_about,
    read_edition,
)
from app.content.fields import BadEdition, read_fields
from app.content.figures import read_figures
from app.content.options import read_choices
from app.content.packs import Pack, guide_words
from app.content.pages import Page, PageFile, Shelf, build_page, read_page
from app.content.prose import Picture
from app.content.questions import Questions, read_questions
from app.content.safety import SafetyCheck, load_safety
from app.content.statements import Statements, TeachBack, read_statements, read_teach_back
from app.content.words import Words, word_count
from app.domain.primer import PARTS


@dataclass(frozen=True, slots=True)
class Primer:
    """Everything that one person may be shown, with the fingerprint of all of it."""

    edition: Edition
    language: str
    jurisdiction: str
    about: About
    safety: SafetyCheck
    pages: tuple[Page, ...]
    check_header: str
    statements: Statements
    teach_back: TeachBack
    questions: Questions
    notices: tuple[str, ...]
    clinic_words: Mapping[str, str]  # what the clinic itself filled in
    sha: str = ""

    def page(self, number: int) -> Page:
        """Give a part by the number that patients see, from 1."""
        return self.pages[number - 1]

    def page_of(self, check: str) -> Page | None:
        """Find the page that a question belongs to."""
        return next((page for page in self.pages if page.check and page.check.id == check), None)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All that the guide rests on, each once, in the order in which it is first named."""
        named = (
            source
            for page in self.pages
            for sources in (page.sources, *(row.sources for row in page.may_have_read))
            for source in sources
        )
        return tuple(dict.fromkeys(named))

    @property
    def must_see(self) -> tuple[str, ...]:
        """The questions whose right answer must be seen before the end."""
        return tuple(page.check.id for page in self.pages if page.check and page.check.must_see)

    @property
    def words(self) -> int:
        """How many words there are to read from the first part to the last statement."""
        statements = word_count(*(item.text for item in self.statements.items))
        return sum(page.words for page in self.pages) + statements

    def minutes_left(self, number: int = 1) -> int:
        """Say how long the rest takes from a part on."""
        words = sum(page.words for page in self.pages[number - 1 :])
        return max(1, round(words / self.edition.words_a_minute))


def load(
    folder: Path, edition: str, language: str, pack: Pack, clinic_words: Mapping[str, str]
) -> Primer:
    """Read an edition, or say with file and line why it cannot be shown."""
    front, texts = read_edition(folder, edition), language_folder(folder, edition, language)
    written = _page_files(texts, front.pages)
    parts = {page.id: number for number, page in enumerate(written, 1)}
    words = guide_words(pack, language, clinic_words, parts)
    safety = load_safety(folder, edition, language, pack, clinic_words)
    checks = read_checks(texts / "checks.yaml", pack.language(language), words)
    references = read_references(folder / edition / "references.yaml")
    shelf = Shelf(
        words=words,
        pictures=_pictures(folder / edition, texts, words),
        checks=checks.items,
        choices=read_choices(
            texts / "options.yaml", pack.language(language).part("grid_costs"), words
        ),
        rows=read_rows(folder / edition / "claims.yaml", texts / "claims.yaml", references, words),
        references=references,
        pack_references=pack.references,
        safety_items=frozenset(item.id for item in safety.rules),
    )
    pages = tuple(build_page(page, number, shelf) for number, page in enumerate(written, 1))
    _every_check_once(pages, checks, texts / "checks.yaml")
    primer = Primer(
        edition=front,
        language=language,
        jurisdiction=pack.jurisdiction,
        about=parse_about(read_fields(texts / "about.yaml"), words),
        safety=safety,
        pages=pages,
        check_header=checks.header,
        statements=read_statements(texts / "statements.yaml", words),
        teach_back=read_teach_back(texts / "teach_back.yaml", words),
        questions=read_questions(texts / "questions.yaml", words),
        notices=tuple(notice.text for notice in pack.notices if notice.text),
        clinic_words=clinic_words,
    )
    return bundle.sealed(primer)


def _page_files(texts: Path, expected: tuple[str, ...]) -> list[PageFile]:
    written = [read_page(file) for file in sorted(texts.glob("*.md"))]
    found = [page.id for page in written]
    missing = [name for name in expected if name not in found]
    if missing:
        raise BadEdition(f"{texts}:1: the page {', '.join(missing)} is missing")
    if found != list(expected) or len(found) != PARTS:
        raise BadEdition(f"{texts}:1: the pages are {', '.join(found)}, not the edition's {PARTS}")
    return written


def _pictures(numbers: Path, texts: Path, words: Words) -> dict[str, Picture]:
    figures = read_figures(numbers / "figures.yaml", texts / "figures.yaml", words)
    return {**figures, **read_drawings(texts / "drawings.yaml", words)}


def _every_check_once(pages: tuple[Page, ...], checks: Checks, file: Path) -> None:
    shown = [page.check.id for page in pages if page.check]
    for name in checks.items:
        if shown.count(name) != 1:
            raise BadEdition(f"{file}:1: the check {name} belongs to {shown.count(name)} pages")
