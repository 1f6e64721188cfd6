"""Time that a device keeps free of visits: a closure of that doctor, and nothing of its words."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.domain.hours import Closure
from app.domain.staff import Role
from app.services import clinic as clinics
from app.services import closing
from app.services.seen import mark
from app.storage import hours
from app.storage.database import db, reading
from app.storage.models import CalendarBlock, JournalEntry
from tests.clinics import OKAFOR, RIVERA, TUESDAY_NOON
from tests.conftest import MONDAY_8AM
from tests.phone import Phone, errors, event
from tests.staffing import hire
from tests.web.dav.followed import Followed

HOUR = timedelta(hours=1)
NAME, UID = "9C1A-4B.ics", "9C1A-4B@phone"


def closures(site: Flask) -> list[Closure]:
    with site.app_context():
        return hours.closures(reading(), after=datetime(2020, 1, 1))  # noqa: DTZ001  wall time


def keep_free(phone: Phone, after: timedelta = HOUR, more: str = "") -> TestResponse:
    start = TUESDAY_NOON + after
    return phone.put(NAME, UID, start, start + HOUR, more=more)


def test_a_new_event_keeps_its_time_free(site: Flask, phone: Phone) -> None:
    answer = keep_free(phone, more="SUMMARY:Dentist\r\nDESCRIPTION:Root canal")

    assert (answer.status_code, answer.headers.get("ETag")) == (201, None)
    closed = closures(site)[0]
    assert (closed.clinician_id, closed.note) == (RIVERA, "")
    assert (closed.starts.hour, closed.ends.hour) == (13, 14)  # on the wall in Knoxville


def test_it_comes_back_under_its_own_name_without_its_words(phone: Phone) -> None:
    _before, token = phone.sync()

    keep_free(phone, more="SUMMARY:Dentist")
    changed, _token = phone.sync(token)
    shown = phone.open("GET", phone.place(NAME)).text

    assert list(changed) == [NAME]
    assert f"UID:{UID}\r\n" in shown
    assert "DTSTART:20270302T180000Z" in shown
    assert "SUMMARY:Busy" in shown
    assert "Dentist" not in shown


def test_nothing_of_its_words_is_written_down(site: Flask, phone: Phone) -> None:
    keep_free(phone, more="SUMMARY:Dentist")

    with site.app_context():
        lines = db.session.scalars(select(JournalEntry)).all()
    assert [one.verb for one in lines] == ["device_made", "close"]
    assert "Dentist" not in "".join(str(one.change) for one in lines)


def test_putting_it_twice_keeps_it_once(site: Flask, phone: Phone) -> None:
    first, second = keep_free(phone), keep_free(phone)

    assert (first.status_code, second.status_code) == (201, 204)
    assert len(closures(site)) == 1


def test_it_moves_and_goes_as_its_device_says(site: Flask, phone: Phone) -> None:
    keep_free(phone)
    _seen, token = phone.sync()

    moved = keep_free(phone, after=3 * HOUR)
    after_move, token = phone.sync(token)
    there = closures(site)
    gone = phone.open("DELETE", phone.place(NAME))

    assert (moved.status_code, gone.status_code) == (204, 204)
    assert list(after_move) == [NAME]
    assert [one.starts.hour for one in there] == [15]
    assert closures(site) == []
    assert phone.sync(token)[0] == {NAME: None}


def test_what_the_desk_opens_again_leaves_the_device(site: Flask, phone: Phone) -> None:
    keep_free(phone)
    _seen, token = phone.sync()
    closed = closures(site)[0]

    with site.app_context():
        closing.take_back(closed.id, was=mark(closed), actor=hire(), now=MONDAY_8AM)

    assert phone.sync(token)[0] == {NAME: None}
    with site.app_context():
        assert db.session.scalars(select(CalendarBlock)).all() == []


def test_what_the_desk_changes_changes_on_the_device(site: Flask, phone: Phone) -> None:
    keep_free(phone)
    _seen, token = phone.sync()
    closed = closures(site)[0]
    longer = Closure(
        id=closed.id, clinician_id=RIVERA, starts=closed.starts, ends=closed.ends + HOUR
    )

    with site.app_context():
        closing.change(
            longer, was=mark(closed), seen="", clinic=clinics.load(), actor=hire(),
            now=MONDAY_8AM,
        )  # fmt: skip

    assert list(phone.sync(token)[0]) == [NAME]
    assert "DTEND:20270302T200000Z" in phone.open("GET", phone.place(NAME)).text


def test_whole_days_stay_whole_days(site: Flask, phone: Phone) -> None:
    written = event(UID, "DTSTART;VALUE=DATE:20270310", "DTEND;VALUE=DATE:20270312")

    answer = phone.open("PUT", phone.place(NAME), written)

    assert answer.status_code == 201
    assert [(one.starts.isoformat(), one.ends.isoformat()) for one in closures(site)] == [
        ("2027-03-10T00:00:00", "2027-03-12T00:00:00")
    ]
    shown = phone.open("GET", phone.place(NAME)).text
    assert "DTSTART;VALUE=DATE:20270310" in shown
    assert "DTEND;VALUE=DATE:20270312" in shown


def test_nobody_loses_their_appointment_by_it(site: Flask, followed: Followed) -> None:
    answer = keep_free(followed.phone, after=timedelta(0))

    assert (answer.status_code, errors(answer)) == (409, ["would-break", "sentence"])
    assert closures(site) == []


@pytest.mark.parametrize(
    "more",
    ["ATTENDEE:mailto:marian@example.org", "ORGANIZER:mailto:ana@example.org",
     "RRULE:FREQ=WEEKLY", "TRANSP:TRANSPARENT"],
)  # fmt: skip
def test_guests_series_and_free_time_belong_elsewhere(site: Flask, phone: Phone, more: str) -> None:
    answer = keep_free(phone, more=more)

    assert (answer.status_code, errors(answer)) == (403, ["not-a-busy-time", "sentence"])
    assert closures(site) == []


@pytest.mark.parametrize(("first", "last"), [(1, 1), (2, 1), (0, 24 * 366 * 4), (-50, -49)])
def test_a_time_that_is_none_is_refused(site: Flask, phone: Phone, first: int, last: int) -> None:
    answer = phone.put(NAME, UID, TUESDAY_NOON + first * HOUR, TUESDAY_NOON + last * HOUR)

    assert answer.status_code in (403, 409)
    assert closures(site) == []


@pytest.mark.parametrize("name", ["a\nb.ics", "x" * 300, "ünï.ics", "bhiwslvkc4sskeivaaga.ics"])
def test_a_name_that_is_odd_or_ours_is_refused(site: Flask, phone: Phone, name: str) -> None:
    answer = phone.put(name, UID, TUESDAY_NOON + HOUR, TUESDAY_NOON + 2 * HOUR)

    assert answer.status_code == 403
    assert closures(site) == []


def test_one_event_is_kept_under_one_name(phone: Phone) -> None:
    keep_free(phone)

    answer = phone.put("other.ics", UID, TUESDAY_NOON + 3 * HOUR, TUESDAY_NOON + 4 * HOUR)

    assert (answer.status_code, errors(answer)) == (409, ["no-uid-conflict"])
    assert phone.place(NAME) in answer.text


def test_reception_keeps_time_free_for_every_doctor(site: Flask) -> None:
    desk = Phone(site, Role.RECEPTION)

    answer = desk.put(NAME, UID, TUESDAY_NOON, TUESDAY_NOON + HOUR, doctor=OKAFOR)

    assert answer.status_code == 201
    assert [one.clinician_id for one in closures(site)] == [OKAFOR]


def test_t45_a_clinician_who_sees_all_calendars_closes_only_their_own(site: Flask) -> None:
    with site.app_context():
        who = hire(Role.CLINICIAN, all_calendars=True)
    phone = Phone(site, who=who)

    answer = phone.put(NAME, UID, TUESDAY_NOON, TUESDAY_NOON + HOUR, doctor=OKAFOR)

    assert (answer.status_code, errors(answer)) == (403, ["not-allowed", "sentence"])
