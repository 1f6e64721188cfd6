"""The whole life of an appointment as files: each mail by itself, and all as one thread."""

from itertools import pairwise

import pytest
from flask import Flask

from tests.conftest import StoppedClock
from tests.ics.readers import READERS
from tests.mail.conformance import Mail, broken, broken_after
from tests.mail.life import Life

SEQUENCES = {
    "booked": 0,
    "moved in time": 1,
    "moved to another place": 2,
    "moved to another doctor": 3,
    "counter proposal declined": 3,
    "reminded of changed details": 3,
    "cancelled": 4,
    "restored": 5,
    "cancelled again": 6,
}
METHODS = {
    "counter proposal declined": "DECLINECOUNTER",
    "cancelled": "CANCEL",
    "cancelled again": "CANCEL",
}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("calendar", ["invitation", "text", "plain"])
def test_every_mail_of_a_life_keeps_every_rule(
    language: str, calendar: str, site: Flask, clock: StoppedClock
) -> None:
    with site.app_context():
        life = dict(Life(site, clock, language, calendar).mails())

    first, *others = life.values()
    assert {name: broken(data) for name, data in life.items()} == {name: set() for name in life}
    assert [broken_after(first, later) for later in others] == [set()] * 8
    assert [Mail(data).calendar is not None for data in life.values()] == [
        calendar == "invitation"
    ] * 9


def test_every_reader_follows_a_life(site: Flask, clock: StoppedClock) -> None:
    with site.app_context():
        life = dict(Life(site, clock, "en", "invitation").mails())

    calendars = {name: Mail(data).calendar for name, data in life.items()}
    for name, calendar in calendars.items():
        assert calendar is not None
        seen, *others = (read(calendar.data) for read in READERS)
        assert all(other == seen for other in others)
        assert (seen.sequence, seen.method) == (SEQUENCES[name], METHODS.get(name, "REQUEST"))
    for earlier, later in pairwise(calendars.values()):
        assert earlier is not None
        assert later is not None
        assert earlier.value("DTSTAMP") < later.value("DTSTAMP")


def test_another_doctor_and_place_are_the_same_appointment(
    site: Flask, clock: StoppedClock
) -> None:
    with site.app_context():
        life = dict(Life(site, clock, "en", "invitation").mails())

    before, place, doctor = (
        Mail(life[name]) for name in ("booked", "moved to another place", "moved to another doctor")
    )
    for name in ("UID", "ORGANIZER", "ATTENDEE"):
        assert before.about(name) == place.about(name) == doctor.about(name)
    assert len({before.about("LOCATION"), place.about("LOCATION")}) == 2
    assert len({place.about("SUMMARY"), doctor.about("SUMMARY")}) == 2
