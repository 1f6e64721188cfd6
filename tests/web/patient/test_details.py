"""Saying who comes: every error beside its field, and nothing typed is lost."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from app.settings import ROOT
from app.storage.database import db
from app.storage.models import Patient
from tests.conftest import Make
from tests.web.patient.booking_walk import DETAILS, keep, patient
from tests.web.walker import Walker


def test_every_error_stands_on_top_and_beside_its_field_and_all_is_kept(person: Walker) -> None:
    keep(person)
    person.get("/details")
    typed = DETAILS | {
        "bday_month": "14",
        "email": "marian.hale@",
        "phone": "12",
        "question": "Why & <b>how</b>?",
    }

    response = person.post("/details", typed | {"needs": "cannot_sit_long"})

    assert response.status_code == 422
    page = response.text
    assert "3 things need another look" in page
    for field in ("bday_month", "email", "phone"):
        assert f'<a href="#{field}">' in page
        assert f'id="{field}-e"' in page
    assert page.count('aria-invalid="true"') == 3
    assert 'value="marian.hale@"' in page
    assert 'value="Marian Hale"' in page
    assert "Why &amp; &lt;b&gt;how&lt;/b&gt;?" in page
    assert 'value="cannot_sit_long" checked' in page
    assert "Kept for you until" in page


def test_an_empty_form_asks_for_what_is_needed_and_nothing_else(person: Walker) -> None:
    keep(person)
    person.get("/details")

    page = person.post("/details", {}).text

    named = re.findall(r'<li><a href="#(\w+)">', page)
    assert named == ["name", "bday_month", "email", "phone"]


def test_somebody_who_books_for_another_gives_both_names(person: Walker) -> None:
    keep(person)
    person.get("/details")

    missing = person.post("/details", DETAILS | {"who_for": "other"})
    given = person.post("/details", DETAILS | {"who_for": "other", "booker_name": "Jo Hale"})

    assert '<a href="#booker_name">' in missing.text
    assert given.location == "/review"
    assert "Jo Hale" in person.get("/review").text


def test_personal_fields_carry_their_autocomplete_tokens(person: Walker) -> None:
    keep(person)

    page = person.get("/details").text

    for token in ("name", "email", "tel", "bday-month", "bday-day", "bday-year"):
        assert f'autocomplete="{token}"' in page


def test_a_question_with_one_answer_is_not_asked(make_app: Make, sqlite_url: str) -> None:
    person = patient(make_app(sqlite_url, translations=ROOT / "docs"))  # no catalogue: English
    keep(person)
    page = person.get("/details").text
    asked = {name: value for name, value in DETAILS.items() if name != "language"}

    review = person.follow(person.post("/details", asked)).text

    assert "Language" not in page + review
    assert 'name="hold"' in review


def test_an_empty_birth_date_is_marked_as_a_whole(person: Walker) -> None:
    keep(person)

    page = person.post("/details", {"name": "Marian Hale"}).text

    for part in ("month", "day", "year"):
        assert re.search(rf'id="bday_{part}"[^>]*aria-invalid="true"', page)


def test_review_shows_everything_once_more_with_a_way_to_change_it(person: Walker) -> None:
    keep(person)
    person.get("/details")
    person.post("/details", DETAILS | {"needs": "step_free"})

    page = person.get("/review").text

    for words in ("Marian Hale", "21 April 1968", "marian.hale@example.org", "(865) 555-0178"):
        assert words in page
    assert "A step-free way in" in page
    assert "What can I do this month?" in page
    assert "You can move or cancel it here until" in page
    assert 'href="/details#email"' in page
    assert "Please look at the e-mail address again." not in page


def test_t23_a_likely_slip_in_the_address_asks_for_a_second_look(person: Walker) -> None:
    keep(person)
    person.get("/details")
    person.post("/details", DETAILS | {"email": "marian@gmial.com"})

    page = person.get("/review").text

    assert "Please look at the e-mail address again." in page
    assert "Did you mean marian@gmail.com?" in page


def test_somebody_under_eighteen_is_asked_to_call_with_all_they_typed_before_them(
    site: Flask, person: Walker
) -> None:
    keep(person)
    person.get("/details")

    response = person.post("/details", DETAILS | {"bday_year": "2012"})

    assert response.status_code == 422
    main = response.text[response.text.index("<main") : response.text.index("</main>")]
    assert 'data-refusal="phone_only"' in main
    assert main.index('href="tel:+18655550142"') < main.index('name="bday_year" value="2012"')
    for typed in ("Marian Hale", "marian.hale@example.org", "What can I do this month?"):
        assert typed in main
    assert "Kept for you until" in main
    with site.app_context():
        assert db.session.scalars(select(Patient)).all() == []
    assert person.post("/details", DETAILS).location == "/review"


@pytest.mark.parametrize("payload", ["{{7*7}}", "%(x)s", "{0.__class__}", "<script>alert(1)"])
def test_t24_t15_what_is_typed_comes_back_as_typed(person: Walker, payload: str) -> None:
    keep(person)
    person.get("/details")
    person.post("/details", DETAILS | {"name": payload, "question": payload})

    page = person.get("/review").text

    shown = payload.replace("<", "&lt;").replace(">", "&gt;")
    assert page.count(shown) == 2
    assert "<script>alert" not in page
    assert ">49<" not in page
