"""The doctor's page on paper: one sheet, and what goes on says whose it is."""

from io import BytesIO

import pytest
from flask import Flask
from playwright.sync_api import Browser
from pypdf import PdfReader

from app.domain.previsit import Field
from tests.services.previsit import FORM
from tests.web.patient.booking_walk import BIRTH, DETAILS, book
from tests.web.walker import PRIMER, Walker

SHORT = "Ibuprofen 400 mg, now and then"
LONG = ("It hurts when I put my socks on, and again when I sat for long. " * 20)[:990]
HEADINGS = {"Talk about, or go over", "Your health", "What you have tried", "Notes"}


def sheets(site: Flask, browser: Browser, paper: str, words: str) -> list[str]:
    """Let somebody answer all there is in such words, and print what the doctor gets."""
    walker = Walker(site)
    walker.be_safe(B2="yes")
    walker.read()
    walker.get("/statements")
    walker.post("/statements", {"K1": "talk", "K2": "skip", "words_0": words, "words_1": words})
    place = f"/appointment/{book(walker, question=words)}"
    walker.get(f"{place}/unlock")
    walker.post(f"{place}/unlock", BIRTH)
    for part in FORM.parts:
        answers = {field.name: answer(field, words) for item in part.items
                   for field in item.fields if not field.name.endswith(".in_person")}  # fmt: skip
        walker.get(f"{place}/prepare/{part.id}")
        walker.post(f"{place}/prepare/{part.id}", answers)
    made = site.test_cli_runner().invoke(args=["brief", place.split("/")[2], "--as", "Dr Rivera"])
    page = browser.new_page()
    page.set_content(made.output)
    printed = PdfReader(BytesIO(page.pdf(format=paper)))
    page.close()
    return [sheet.extract_text() for sheet in printed.pages]


def answer(field: Field, words: str) -> str | list[str]:
    """Tick all there is to tick, take the last of the options, or say it in words."""
    if field.several:
        return list(field.options)
    return field.options[-1] if field.options else words


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_all_that_can_be_answered_shortly_stays_on_one_sheet(
    site: Flask, browser: Browser, paper: str
) -> None:
    (sheet,) = sheets(site, browser, paper, SHORT)

    assert sheet.count(SHORT) > 6
    assert PRIMER.edition.record_title in sheet
    assert "1 / 1" in sheet
    assert sheet.count(DETAILS["name"]) == 1


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_long_answers_go_on_on_sheets_that_say_whose_they_are(
    site: Flask, browser: Browser, paper: str
) -> None:
    first, *others = sheets(site, browser, paper, LONG)

    assert 1 <= len(others) <= 3
    for number, sheet in enumerate(others, 2):
        assert f"{DETAILS['name']}, HB-" in sheet
        assert f"{number} / {len(others) + 1}" in sheet
    for sheet in (first, *others):
        lines = [line for line in sheet.splitlines() if line.strip() and " / " not in line]
        assert lines[-1] not in HEADINGS
    assert "Notes" in others[-1]
