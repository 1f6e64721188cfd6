"""Files of what a search, a day or a week shows."""

import csv
from datetime import timedelta
from io import StringIO

from flask import Flask
from icalendar import Calendar
from sqlalchemy import update

from app.domain.feed import initials
from app.domain.staff import Role
from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from tests.clinics import CONSULTATION, NASHVILLE, OKAFOR, TUESDAY_NOON
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.staffing import Colleague


def take_out(site: Flask, kind: str, **fields: str) -> bytes:
    owner = Colleague(site, Role.OWNER)
    owner.get("/staff/day")
    return bytes(owner.post("/staff/export", {"kind": kind, **fields}).data)


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_day_is_a_table_on_the_clock_of_each_place(site: Flask) -> None:
    with site.app_context():
        reference = appoint(name="Ada Abbott", visit_type_id=CONSULTATION)
        appoint(TUESDAY_NOON + timedelta(hours=1), name="Zoë Ňovák", clinician_id=OKAFOR,
                location_id=NASHVILLE, video=True)  # fmt: skip
        appoint(TUESDAY_NOON + timedelta(days=1), name="Of Another Day")

    first, second = table(take_out(site, "csv", date="2027-03-02"))

    assert first == {
        "Day": "2027-03-02", "From": "12:00", "Until": "12:45", "Time zone": "America/New_York",
        "Doctor": "Dr Ana Rivera", "Place": "Harbor Clinic Knoxville",
        "Visit": "Stem cell consultation", "How it stands": "Booked", "Patient": "Ada Abbott",
        "Born": "1968-04-21", "Phone": "(865) 555-0178", "E-mail": first["E-mail"],
        "Booked by": "", "Reference": reference,
    }  # fmt: skip
    assert (second["From"], second["Time zone"]) == ("12:00", "America/Chicago")
    assert (second["Patient"], second["Place"]) == ("Zoë Ňovák", "By video")


def test_a_day_at_a_place_and_a_week_of_a_doctor_hold_what_they_show(site: Flask) -> None:
    with site.app_context():
        appoint(name="Ada Abbott")
        appoint(name="Ben Bauer", clinician_id=OKAFOR, location_id=NASHVILLE)
        appoint(TUESDAY_NOON + timedelta(days=2), name="Cora Costa")

    at_place = table(take_out(site, "csv", date="2027-03-02", place=str(NASHVILLE)))
    week = table(take_out(site, "csv", date="2027-03-02", doctor="1"))

    assert [one["Patient"] for one in at_place] == ["Ben Bauer"]
    assert [one["Patient"] for one in week] == ["Ada Abbott", "Cora Costa"]


def test_a_search_is_taken_out_as_it_is_shown_what_comes_and_the_last(site: Flask) -> None:
    with site.app_context():
        for days in (-9, -5, 1, 2, 3, 4):
            appoint(MONDAY_8AM + timedelta(days=days, hours=4), name="Ada Abbott")
        appoint(TUESDAY_NOON + timedelta(hours=3), name="Ben Bauer")

    found = table(take_out(site, "csv", q="abbott"))

    assert [one["Day"] for one in found] == [
        "2027-02-24", "2027-03-02", "2027-03-03", "2027-03-04", "2027-03-05",
    ]  # fmt: skip
    assert {one["Patient"] for one in found} == {"Ada Abbott"}


def test_a_calendar_says_initials_and_the_reference_and_no_reason(site: Flask) -> None:
    with site.app_context():
        reference = appoint(name="Ada Maria Abbott", visit_type_id=CONSULTATION)
        appoint(TUESDAY_NOON + timedelta(hours=2), name="Ben Bauer", status=Status.MISSED)

    data = take_out(site, "ics", date="2027-03-02")

    first, second = Calendar.from_ical(data).events
    assert str(first["summary"]) == f"A.M.A. {reference}"
    assert first.start == TUESDAY_NOON
    assert (str(first["status"]), str(second["status"])) == ("CONFIRMED", "CANCELLED")
    for word in (b"Abbott", b"ATTENDEE", b"cell", b"0178", b"VALARM"):
        assert word not in data.replace(b"\r\n ", b"")


def test_an_empty_day_is_a_table_with_its_heads_and_an_empty_calendar(site: Flask) -> None:
    assert table(take_out(site, "csv", date="2027-03-07")) == []
    assert b'"Day","From"' in take_out(site, "csv", date="2027-03-07")
    assert Calendar.from_ical(take_out(site, "ics", date="2027-03-07")).events == []


def test_whoever_is_choosing_a_time_is_in_no_file(site: Flask) -> None:
    with site.app_context():
        appoint(name="Ada Abbott")
        db.session.execute(update(models.Appointment).values(
            status=Status.HELD, hold_until=MONDAY_8AM + timedelta(minutes=10), reference=None,
            booked_at=None,
        ))  # fmt: skip
        db.session.commit()

    assert table(take_out(site, "csv", date="2027-03-02")) == []


def test_initials_are_those_of_every_name() -> None:
    assert [initials(name) for name in ("Ada Abbott", "élodie", "  Jo  van Dyk ")] == [
        "A.A.", "É.", "J.V.D.",
    ]  # fmt: skip
