"""The end of the guide: three equal answers, words of one's own, and the times."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.storage.database import db
from app.storage.models import Reading
from tests.web.patient.looking import entries
from tests.web.walker import PRIMER, Walker

SHOWN = re.compile(r'name="shown" value="(\w+)"')


def test_the_end_comes_after_all_parts(site: Flask, reader: Walker) -> None:
    before = entries(site)

    answer = reader.post("/statements", {"K1": "talk"})

    assert reader.get("/statements").location == "/primer/5"
    assert answer.status_code == 422
    assert 'data-refusal="unknown_answer"' in answer.text
    assert 'href="/primer/5" data-action="continue"' in answer.text
    assert entries(site) == before


def test_three_equal_answers_none_of_them_set(person: Walker) -> None:
    person.get("/primer/1")
    person.read()

    page = person.get("/statements").text

    assert page.count('type="radio"') == 3 * len(PRIMER.statements.items)
    assert " checked" not in page
    assert "not consent to treatment" in page
    assert "Book a general spine visit without this guide" in page


@pytest.mark.parametrize("answer", ["understand", "talk", "skip", None])
def test_any_answer_or_none_leads_to_the_times(
    site: Flask, person: Walker, answer: str | None
) -> None:
    person.get("/primer/1")
    person.read()
    person.get("/statements")
    form = {item.id: answer for item in PRIMER.statements.items} if answer else {}

    response = person.post("/statements", form)

    assert response.status_code == 303
    assert response.location == "/times?visit=stem-cell-consultation"
    with site.app_context():
        assert db.session.scalar(select(Reading.finished_at)) is not None


def test_going_back_to_the_statements_shows_what_was_said(person: Walker) -> None:
    person.get("/primer/1")
    person.read()
    person.get("/statements")
    person.post("/statements", {"K2": "talk", "words_0": "To walk <b>far</b>."})

    page = person.get("/statements").text

    assert re.search(r'name="K2" value="talk" checked', page)
    assert page.count(" checked") == 1
    assert "To walk &lt;b&gt;far&lt;/b&gt;." in page


@pytest.mark.parametrize(
    "form",
    [
        {"K1": "agree"},
        {"K1": "talk", "K2": "x"},
        {"K1": "talk", "K99": "talk"},
        {"K1": "talk", "words_2": "To walk far."},
        {"K1": "talk", "shown": "0" * 64},
    ],
)
def test_a_forged_statement_answer_is_refused_and_nothing_is_kept(
    site: Flask, person: Walker, form: dict[str, str]
) -> None:
    person.get("/primer/1")
    person.read()
    person.get("/statements")
    before = entries(site)

    response = person.post("/statements", form)

    assert response.status_code == 422
    assert 'data-refusal="unknown_answer"' in response.text
    assert entries(site) == before


def test_an_answer_in_one_window_is_not_noted_under_the_language_of_another(
    site: Flask, person: Walker
) -> None:
    person.get("/primer/1")
    person.read()
    shown = SHOWN.findall(person.get("/statements").text)[0]
    person.post("/language", {"language": "es", "to": "/statements"})
    before = entries(site)

    refused = person.post("/statements", {"K1": "talk", "shown": shown})
    again = person.post("/statements", {"K1": "talk", "shown": SHOWN.findall(refused.text)[0]})

    assert refused.status_code == 422
    assert re.search(r'name="K1" value="talk" checked', refused.text)
    assert again.status_code == 303
    assert entries(site) == before + 2  # the answer and the end


def test_words_that_are_too_long_come_back_to_be_shortened(site: Flask, person: Walker) -> None:
    person.get("/primer/1")
    person.read()
    person.get("/statements")
    before = entries(site)

    response = person.post("/statements", {"K1": "talk", "words_1": "long " * 300})

    assert response.status_code == 422
    assert "shorten your words to 1,000 letters" in response.text
    assert "long long" in response.text
    assert re.search(r'name="K1" value="talk" checked', response.text)
    assert entries(site) == before
