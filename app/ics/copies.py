"""Links that put a copy of an appointment into a calendar on the web.

They carry the neutral words of the entry and no link of ours.  Such a copy never changes by
itself: whoever offers one says so.
"""

from datetime import UTC, datetime
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from app.ics.invitation import CalendarAppointment

BASIC = "%Y%m%dT%H%M%SZ"
LIVE = "https://outlook.live.com/calendar/0/deeplink/compose"
OFFICE = "https://outlook.office.com/calendar/0/deeplink/compose"


def links(entry: CalendarAppointment, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Return (name of the calendar, address that opens its form)."""
    return [
        ("Google Calendar", _google(entry, zone)),
        ("Outlook.com", _outlook(LIVE, entry)),
        ("Microsoft 365", _outlook(OFFICE, entry)),
        ("Yahoo", _yahoo(entry)),
    ]


def _google(entry: CalendarAppointment, zone: ZoneInfo) -> str:
    start, end = _basic(entry.interval.start), _basic(entry.interval.end)
    fields = {
        "action": "TEMPLATE",
        "text": entry.summary,
        "dates": f"{start}/{end}",
        "ctz": zone.key,  # on whose clock the form shows it; the instants are certain anyway
        "details": entry.description,
        "location": entry.location,
    }
    return _address("https://calendar.google.com/calendar/render", fields)


def _outlook(base: str, entry: CalendarAppointment) -> str:
    fields = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": entry.summary,
        "startdt": _extended(entry.interval.start),
        "enddt": _extended(entry.interval.end),
        "body": entry.description,
        "location": entry.location,
    }
    return _address(base, fields)


def _yahoo(entry: CalendarAppointment) -> str:
    fields = {
        "v": "60",
        "title": entry.summary,
        "st": _basic(entry.interval.start),
        "et": _basic(entry.interval.end),
        "desc": entry.description,
        "in_loc": entry.location,
    }
    return _address("https://calendar.yahoo.com/", fields)


def _address(base: str, fields: dict[str, str]) -> str:
    """Encode blanks as %20: Outlook shows a plus sign as it is."""
    return f"{base}?{urlencode(fields, quote_via=quote)}"


def _basic(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime(BASIC)


def _extended(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
