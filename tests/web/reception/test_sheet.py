"""The page of the day that is made for paper."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from tests.clinics import CONSULTATION, TUESDAY_NOON
from tests.desk import appoint
from tests.staffing import Colleague

DAY = "date=2027-03-02"
SHEET = f"/staff/day/sheet?{DAY}"


def test_it_says_who_comes_how_to_reach_them_and_how_prepared_they_are(site: Flask) -> None:
    with site.app_context():
        appoint(name="Ada Abbott", visit_type_id=CONSULTATION, desk_note="Call before noon")
        appoint(TUESDAY_NOON + timedelta(hours=1), name="Ben Bauer", status=Status.ARRIVED)

    page = Colleague(site).get(SHEET).text

    for words in ("Day sheet: Tuesday 2 March 2027", "Dr Ana Rivera", "Ada Abbott", "21 April 1968",
                  "(865) 555-0178", "Not read", "Needs none", "Not filled in", "Arrived",
                  "Call before noon", "All times are Eastern time, New York."):  # fmt: skip
        assert words in page, words
    assert page.index("Ada Abbott") < page.index("Ben Bauer")


def test_what_helps_somebody_names_the_language_of_their_interpreter(site: Flask) -> None:
    with site.app_context():
        appoint(name="Ada Abbott")
        db.session.execute(
            update(models.Patient).values(needs=["interpreter", "step_free"], language="es")
        )
        db.session.commit()

    page = Colleague(site).get(SHEET).text

    assert "A step-free way in; An interpreter: Español" in page
    assert "Speaks" not in page


def test_somebody_who_speaks_another_language_is_marked_so(site: Flask) -> None:
    with site.app_context():
        appoint(name="Ada Abbott")
        db.session.execute(update(models.Patient).values(language="es"))
        db.session.commit()

    assert "Speaks Español" in Colleague(site).get(SHEET).text


def test_a_day_without_anybody_and_a_day_that_is_none_say_so(site: Flask) -> None:
    jo = Colleague(site)

    assert "Nobody sees patients on this day." in jo.get("/staff/day/sheet?date=2027-03-07").text
    assert "The day in the address is none." in jo.get("/staff/day/sheet?date=soon").text
    assert jo.get(SHEET).text.count("Nothing is booked.") == 2


def test_the_day_leads_to_its_sheet(site: Flask) -> None:
    page = Colleague(site).get(f"/staff/day?{DAY}&place=1").text

    assert "/staff/day/sheet?date=2027-03-02&amp;place=1" in page
