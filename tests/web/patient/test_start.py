import re

import pytest
from flask import Flask

from app.storage.database import db
from tests.web.walker import PRIMER, Walker


def ways(page: str) -> list[str]:
    return re.findall(r'<li class="way[^"]*"><h2><a href="([^"]+)"', page)


def test_there_are_three_ways_in_and_the_first_is_the_main_one(walker: Walker) -> None:
    page = walker.get("/").text

    assert ways(page) == ["/safety/primer", "/safety/general", "/find"]
    entries = page[page.index('class="ways"') :]
    assert entries.index("data-action") < entries.index("/safety/general")


def test_each_way_says_how_long_its_words_take_to_read(walker: Walker) -> None:
    page = walker.get("/").text

    said = [int(minutes) for minutes in re.findall(r'class="min">(\d+) minutes?<', page)]
    check, guide = PRIMER.safety.words / 200, PRIMER.words / 200
    assert said == [pytest.approx(check + guide + 3, abs=2.5), round(check + 3), 1]


def test_a_clinic_that_keeps_the_primer_off_offers_two_ways(site: Flask, walker: Walker) -> None:
    with site.app_context():
        db.session.execute(db.text("update clinic set primer_on = false, revision = revision + 1"))
        db.session.commit()

    page = walker.get("/").text

    assert ways(page) == ["/safety/general", "/find"]
    assert "stem cell" not in page.lower()


def test_whoever_comes_back_after_a_while_hears_why_the_questions_come_again(
    walker: Walker,
) -> None:
    assert 'data-refusal="safety_check_needed"' in walker.get("/?again=1").text


@pytest.mark.parametrize("said", ["left", "given_back", "<script>", "x" * 2000])
def test_a_page_says_what_happened_and_nothing_that_an_address_makes_up(
    walker: Walker, said: str
) -> None:
    page = walker.client.get("/", query_string={"said": said}).text

    assert "<script>" not in page
    assert ('role="status"' in page) == (said in ("left", "given_back"))


def test_the_demonstration_clinic_says_that_nothing_is_real(walker: Walker) -> None:
    assert "Demonstration clinic." in walker.get("/").text


def test_every_page_says_that_the_guide_awaits_its_review(walker: Walker) -> None:
    for path in ("/", "/about", "/your-data", "/find", "/nowhere"):
        assert "awaiting review by a spine doctor" in walker.get(path).text


@pytest.mark.parametrize("path", ["/", "/about", "/your-data", "/find", "/nowhere"])
def test_a_page_has_one_heading_one_main_and_its_title_begins_with_the_heading(
    walker: Walker, path: str
) -> None:
    page = walker.get(path).text

    (heading,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page)
    (title,) = re.findall(r"<title>(.*?)</title>", page)
    assert page.count("<main") == 1
    assert title.startswith(heading.rstrip("."))
    assert re.search(r'<html lang="en" dir="ltr">', page)


@pytest.mark.parametrize("path", ["/", "/about", "/your-data", "/find", "/nowhere"])
def test_nothing_stands_inline_and_nothing_comes_from_elsewhere(walker: Walker, path: str) -> None:
    page = walker.get(path).text

    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]+src=)", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_the_style_of_a_page_is_two_requests_and_twelve_kilobytes(walker: Walker) -> None:
    sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', walker.get("/").text)

    answers = [
        walker.client.get(sheet.replace("&amp;", "&"), headers={"Accept-Encoding": "gzip"})
        for sheet in sheets
    ]

    assert len(sheets) == 2
    assert sum(len(answer.data) for answer in answers) <= 12_000
    assert "immutable" in answers[0].headers["Cache-Control"]


def test_a_file_that_the_browser_has_is_not_sent_again(walker: Walker) -> None:
    (sheet, *_) = re.findall(r'rel="stylesheet" href="([^"]+)"', walker.get("/").text)
    tag = walker.client.get(sheet).headers["ETag"]

    again = walker.client.get(sheet, headers={"If-None-Match": tag})

    assert again.status_code == 304
    assert not again.data


@pytest.mark.parametrize("path", ["/static/", "/static/patient.css", "/static/../wsgi.py"])
def test_only_the_clinics_own_files_are_given(walker: Walker, path: str) -> None:
    assert walker.get(path).status_code == 404


def test_the_clinics_accent_is_two_numbers(walker: Walker) -> None:
    style = walker.get("/brand.css").text

    assert re.fullmatch(r":root \{ --brand-h: \d+; --brand-c: 0?\.\d+; \}\n", style)
