"""Three parsers of different makes, asked the same questions about one appointment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a reader found: the texts as it would show them."""

    method: str
    events: int
    alarms: int
    uid: str
    sequence: int
    start: datetime
    end: datetime
    summary: str
    location: str
    description: str
    organizer: tuple[str, str]
    attendees: tuple[tuple[str, str], ...]


def by_icalendar(data: bytes) -> Seen:
    calendar = Calendar.from_ical(data)
    event: Any = calendar.events[0]
    assert not calendar.errors
    assert not event.errors
    return Seen(
        method=str(calendar["method"]),
        events=len(calendar.walk("VEVENT")),
        alarms=len(calendar.walk("VALARM")),
        uid=str(event["uid"]),
        sequence=int(event["sequence"]),
        start=event["dtstart"].dt,
        end=event["dtend"].dt,
        summary=str(event["summary"]),
        location=str(event["location"]),
        description=str(event["description"]),
        organizer=_person(event["organizer"], event["organizer"].params.get("CN")),
        attendees=tuple(_person(who, who.params.get("CN")) for who in event.attendees),
    )


def by_vobject(data: bytes) -> Seen:
    (calendar,) = vobject.readComponents(data.decode())
    event = calendar.vevent
    return Seen(
        method=calendar.method.value,
        events=len(calendar.vevent_list),
        alarms=len(event.contents.get("valarm", [])),
        uid=event.uid.value,
        sequence=int(event.sequence.value),
        start=event.dtstart.value,
        end=event.dtend.value,
        summary=event.summary.value,
        location=event.location.value,
        description=event.description.value,
        organizer=_vobject_person(event.organizer),
        attendees=tuple(_vobject_person(who) for who in event.contents.get("attendee", [])),
    )


def by_ical(data: bytes) -> Seen:
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    event = calendar.events[0]
    start, end = event.dtstart, event.dtend
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    assert event.organizer
    return Seen(
        method=calendar.method or "",
        events=len(calendar.events),
        alarms=len(event.alarm),
        uid=event.uid,
        sequence=event.sequence or 0,
        start=start,
        end=end,
        summary=event.summary or "",
        location=event.location or "",
        description=event.description or "",
        organizer=_person(event.organizer.uri, event.organizer.common_name),
        attendees=tuple(_person(who.uri, who.common_name) for who in event.attendees),
    )


def _vobject_person(who: Any) -> tuple[str, str]:
    return _person(who.value, who.params.get("CN", [""])[0])


def _person(address: object, name: object) -> tuple[str, str]:
    return str(address).removeprefix("mailto:"), str(name or "")


READERS: list[Callable[[bytes], Seen]] = [by_icalendar, by_vobject, by_ical]
