"""A year of appointments goes to a phone and back, and each stays at its instant."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import vobject
from flask import Flask
from icalendar import Calendar

from tests.clinics import TUESDAY_NOON
from tests.desk import appoint
from tests.phone import Phone, event, parsed, texts
from tests.web.dav.followed import Followed

HALF_HOUR = timedelta(minutes=30)
NEW_YORK = ZoneInfo("America/New_York")
NIGHTS = (datetime(2027, 3, 14, 4, tzinfo=UTC), datetime(2027, 11, 7, 3, tzinfo=UTC))
DATA = "D:propstat/D:prop/C:calendar-data"


def starts() -> list[datetime]:
    """Return noon of each week of a year, and every half hour of both nights of clock changes."""
    weeks = [TUESDAY_NOON + timedelta(weeks=week) for week in range(53)]
    nights = [night + half * HALF_HOUR for night in NIGHTS for half in range(12)]
    return weeks + nights


def fetched(phone: Phone) -> dict[str, tuple[str, str]]:
    """Return what each appointment of the calendar is called there, and is written as, by UID."""
    inside = "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
    everything = '<C:filter><C:comp-filter name="VCALENDAR"/></C:filter>'
    answer = phone.report("C:calendar-query", inside + everything)
    pairs = zip(texts(answer, "D:href"), texts(answer, DATA), strict=True)
    assert len(parsed(answer)) > 0
    return {
        str(Calendar.from_ical(data).events[0]["uid"]): (href.rpartition("/")[2], data)
        for href, data in pairs
    }


def test_a_year_arrives_at_its_instants_and_comes_back_at_them(site: Flask, phone: Phone) -> None:
    with site.app_context():
        booked = {start: Followed(site, appoint(start), phone) for start in starts()}
    before = {start: one.now for start, one in booked.items()}

    shown = fetched(phone)
    written = {
        start: phone.open("PUT", phone.place(shown[one.uid][0]), shown[one.uid][1]).status_code
        for start, one in booked.items()
    }

    for start, one in booked.items():
        data = shown[one.uid][1]
        assert Calendar.from_ical(data).events[0].start == start
        assert vobject.readOne(data).vevent.dtstart.value == start
        assert one.now == before[start]
    assert set(written.values()) == {204}


def test_a_wall_time_on_either_side_of_a_clock_change_is_the_right_instant(
    site: Flask, phone: Phone
) -> None:
    for friday in (datetime(2027, 3, 12, 12), datetime(2027, 11, 5, 12)):  # noqa: DTZ001  wall time
        with site.app_context():
            one = Followed(site, appoint(friday.replace(tzinfo=NEW_YORK).astimezone(UTC)), phone)
        monday = friday + timedelta(days=3)
        wall = event(one.uid, f"DTSTART;TZID=America/New_York:{monday:%Y%m%dT%H%M%S}")

        answer = phone.open("PUT", phone.place(one.name), wall)

        assert answer.status_code == 204
        assert one.now.interval.start == monday.replace(tzinfo=NEW_YORK)
        assert one.now.interval.start.utcoffset() == timedelta(0)
        assert f"DTSTART:{monday.replace(tzinfo=NEW_YORK).astimezone(UTC):%Y%m%dT%H%M%SZ}" in (
            phone.open("GET", phone.place(one.name)).text
        )
