"""A year of appointments through mails and feeds, and back through parsers: the same instants."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from zoneinfo import ZoneInfo

import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Event

from app.domain.clock_change import next_change
from app.domain.feed import Entry
from app.domain.interval import Interval
from app.ics import feed
from tests.ics.readers import READERS
from tests.ics.samples import CLINIC
from tests.mail.conftest import Write
from tests.mail.samples import BOOKED, HOST

LENGTH = timedelta(minutes=45)
NEW_YEAR = datetime(2027, 1, 1, 0, 30, tzinfo=UTC)
ZONES = [
    ZoneInfo(name)
    for name in ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago")
]
in_each_zone = pytest.mark.parametrize("zone", ZONES, ids=str)


def nights(zone: ZoneInfo) -> Iterator[datetime]:
    """Yield every half hour of the two nights of a year on which the clock is put."""
    after = NEW_YEAR
    for _ in range(2):
        change = next_change(zone, after=after)
        assert change is not None
        yield from (change.at + timedelta(minutes=30 * number) for number in range(-4, 4))
        after = change.at


def year(zone: ZoneInfo) -> list[datetime]:
    """Return both nights, and an appointment every 31 hours: it falls on every time of day."""
    often = (NEW_YEAR + number * timedelta(hours=31) for number in range(365 * 24 // 31))
    return sorted({*often, *nights(zone)})


def slot(start: datetime) -> Interval:
    return Interval(start, start + LENGTH)


def events(starts: list[datetime], zone: ZoneInfo) -> Iterator[Event]:
    clinic = replace(CLINIC, locations={1: replace(CLINIC.locations[1], zone=zone)})
    entries = (
        Entry(
            id=f"{number:020}", reference="HB-7K4-QM2", name="Ada Abbott", clinician_id=1,
            location_id=1, video=False, interval=slot(start), status="booked", sequence=0,
            changed_at=NEW_YEAR,
        )
        for number, start in enumerate(starts)
    )  # fmt: skip
    return feed.events(entries, clinic, host=HOST)


def read_back(data: bytes) -> list[list[tuple[datetime, datetime]]]:
    """Return from when to when the events of a calendar are, as parsers of three makes read it."""
    text = data.decode()
    (by_vobject,) = vobject.readComponents(text)
    by_ical = IcsCalendarStream.calendar_from_ics(text).events
    return [
        [(event.start, event.end) for event in Calendar.from_ical(data).events],
        [(event.dtstart.value, event.dtend.value) for event in by_vobject.vevent_list],
        [(event.dtstart, event.dtend) for event in by_ical],
    ]


@in_each_zone
def test_a_feed_tells_every_instant_of_a_year(zone: ZoneInfo) -> None:
    starts = year(zone)

    data = b"".join(feed.calendar(events(starts, zone), name="A year"))

    assert len(starts) > 280
    for reading in read_back(data):
        assert reading == [(start, start + LENGTH) for start in starts]


@in_each_zone
def test_a_mail_tells_every_instant_of_both_nights(zone: ZoneInfo, written: Write) -> None:
    for start in nights(zone):
        letter = replace(BOOKED, zone=zone, interval=slot(start))
        mail = message_from_bytes(bytes(written(letter).message))
        parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        data = parts[0].get_payload(decode=True)
        assert isinstance(data, bytes)

        told = {(seen.start, seen.end) for seen in (reader(data) for reader in READERS)}

        assert told == {(start, start + LENGTH)}


@in_each_zone
def test_no_two_instants_of_these_nights_are_said_in_the_same_words(zone: ZoneInfo) -> None:
    starts = list(nights(zone))

    said = {str(one["description"]) for one in events(starts, zone)}

    assert len(said) == len(starts)
