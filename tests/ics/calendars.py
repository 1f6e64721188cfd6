"""Builders: other people's calendars, as programs write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app.domain.busy import Found
from app.domain.interval import Interval
from app.ics import busy

SPRING = Interval(datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))
KNOXVILLE = ZoneInfo("America/New_York")
GOOD = "UID:good\nDTSTART:20270302T140000Z\nDTEND:20270302T150000Z"
GOOD_SAID = "03-02 14:00 to 03-02 15:00"


def calendar(*events: str, head: str = "") -> bytes:
    """Write a calendar of events, each as its lines."""
    parts = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", *head.splitlines()]
    for event in events:
        parts += ["BEGIN:VEVENT", *event.splitlines(), "END:VEVENT"]
    return "\r\n".join([*parts, "END:VCALENDAR", ""]).encode()


def read(data: bytes, zone: ZoneInfo = KNOXVILLE) -> Found:
    """Read a calendar for three months of spring."""
    return busy.read(data, SPRING, zone)


def said(found: Found) -> list[str]:
    """Return the busy times in short, in UTC."""
    return [f"{span.start:%m-%d %H:%M} to {span.end:%m-%d %H:%M}" for span in found.busy]
