"""When a doctor is busy, as their other calendars say it."""

from zoneinfo import ZoneInfo

import pytest

from tests.ics.calendars import GOOD, GOOD_SAID, calendar, read, said

MORNING = "UID:x\nDTSTART:20270312T140000Z\nDURATION:PT1H"
NASHVILLE = ZoneInfo("America/Chicago")
PRIVATE_ZONE = """BEGIN:VTIMEZONE
TZID:Ours
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0530
TZOFFSETTO:+0530
END:STANDARD
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("event", "times"),
    [
        pytest.param(GOOD, [GOOD_SAID], id="from and until"),
        pytest.param(MORNING, ["03-12 14:00 to 03-12 15:00"], id="from and how long"),
        pytest.param("DTSTART:20270312T140000Z", [], id="a moment takes no time"),
        pytest.param(f"{GOOD}\nTRANSP:TRANSPARENT", [], id="said to take no time"),
        pytest.param(f"{GOOD}\nSTATUS:CANCELLED", [], id="cancelled"),
        pytest.param(f"{GOOD}\nX-MICROSOFT-CDO-BUSYSTATUS:FREE", [], id="free in Outlook"),
        pytest.param(f"{GOOD}\nSTATUS:TENTATIVE", [GOOD_SAID], id="not sure, but kept"),
        pytest.param(
            "DTSTART;VALUE=DATE:20270314",
            ["03-14 05:00 to 03-15 04:00"],
            id="the 23 hours of a day",
        ),
        pytest.param(
            "DTSTART;VALUE=DATE:20270302\nDTEND;VALUE=DATE:20270304",
            ["03-02 05:00 to 03-04 05:00"],
            id="its last day is not one of them",
        ),
        pytest.param(
            "DTSTART:20270312T090000\nDURATION:PT1H",
            ["03-12 14:00 to 03-12 15:00"],
            id="without a zone: the clinic's",
        ),
        pytest.param(
            "DTSTART;TZID=W. Europe Standard Time:20270312T090000\nDURATION:PT1H",
            ["03-12 08:00 to 03-12 09:00"],
            id="a zone by its name in Windows",
        ),
        pytest.param(
            "DTSTART;TZID=Ours:20270312T090000\nDURATION:PT1H",
            ["03-12 03:30 to 03-12 04:30"],
            id="a zone that the file itself describes",
        ),
        pytest.param(
            "dtstart:20270312t140000z\nduration:pt1h",
            ["03-12 14:00 to 03-12 15:00"],
            id="in small letters",
        ),
        pytest.param(
            "DTSTART:20270228T230000Z\nDTEND:20270301T010000Z",
            ["03-01 00:00 to 03-01 01:00"],
            id="what begins before is cut where we begin to look",
        ),
        pytest.param("DTSTART:20260312T140000Z\nDURATION:PT1H", [], id="over long ago"),
    ],
)
def test_an_event_takes_the_time_that_it_says(event: str, times: list[str]) -> None:
    found = read(calendar(event, head=PRIVATE_ZONE))

    assert (said(found), found.skipped) == (times, 0)


@pytest.mark.parametrize(
    ("events", "times"),
    [
        pytest.param(
            [f"{MORNING}\nRRULE:FREQ=WEEKLY;COUNT=2"],
            ["03-12 14:00 to 03-12 15:00", "03-19 14:00 to 03-19 15:00"],
            id="a series",
        ),
        pytest.param(
            [
                "DTSTART;TZID=America/New_York:20270312T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3"
            ],
            [
                "03-12 14:00 to 03-12 15:00",
                "03-13 14:00 to 03-13 15:00",
                "03-14 13:00 to 03-14 14:00",
            ],
            id="a series follows its clock when the clocks change",
        ),
        pytest.param(
            [f"{MORNING}\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20270313T140000Z"],
            ["03-12 14:00 to 03-12 15:00", "03-14 14:00 to 03-14 15:00"],
            id="without the day that was taken out",
        ),
        pytest.param(
            [
                "UID:x\nDTSTART:20270312T090000\nDURATION:PT1H\nRDATE:20270316T090000\nEXDATE:20270312T090000"
            ],
            ["03-16 13:00 to 03-16 14:00"],
            id="days that were added",
        ),
        pytest.param(
            [f"{MORNING}\nRDATE;VALUE=PERIOD:20270316T140000Z/PT3H"],
            ["03-12 14:00 to 03-12 15:00", "03-16 14:00 to 03-16 17:00"],
            id="a day that was added with an end of its own",
        ),
        pytest.param(
            [
                f"{MORNING}\nRRULE:FREQ=DAILY;COUNT=3",
                "UID:x\nRECURRENCE-ID:20270313T140000Z\nDTSTART:20270313T200000Z\nDURATION:PT1H",
                "UID:x\nRECURRENCE-ID:20270314T140000Z\nDTSTART:20270314T140000Z\nSTATUS:CANCELLED",
            ],
            ["03-12 14:00 to 03-12 15:00", "03-13 20:00 to 03-13 21:00"],
            id="one was moved, one was cancelled",
        ),
        pytest.param(
            ["UID:x\nRECURRENCE-ID:20270313T140000Z\nDTSTART:20270313T200000Z\nDURATION:PT1H"],
            ["03-13 20:00 to 03-13 21:00"],
            id="one of a series that is not in the file",
        ),
        pytest.param(
            [f"{MORNING}\nSEQUENCE:1", f"{MORNING.replace('0312', '0315')}\nSEQUENCE:2"],
            ["03-15 14:00 to 03-15 15:00"],
            id="the later word on one event counts",
        ),
        pytest.param(
            [GOOD, GOOD.replace("good", "next").replace("T15", "T16").replace("T14", "T15")],
            ["03-02 14:00 to 03-02 16:00"],
            id="what follows at once is one time",
        ),
    ],
)
def test_a_series_takes_its_times(events: list[str], times: list[str]) -> None:
    found = read(calendar(*events))

    assert (said(found), found.skipped) == (times, 0)


def test_times_without_a_zone_are_those_of_the_calendar_and_days_those_of_the_clinic() -> None:
    plain = "DTSTART:20270312T090000\nDURATION:PT1H"
    day = "DTSTART;VALUE=DATE:20270320"

    found = read(calendar(plain, day, GOOD, head="X-WR-TIMEZONE:Europe/Berlin"), NASHVILLE)

    assert said(found) == [
        GOOD_SAID,
        "03-12 08:00 to 03-12 09:00",
        "03-20 05:00 to 03-21 05:00",
    ]


def test_what_a_server_says_is_taken_is_taken() -> None:
    told = (
        "BEGIN:VCALENDAR\nBEGIN:VFREEBUSY\n"
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270302T140000Z/PT1H,20270303T140000Z/20270303T150000Z\n"
        "FREEBUSY;FBTYPE=FREE:20270304T140000Z/PT1H\nEND:VFREEBUSY\nEND:VCALENDAR"
    )

    found = read(told.encode())

    assert said(found) == [GOOD_SAID, "03-03 14:00 to 03-03 15:00"]


def test_two_calendars_in_one_file_are_both_read() -> None:
    found = read(calendar(GOOD) + calendar(MORNING))

    assert said(found) == [GOOD_SAID, "03-12 14:00 to 03-12 15:00"]


def test_a_calendar_without_entries_takes_nothing() -> None:
    assert read(calendar()).busy == ()
