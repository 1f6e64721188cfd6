"""Rules of the editor's check on single pages: how long, how hard, and true to their figures."""

import re
from collections.abc import Iterator
from pathlib import Path

from app.content.fields import read_fields
from app.content.figures import Figure
from app.content.pages import PageFile, read_page
from app.content.primer import Primer
from app.content.reading_grade import grade, sentences
from app.content.words import word_count

Place = tuple[Path, int, str, str]  # file, line, rule, what is wrong

PAGE_GRADE = 6
SENTENCE_GRADE = 8
SHORT = 8  # words; below that the counting of grades says nothing
LONG, TOO_LONG = 185, 280  # words of the main panel: with a reason, and never
_MARK = re.compile(r"^(?:> ?)*(?:- |\d+\. )?", re.MULTILINE)
_PICTURE = re.compile(r"!\[\]\((\w+)\)")
_OUT_OF_100 = re.compile(r"\d{1,3} (?:out of|de cada) 100")
_NUMBER = re.compile(r"\d+")


def easy(root: Path, pages: list[PageFile]) -> Iterator[Place]:
    """Look for pages and sentences in English that ask for too many years of school."""
    looked_at = read_fields(root / "hard_sentences.yaml")
    for page in pages:
        text = page.body.spoken()
        found = grade(text.replace("\n- ", ".\n"))
        if found > PAGE_GRADE:
            yield page.body.file, 1, "grade", f"{page.id} asks for grade {found:.1f}"
        known = looked_at.texts(page.id)
        hard = list(_hard(page))
        for line, sentence, asks in hard:
            if sentence not in known:
                yield page.body.file, line, "sentence", f"grade {asks:.1f}: {sentence}"
        for sentence in set(known) - {one for _line, one, _asks in hard}:
            why = f"this is not hard, or not there: {sentence}"
            yield looked_at.file, looked_at.line(page.id), "sentence", why


def _hard(page: PageFile) -> Iterator[tuple[int, str, float]]:
    for line, written in enumerate(page.body.spoken().split("\n"), page.body.first_line):
        for sentence in sentences(_MARK.sub("", written)):
            asks = grade(sentence)
            if word_count(sentence) >= SHORT and asks > SENTENCE_GRADE:
                yield line, sentence.strip(), asks


def short(pages: list[PageFile]) -> Iterator[Place]:
    """Look for pages that are longer than people read, without a reason or beyond all reason."""
    for page in pages:
        main, _detail = page.body.panels()
        words = word_count(_PICTURE.sub("", main.spoken()))
        if words > TOO_LONG or (words > LONG and not page.front.has("length_note")):
            yield page.body.file, 1, "length", f"{page.id} has {words} words"


def as_drawn(primer: Primer, pages: list[PageFile]) -> Iterator[Place]:
    """Look for sentences above a figure that say other numbers than it draws."""
    for page, written in zip(primer.pages, pages, strict=True):
        figures = {figure.id: figure for figure in page.figures}
        for line, above, name in _above(written):
            if name in figures and _OUT_OF_100.search(above):
                said = set(_NUMBER.findall(above))
                missing = sorted(_drawn(figures[name]) - said, key=int)
                if missing:
                    why = f"the text above {name} does not say {', '.join(missing)}"
                    yield written.body.file, line, "numbers", why


def _above(page: PageFile) -> Iterator[tuple[int, str, str]]:
    """Yield each picture with its line and the text since the picture before it."""
    text, at = page.body.spoken(), 0
    for found in _PICTURE.finditer(text):
        line = page.body.first_line + text[: found.start()].count("\n")
        yield line, text[at : found.start()], found[1]
        at = found.end()


def _drawn(figure: Figure) -> set[str]:
    return {str(group.filled) for panel in figure.panels for group in panel.groups}


def as_asked(root: Path, language: str, pages: list[PageFile]) -> Iterator[Place]:
    """Look for questions and values to tick that the last page words otherwise."""
    page = pages[-1]
    fields = read_fields(root / language / "questions.yaml")
    for row in (*fields.rows("values"), *fields.rows("items")):
        if row.text("text") not in page.body.spoken():
            why = f"{page.id} does not say it so: {row.text('text')}"
            yield fields.file, row.line("text"), "questions", why


def written(root: Path, language: str) -> list[PageFile]:
    """Read the pages of a language as they are written."""
    return [read_page(file) for file in sorted((root / language).glob("*.md"))]
