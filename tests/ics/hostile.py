"""Calendars that were made to do harm, and a big one that was not, each by its name."""

import gzip
from datetime import UTC, datetime, timedelta

from tests.ics.calendars import GOOD, calendar

AT_NINE = "DTSTART:20270303T140000Z\nDURATION:PT1H"
FITS = 5 * 1024 * 1024 - 1000
MADE = 10_000


def _rule(words: str) -> bytes:
    return calendar(f"{AT_NINE}\nRRULE:{words}", GOOD)


def _filled(piece: bytes, before: bytes, after: bytes) -> bytes:
    """Write as much of one thing as a calendar may be long."""
    return before + piece * ((FITS - len(before) - len(after)) // len(piece)) + after


def _never_met(number: int) -> str:
    return f"{AT_NINE}\nUID:{number}\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"


def _honest() -> bytes:
    """Write down eight years of somebody who is busy every seven hours, with long notes."""
    first, hour = datetime(2020, 1, 1, tzinfo=UTC), timedelta(hours=1)
    starts = [first + 7 * hour * number for number in range(MADE)]
    return calendar(
        *(
            f"UID:{number}@example.org\nDTSTART:{start:%Y%m%dT%H%M%SZ}\n"
            f"DTEND:{start + hour:%Y%m%dT%H%M%SZ}\nDESCRIPTION:{'note ' * 70}"
            for number, start in enumerate(starts)
        )
    )


ZONES = b"".join(
    b"BEGIN:VTIMEZONE\r\nTZID:Z%d\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    b"RRULE:FREQ=DAILY\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\n"
    b"END:STANDARD\r\nEND:VTIMEZONE\r\n" % number
    for number in range(9000)
)
BEGIN, END = b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n"
OPEN, CLOSE = b"BEGIN:VTIMEZONE\r\n", b"END:VTIMEZONE\r\n"

HOSTILE = {
    "every second": _rule("FREQ=SECONDLY"),
    "a billion times": _rule("FREQ=DAILY;COUNT=1000000000"),
    "an interval of nothing": _rule("FREQ=DAILY;INTERVAL=0"),
    "a rule as long as a calendar": _rule("FREQ=DAILY" + ";X=1" * 1_200_000),
    "rules that no day meets": calendar(*map(_never_met, range(9))),
    "twenty thousand series": calendar(*[f"{AT_NINE}\nRRULE:FREQ=WEEKLY"] * 19_000),
    "a million dates": calendar(f"{AT_NINE}\nRDATE;VALUE=DATE:{'20270303,' * 1_000_000}", GOOD),
    "half a million dates": calendar(f"{AT_NINE}\nRDATE;VALUE=DATE:{'20270303,' * 500_000}", GOOD),
    "nine thousand zones": BEGIN + ZONES + END,
    "a million lines": _filled(b"ab\r\n", BEGIN + OPEN, CLOSE + END),
    "a million lines in many zones": _filled(OPEN + b"ab\n" * 99 + CLOSE, BEGIN, END),
    "a hundred thousand folds": calendar(f"{GOOD}\nSUMMARY:a" + "\r\n x" * 100_000),
    "calendars in calendars": BEGIN * 100_000,
    "parts in parts": BEGIN + b"BEGIN:VEVENT\r\n" + b"BEGIN:X\r\n" * 100_000,
    "a packed one": gzip.compress(bytes(100_000_000)),
    "a page": b"<!DOCTYPE html><title>Sign in</title>",
    "a zone of nobody": calendar("DTSTART;TZID=No/Where:20270303T090000\nDURATION:PT1H", GOOD),
    "no zone": calendar("DTSTART:20270302T090000\nDTEND:20270302T100000"),
    "two calendars": calendar(GOOD) + calendar(f"UID:2\n{AT_NINE}"),
    "small letters": calendar(GOOD).lower(),
    "nothing between the letters": calendar(GOOD).replace(b"DTSTART", b"DT\0START"),
    "nothing else": bytes(FITS),
    "an honest one": _honest(),
}
