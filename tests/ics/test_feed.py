"""The clinic's own event, and calendars of many, on bare bytes and through parsers."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from app.domain.clinic import Clinic
from app.domain.feed import Entry
from app.domain.interval import Interval
from app.ics import feed
from tests.clinics import KNOXVILLE, NASHVILLE, RIVERA, TUESDAY_NOON
from tests.ics.samples import CLINIC

HOST = "book.harbor.example"
CHANGED = datetime(2027, 2, 20, 8, 30, tzinfo=UTC)
ENTRY = Entry(
    id="k3f6zq7m2abcdefghijk",
    reference="HB-7K4-QM2",
    name="Ada Maria Abbott",
    clinician_id=RIVERA,
    location_id=KNOXVILLE,
    video=False,
    interval=Interval(TUESDAY_NOON, TUESDAY_NOON + timedelta(minutes=40)),
    status="booked",
    sequence=2,
    changed_at=CHANGED,
)


def written(*entries: Entry, clinic: Clinic = CLINIC, name: str | None = "Dr Ana Rivera") -> bytes:
    return b"".join(feed.calendar(feed.events(entries, clinic, host=HOST), name=name))


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_a_doctors_phone_shows_initials_and_the_reference_and_invites_nobody() -> None:
    lines = unfolded(written(ENTRY))

    assert f"UID:{ENTRY.id}@{HOST}" in lines  # that of the patient's invitation
    assert "SUMMARY:A.M.A. HB-7K4-QM2" in lines
    assert "DTSTART:20270302T170000Z" in lines
    assert "SEQUENCE:2" in lines
    assert {"CLASS:PRIVATE", "TRANSP:OPAQUE", "STATUS:CONFIRMED"} <= set(lines)
    for word in ("Abbott", "ATTENDEE", "VALARM", "VTIMEZONE"):
        assert word not in "\n".join(lines)


def test_the_clinic_may_decide_for_names_and_they_stay_one_line() -> None:
    clinic = replace(CLINIC, calendar_names="full")
    nasty = replace(ENTRY, name="Ada\r\nEND:VEVENT\\, née; Łukasiewicz")
    data = written(nasty, clinic=clinic)

    assert Calendar.from_ical(data).events[0]["summary"] == (
        "Ada END:VEVENT/, née; Łukasiewicz HB-7K4-QM2"
    )
    assert data.count(b"\r\nEND:VEVENT\r\n") == 1


def test_dtstamp_is_when_it_changed_so_that_bytes_stay() -> None:
    first, second = (written(ENTRY) for _ in range(2))

    assert first == second
    assert b"\r\nDTSTAMP:20270220T083000Z\r\n" in first
    assert b"\r\nLAST-MODIFIED:20270220T083000Z\r\n" in first


def test_what_was_cancelled_missed_or_not_confirmed_says_so() -> None:
    kinds = ("cancelled", "missed", "tentative", "arrived", "completed")
    data = written(*(replace(ENTRY, status=one) for one in kinds))

    assert [str(one["status"]) for one in Calendar.from_ical(data).events] == [
        "CANCELLED", "CANCELLED", "TENTATIVE", "CONFIRMED", "CONFIRMED",
    ]  # fmt: skip


def test_the_time_is_said_on_the_clock_of_the_place() -> None:
    there = replace(ENTRY, location_id=NASHVILLE, video=True)
    lines = unfolded(written(there))

    (told,) = (line for line in lines if line.startswith("DESCRIPTION:"))
    assert "Tuesday 2 March 2027\\n11:00 to 11:40 am\\nCentral time\\, Chicago" in told
    assert "LOCATION:By video" in lines


def test_a_subscription_says_its_name_and_when_to_look_again() -> None:
    lines = unfolded(written(name="Dr Ana Rivera, Harbor; Clinic"))

    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
    assert "X-PUBLISHED-TTL:PT1H" in lines
    assert "METHOD:PUBLISH" in lines
    for name in ("NAME", "X-WR-CALNAME"):
        assert f"{name}:Dr Ana Rivera\\, Harbor\\; Clinic" in lines
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_file_to_take_away_asks_nobody_to_look_again() -> None:
    data = written(ENTRY, name=None)

    assert b"REFRESH" not in data
    assert b"CALNAME" not in data


def test_three_parsers_of_different_makes_read_the_same_events() -> None:
    entries = [replace(ENTRY, id=f"{letter}" * 20) for letter in "abc"]
    data = written(*entries)

    (by_vobject,) = vobject.readComponents(data.decode())
    readings = [
        [(str(e["uid"]), e.start) for e in Calendar.from_ical(data).events],
        [(e.uid.value, e.dtstart.value) for e in by_vobject.vevent_list],
        [(e.uid, e.dtstart) for e in IcsCalendarStream.calendar_from_ics(data.decode()).events],
    ]

    assert all(
        one == [(f"{entry.id}@{HOST}", ENTRY.interval.start) for entry in entries]
        for one in readings
    )


def test_nobody_booked_is_a_calendar_without_events() -> None:
    assert Calendar.from_ical(written()).events == []


def test_an_object_of_its_own_has_no_method() -> None:
    data = feed.alone(feed.event_of(ENTRY, CLINIC, host=HOST))

    assert b"METHOD" not in data
    assert Calendar.from_ical(data).events[0]["uid"] == f"{ENTRY.id}@{HOST}"


def test_ten_thousand_appointments_do_not_fill_the_memory() -> None:
    def all_of_them() -> Iterator[Entry]:
        for number in range(10_000):
            start = TUESDAY_NOON + timedelta(hours=number)
            yield replace(
                ENTRY, id=f"{number:020}", interval=Interval(start, start + timedelta(hours=1))
            )

    pieces = feed.calendar(feed.events(all_of_them(), CLINIC, host=HOST), name="Everybody")
    size = sum(len(next(pieces)) for _ in range(200))  # the first ones fill the caches
    tracemalloc.start()
    size += sum(len(next(pieces)) for _ in range(1000))
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 400_000
    assert kept < 200_000
    assert peak < 400_000
