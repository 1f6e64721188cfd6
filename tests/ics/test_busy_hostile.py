"""Calendars that were made to never end, to fill the machine, or just badly."""

import pytest

from app.domain.busy import Fault, NotRead
from app.ics import busy
from tests.ics.calendars import GOOD, GOOD_SAID, KNOXVILLE, SPRING, calendar, read, said

AT_NINE = "DTSTART:20270302T090000Z\nDURATION:PT1H"


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(f"{AT_NINE}\nRRULE:FREQ=SECONDLY", id="every second"),
        pytest.param(f"{AT_NINE}\nRRULE:FREQ=DAILY;COUNT=1000000000", id="a billion times"),
        pytest.param(f"{AT_NINE}\nRRULE:FREQ=DAILY;INTERVAL=0", id="never gets on"),
        pytest.param(
            f"{AT_NINE}\nRRULE:FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE=0,30",
            id="more often a day than a day has hours",
        ),
        pytest.param(
            f"{AT_NINE}\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", id="on no day of any year"
        ),
        pytest.param(f"{AT_NINE}\nRDATE:{','.join(['20270302T090000Z'] * 300_000)}", id="dates"),
        pytest.param(f"{AT_NINE}\nRRULE:GARBAGE", id="a rule that is none"),
        pytest.param(f"{AT_NINE}\nUID:1\nUID:2", id="two names"),
        pytest.param("UID:x\nDTSTART:garbage", id="a time that is none"),
        pytest.param("UID:x\nSUMMARY:Nothing else", id="no time at all"),
        pytest.param("DTSTART;TZID=No/Where:20270303T090000\nDURATION:PT1H", id="nobody's zone"),
        pytest.param("DTSTART:20270303T090000Z\nDTEND:20270302T090000Z", id="ends before"),
        pytest.param("DTSTART:99991231T090000Z\nDURATION:P9999D", id="after the end of time"),
        pytest.param(
            "DTSTART:20270303T090000Z\nBEGIN:VEVENT\nDTSTART:20200303T090000Z", id="never ends"
        ),
    ],
)
def test_t20_an_event_that_nobody_can_read_is_counted_and_hides_no_other(event: str) -> None:
    found = read(calendar(event, GOOD))

    assert (said(found)[-1:], found.skipped) == ([GOOD_SAID], 1)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(b"", Fault.NOT_A_CALENDAR, id="nothing"),
        pytest.param(b"<!DOCTYPE html><title>Sign in</title>", Fault.NOT_A_CALENDAR, id="a page"),
        pytest.param(b"\x1f\x8b\x08" + bytes(100), Fault.NOT_A_CALENDAR, id="packed"),
        pytest.param(calendar(GOOD)[:-6], Fault.CUT_SHORT, id="cut off"),
        pytest.param(b"BEGIN:VCALENDAR\n" * 9, Fault.TOO_DEEP, id="calendars within calendars"),
        pytest.param(
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + b"BEGIN:X\n" * 9, Fault.TOO_DEEP, id="nested"
        ),
        pytest.param(calendar(*["UID:x"] * 20_001), Fault.TOO_MANY, id="entries"),
        pytest.param(bytes(5 * 1024 * 1024 + 1), Fault.TOO_BIG, id="size"),
    ],
)
def test_t20_what_is_no_calendar_is_refused_with_its_reason(data: bytes, fault: Fault) -> None:
    with pytest.raises(NotRead) as refused:
        read(data)

    assert refused.value.fault is fault


def test_t20_folds_and_nul_change_nothing() -> None:
    folded = GOOD.replace("T140", "T1\r\n 40") + "\nSUMMARY:a\0b" + "\r\n x" * 100_000

    assert said(read(calendar(folded))) == [GOOD_SAID]


def test_t20_more_times_than_anybody_has_are_refused_not_cut() -> None:
    many = calendar(*(f"{AT_NINE}\nUID:{number}\nRRULE:FREQ=DAILY" for number in range(60)))

    with pytest.raises(NotRead) as refused:
        read(many)

    assert refused.value.fault is Fault.TOO_MANY


def test_t20_a_calendar_that_takes_too_long_is_given_up_in_its_child() -> None:
    slow = calendar(
        *(
            f"{AT_NINE}\nUID:{number}\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
            for number in range(9)
        )
    )

    with pytest.raises(NotRead) as refused:
        busy.in_child(slow, SPRING, KNOXVILLE)

    assert refused.value.fault is Fault.TOO_HARD


def test_t20_a_child_hands_back_what_it_read() -> None:
    found = busy.in_child(calendar(GOOD, "DTSTART:never"), SPRING, KNOXVILLE)

    assert (said(found), found.skipped) == ([GOOD_SAID], 1)
