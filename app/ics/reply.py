"""Answers of calendar programs, read out of RFC 5545 bytes by a process that may die of them."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar

Said = dict[str, Any]
LARGEST = 256 * 1024
LONGEST = 500  # letters of anything
MOST_PEOPLE = 20
ORIGINAL = "X-MS-OLK-ORIGINALSTART"  # of Outlook, where it proposes another time
ANSWERED = "X-MICROSOFT-CDO-REPLYTIME"  # of Outlook, where DTSTAMP may be the invitation's


def answers(data: bytes, charset: str | None, method: str) -> list[Said]:
    """Return what each event says, once; *method* is the mail's, where the calendar has none."""
    if len(data) > LARGEST:
        raise ValueError("too much for an answer")
    calendars = Calendar.from_ical(_text(data, charset), multiple=True)
    found: list[Said] = []
    for calendar in calendars:
        inside = str(calendar.get("METHOD") or method).strip().upper()
        for event in calendar.walk("VEVENT"):
            said = _said(event, inside)
            if said not in found:
                found.append(said)
    return found


def _text(data: bytes, charset: str | None) -> str:
    """Decode what may be in any coding: a mark at its beginning, what it says, or Latin 1."""
    for coding in ("utf-8-sig", charset or "ascii", "latin-1"):
        try:
            return data.decode(coding).replace("\0", "")
        except (UnicodeDecodeError, LookupError):
            continue
    return ""


def _said(event: Any, method: str) -> Said:  # noqa: ANN401  a component
    attendees = _list(event.get("ATTENDEE"))[:MOST_PEOPLE]
    return {
        "method": method,
        "uid": str(event.get("UID", "")).strip()[:LONGEST],
        "attendees": [_attendee(one) for one in attendees],
        "sequence": _number(event),
        "stamp": _given(event),
        "comment": _words(_list(event.get("COMMENT"))),
        "start": _instant(event, "DTSTART"),
        "moves": ORIGINAL in event,
    }


def _attendee(one: Any) -> Said:  # noqa: ANN401  a value with parameters
    given = one.params
    return {
        "address": _address(one),
        "partstat": str(given.get("PARTSTAT", "")).lower()[:LONGEST],
        "sent_by": _plain(str(given.get("SENT-BY", ""))),
        "delegated": "DELEGATED-TO" in given or "DELEGATED-FROM" in given,
        "comment": _words([given.get("X-RESPONSE-COMMENT", "")]),
    }


def _list(value: Any) -> list[Any]:  # noqa: ANN401  one, several or none
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _address(attendee: Any) -> str:  # noqa: ANN401  as above
    """Return who answers: Apple may name a path of its own, and the address beside it."""
    if str(attendee).lower().startswith("mailto:"):
        return _plain(str(attendee))
    return _plain(str(attendee.params.get("EMAIL", "")))


def _plain(address: str) -> str:
    text = address.strip()
    return (text[7:] if text.lower().startswith("mailto:") else text).strip().casefold()[:LONGEST]


def _number(event: Any) -> int | None:  # noqa: ANN401  as above
    try:
        return int(event["SEQUENCE"])
    except (KeyError, ValueError, TypeError):
        return None


def _given(event: Any) -> str | None:  # noqa: ANN401  as above
    """Return when an answer was given: the later of the two times that programs write."""
    stamps = [_instant(event, "DTSTAMP")]
    with suppress(ValueError):
        told = datetime.strptime(f"{event.get(ANSWERED, '')}+0000", "%Y%m%dT%H%M%SZ%z")
        stamps.append(told.isoformat())
    return max(filter(None, stamps), default=None)


def _instant(event: Any, name: str) -> str | None:  # noqa: ANN401  as above
    """Return an instant in UTC; a day, or a time on nobody's clock, is none."""
    try:
        value = event[name].dt
    except (KeyError, ValueError, AttributeError):
        return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        return None
    try:
        return value.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return None


def _words(texts: list[Any]) -> str:
    return " ".join(" ".join(str(text) for text in texts).split())[:LONGEST]
