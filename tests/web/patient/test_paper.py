"""The guide as a PDF: everybody can read it, and it says all that the pages say."""

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.content import press
from app.web.kept import macros
from tests.web.walker import PRIMER


@pytest.fixture
def reader(site: Flask) -> PdfReader:
    return PdfReader(BytesIO(site.test_client().get("/guide/en/guide.pdf").data))


def words_of(reader: PdfReader) -> str:
    """All that can be selected, without the breaks of lines and the foot of each page."""
    title = reader.metadata.title if reader.metadata else ""
    foot = re.compile(tight(title or "") + r"\d+$")
    return "".join(foot.sub("", tight(page.extract_text())) for page in reader.pages)


def tight(words: str) -> str:
    return re.sub(r"[\s-]", "", words)


def elements(node: Any, kind: str) -> list[DictionaryObject]:
    """The structure elements of one kind, anywhere below."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for child in node for found in elements(child, kind)]
    if not isinstance(node, DictionaryObject):
        return []
    here = [node] if node.get("/S") == kind else []
    return here + elements(node.get("/K", []), kind)


def test_it_is_tagged_and_says_its_language_and_title(reader: PdfReader) -> None:
    root = reader.root_object

    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert str(root["/Lang"]) == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == PRIMER.edition.title
    assert len(elements(root["/StructTreeRoot"], "/H1")) >= len(PRIMER.pages)


def test_every_word_of_every_part_can_be_selected(reader: PdfReader) -> None:
    text = words_of(reader)

    for page in PRIMER.pages:
        plain = re.sub(r"^(?:\d+\. |- |> ?)|!\[\]\(\w+\)", "", page.main_text, flags=re.MULTILINE)
        for line in filter(str.strip, plain.split("\n")):
            assert tight(line) in text, line
        assert tight(page.how_sure.note) in text
        for row in page.may_have_read:
            assert tight(row.evidence) in text, row.id
    for item in PRIMER.statements.items:
        assert tight(item.text) in text
    for source in PRIMER.sources:
        assert tight(source.text) in text, source.id


def test_every_picture_is_said_in_words(reader: PdfReader) -> None:
    figures = elements(reader.root_object["/StructTreeRoot"], "/Figure")
    said = [str(figure.get("/Alt", "")) for figure in figures]

    assert all(said)
    assert any("A disc between two bones" in words for words in said)
    assert any(
        "40 out of 100: pain cut by at least half. The other 60: not." in words for words in said
    )


def test_the_people_are_drawn_one_by_one(site: Flask) -> None:
    figure = next(one for page in PRIMER.pages for one in page.figures if one.id == "I1")
    with site.test_request_context():
        drawn = str(macros("paper/pictures.html").people(figure.panels[0].groups[0]))

    assert drawn.count('fill="black" stroke') == 40
    assert drawn.count('fill="none" stroke') == 60


def test_in_spanish_it_is_spanish(site: Flask) -> None:
    answer = site.test_client().get("/guide/es/guide.pdf")
    reader = PdfReader(BytesIO(answer.data))

    assert answer.mimetype == "application/pdf"
    assert str(reader.root_object["/Lang"]) == "es"
    assert tight("El dolor de espalda es muy común.") in words_of(reader)


def test_what_looks_like_a_command_stays_words(tmp_path: Path) -> None:
    template = tmp_path / "said.typ"
    template.write_text(
        "#let said = json(bytes(sys.inputs.document))\n"
        '#set document(title: "A title")\n#set text(lang: "en")\n#par(said.words)\n'
    )
    words = '#read("/etc/passwd") $x$ *bold* <script>'

    made = press.press(template, {"words": words}, day=PRIMER.edition.day)

    assert tight(words) in words_of(PdfReader(BytesIO(made)))


def test_a_picture_without_words_is_not_printed_at_all(tmp_path: Path) -> None:
    template = tmp_path / "mute.typ"
    template.write_text(
        '#set document(title: "A title")\n#set text(lang: "en")\n'
        "#figure(image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'"
        " width='9' height='9'/>\"), format: \"svg\"))\n"
    )

    with pytest.raises(press.NotPressed, match="alt"):
        press.press(template, {}, day=PRIMER.edition.day)


def test_a_pdf_that_cannot_be_made_is_a_page_to_print(site: Flask, tmp_path: Path) -> None:
    def jammed(_template: Path, document: press.Document, *, day: date) -> bytes:
        return press.press(tmp_path / "gone.typ", document, day=day)

    site.extensions["press"] = jammed

    answer = site.test_client().get("/guide/en/guide.pdf")

    assert answer.status_code == 503
    assert "The PDF could not be made just now." in answer.text
    assert "No one knows the exact risk." in answer.text


def test_a_guide_in_a_language_that_is_not_there_has_no_pdf(site: Flask) -> None:
    assert site.test_client().get("/guide/fr/guide.pdf").status_code == 404
