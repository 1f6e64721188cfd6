"""The clinic's own event of an appointment, and calendars of many of them."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from flask_babel import gettext
from icalendar import Calendar, Event, vDuration, vText
from icalendar.enums import STATUS

from app.content import when
from app.domain.clinic import Clinic
from app.domain.feed import Entry
from app.ics.invitation import PRODID, CalendarAppointment, event, plain, uid_of
from app.storage.models import Status

AGAIN = timedelta(hours=1)  # how often programs are asked to look; most look less often
HOW_IT_STANDS = {
    Status.TENTATIVE: STATUS.TENTATIVE,
    Status.CANCELLED: STATUS.CANCELLED,
    Status.MISSED: STATUS.CANCELLED,
}


def events(entries: Iterable[Entry], clinic: Clinic, *, host: str) -> Iterator[Event]:
    """Yield each appointment as the clinic's own calendars show it.

    It has the UID of the patient's invitation and invites nobody.  Nothing in it depends on
    who asks or when: the same appointment is the same bytes until it changes.
    """
    for one in entries:
        yield event_of(one, clinic, host=host)


def event_of(one: Entry, clinic: Clinic, *, host: str) -> Event:
    """Return one appointment as the clinic's own calendars show it."""
    status = HOW_IT_STANDS.get(Status(one.status), STATUS.CONFIRMED)
    made = event(_entry(one, clinic, host), status, one.changed_at)
    made.add("last-modified", one.changed_at)
    return made


def for_patient(entry: CalendarAppointment, status: str, changed_at: datetime) -> Event:
    """Return an appointment as the calendar of whoever comes follows it."""
    cancelled = status == Status.CANCELLED
    made = event(entry, STATUS.CANCELLED if cancelled else STATUS.CONFIRMED, changed_at)
    made.add("last-modified", changed_at)
    return made


def _entry(one: Entry, clinic: Clinic, host: str) -> CalendarAppointment:
    place = clinic.locations[one.location_id]
    return CalendarAppointment(
        uid=uid_of(one.id, host),
        sequence=one.sequence,
        interval=one.interval,
        summary=f"{one.called(clinic.calendar_names)} {one.reference}",
        location=gettext("By video") if one.video else f"{place.name}, {place.address}",
        description="\n".join((
            clinic.clinicians[one.clinician_id].name,
            when.day(one.interval.start, place.zone, clinic.language),
            when.span(one.interval.start, one.interval.end, place.zone, clinic.language),
            when.zone_name(place.zone, one.interval.start, clinic.language),
        )),
        organizer_name=clinic.name,
        organizer_address=clinic.email,
    )  # fmt: skip


def calendar(events: Iterable[Event], *, name: str | None = None) -> Iterator[bytes]:
    """Yield a calendar event by event, so that no number of them fills the memory.

    *name* is that of a calendar to subscribe to; a file to take away has none.
    """
    head = Calendar()
    head.add("version", "2.0")
    head.add("prodid", PRODID)
    head.add("method", "PUBLISH")
    if name is not None:
        for written in ("name", "x-wr-calname"):  # the standard's, and the one that is read
            head.add(written, vText(plain(name)))
        head.add("refresh-interval", vDuration(AGAIN), parameters={"VALUE": "DURATION"})
        head.add("x-published-ttl", vDuration(AGAIN))
    begin, end, _nothing = head.to_ical().partition(b"END:VCALENDAR\r\n")
    yield begin
    for one in events:
        yield one.to_ical()
    yield end


def alone(event: Event) -> bytes:
    """Return one event as an object of a calendar that is kept in step: it has no method."""
    one = Calendar()
    one.add("version", "2.0")
    one.add("prodid", PRODID)
    one.add_component(event)
    return bytes(one.to_ical())
