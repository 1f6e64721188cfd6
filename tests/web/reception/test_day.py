"""The page of the day, and of a doctor's week."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from app.domain.staff import Role
from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from tests.arranging import AFTERNOON, close
from tests.clinics import OKAFOR, RIVERA, TUESDAY_NOON
from tests.conftest import StoppedClock
from tests.desk import appoint, hours
from tests.services.looking import clinic_changed, statements
from tests.staffing import Colleague, hire

DAY = "/staff/day?date=2027-03-02"
AT_MOST = 6
HEALTH = ("intake", "previsit", "question_list", "record_entry")


def test_an_appointment_stands_on_its_row_with_its_status_in_words(site: Flask) -> None:
    with site.app_context():
        appoint(name="Ada Abbott", status=Status.ARRIVED)

    page = Colleague(site).get(DAY).text

    assert 'class="at-12 past-00 for-30' in page
    assert "Ada Abbott" in page
    assert "Arrived" in page
    assert "General spine visit" in page


def test_two_at_one_time_stand_beside_each_other(site: Flask) -> None:
    with site.app_context():
        appoint()
        appoint(TUESDAY_NOON + timedelta(minutes=10), overlap_reason="In pain")

    page = Colleague(site).get(DAY).text

    assert "lane-1" in page
    assert "lane-2" in page
    assert "lanes-2" in page
    assert "Overlaps on purpose" in page


def test_a_day_that_is_none_gets_a_sentence_and_today(site: Flask) -> None:
    for typed in ("tomorrow", "2027-02-30", "0001-01-01", "9999-12-31", "x" * 5000):
        page = Colleague(site).get(f"/staff/day?date={typed}&place=x&place=99999999999999")

        assert page.status_code == 200
        assert "The day in the address is none" in page.text
        assert "Monday 1 March 2027" in page.text


def test_a_week_has_a_column_for_each_day(site: Flask) -> None:
    with site.app_context():
        appoint(name="Ada Abbott")

    page = Colleague(site).get(f"/staff/week?date=2027-03-04&doctor={RIVERA}").text

    assert page.count('<section class="col"') == 5
    assert "Ada Abbott" in page
    assert "Dr Ana Rivera, week of 1 March 2027" in page


def test_a_clinician_finds_nobody_elses_week(site: Flask) -> None:
    rivera = Colleague(site, Role.CLINICIAN, clinician_id=RIVERA)

    assert rivera.get(f"/staff/week?doctor={OKAFOR}").status_code == 404
    assert "Dr Samuel Okafor" not in rivera.get(DAY).text
    assert "Dr Samuel Okafor" not in rivera.get("/staff/week").text


@pytest.fixture
def large(site: Flask) -> Flask:
    """Give a clinic of twenty doctors, each with twenty appointments that Tuesday."""
    with site.app_context():
        db.session.execute(
            insert(models.Clinician),
            [
                {"id": number, "name": f"Dr {number}", "about": "", "position": number}
                for number in range(3, 21)
            ],
        )
        for number in range(1, 21):
            hours(number)
            for visit in range(20):
                start = TUESDAY_NOON + timedelta(minutes=30 * (visit - 8))
                appoint(start, name=f"Ada {number} {visit}", clinician_id=number)
        clinic_changed()
    return site


def test_twenty_doctors_with_400_appointments_take_few_statements(large: Flask) -> None:
    jo = Colleague(large)
    jo.get("/staff/day?date=2027-03-03")  # the clinic itself is read once a revision

    with large.app_context(), statements() as asked:
        page = jo.get(DAY)

    assert page.text.count('class="tile ') == 400
    assert len(asked) <= AT_MOST, asked
    assert not [one for one in asked for word in HEALTH if word in one]


def test_a_quiet_day_takes_as_many_statements_as_a_full_one(large: Flask) -> None:
    jo, counts = Colleague(large), []
    for on in (date(2027, 3, 2), date(2027, 3, 3)):
        jo.get(f"/staff/day?date={on}")
        with large.app_context(), statements() as asked:
            jo.get(f"/staff/day?date={on}")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_board_that_did_not_change_is_not_sent_again(site: Flask) -> None:
    jo = Colleague(site)
    tag = re.findall(r'data-tag="([^"]+)"', jo.get(DAY).text)[0].replace("&#34;", '"')
    asked = {"If-None-Match": tag}
    same = jo.client.get(DAY.replace("?", "/live?"), headers=asked)

    with site.app_context():
        appoint(name="Ada Abbott")
    changed = jo.client.get(DAY.replace("?", "/live?"), headers=asked)

    assert (same.status_code, same.data) == (304, b"")
    assert changed.status_code == 200
    assert "Ada Abbott" in changed.text
    assert changed.headers["ETag"] != tag


def test_a_held_time_that_ran_out_is_a_change(site: Flask, clock: StoppedClock) -> None:
    jo = Colleague(site)
    tag = jo.get("/staff/week/live").headers["ETag"]

    clock.forward(minutes=1)

    answer = jo.client.get("/staff/week/live", headers={"If-None-Match": tag})
    assert answer.status_code == 200


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(
    site: Flask, clock: StoppedClock
) -> None:
    jo = Colleague(site)

    for _ in range(31):
        clock.forward(minutes=1)
        jo.get("/staff/day/live")

    assert jo.get("/staff/day").status_code == 303


def test_a_tile_says_that_its_time_was_closed(site: Flask) -> None:
    with site.app_context():
        appoint(name="Ada Abbott")
        close(AFTERNOON, hire())

    assert "Needs a new time" in Colleague(site).get(DAY).text
