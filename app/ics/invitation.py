"""Appointments as calendar programs take them (RFC 5545, 5546): no words but those given."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress
from icalendar.enums import CLASS, CUTYPE, PARTSTAT, ROLE, STATUS, TRANSP

from app.domain.interval import Interval
from app.domain.letter import one_line

PRODID = "-//Foreword//Appointments 1//EN"
ALARM_BEFORE = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarAppointment:
    """What a calendar may know about an appointment: never why the patient comes.

    *description* may have several lines; every other text is one.  The attendee's name is
    the only one a patient chose; a copy for the clinic itself invites nobody.
    """

    uid: str
    sequence: int
    interval: Interval
    summary: str
    location: str
    description: str
    organizer_name: str
    organizer_address: str
    sent_by: str | None = None  # the mailbox that writes for the one who invited
    attendee_name: str = ""
    attendee_address: str | None = None
    asks: bool = True  # for an answer
    url: str | None = None

    def __post_init__(self) -> None:
        invited = [] if self.attendee_address is None else [self.attendee_address]
        helper = [] if self.sent_by is None else [self.sent_by]
        for address in (self.uid, self.organizer_address, *helper, *invited):
            if (
                address.count("@") != 1
                or address != one_line(address)
                or set(address) & set(' ",;:<>')
            ):
                raise ValueError("a calendar address is one plain name@host")


def uid_of(appointment_id: str, host: str) -> str:
    """Return the name calendars know the appointment by, the same all its life."""
    return f"{appointment_id}@{host}"


def request(appointment: CalendarAppointment, *, stamp: datetime) -> bytes:
    """Invite the patient; with a higher sequence, tell them the new time."""
    made = event(appointment, STATUS.CONFIRMED, stamp)
    made.add("attendee", _attendee(appointment))
    made.add("x-microsoft-disallow-counter", "TRUE")  # another time is chosen by the link
    return _calendar("REQUEST", made)


def cancel(appointment: CalendarAppointment, *, stamp: datetime) -> bytes:
    """Take the appointment out of the patient's calendar."""
    made = event(appointment, STATUS.CANCELLED, stamp)
    made.add("attendee", _attendee(appointment))
    return _calendar("CANCEL", made)


def decline_counter(appointment: CalendarAppointment, *, stamp: datetime) -> bytes:
    """Tell the patient's calendar that the time stays, whatever it proposed (RFC 5546 3.2.8)."""
    made = event(appointment, STATUS.CONFIRMED, stamp)
    made.add("attendee", _attendee(appointment))
    return _calendar("DECLINECOUNTER", made)


MAILED = {"REQUEST": request, "CANCEL": cancel, "DECLINECOUNTER": decline_counter}


def publish(appointment: CalendarAppointment, *, stamp: datetime) -> bytes:
    """Return a copy to download, which reminds by itself since nobody is invited."""
    made = event(appointment, STATUS.CONFIRMED, stamp)
    made.add_component(_alarm(appointment.summary))
    return _calendar("PUBLISH", made)


def event(appointment: CalendarAppointment, status: STATUS, stamp: datetime) -> Event:
    """Return an appointment without its occasion: nobody is invited, nothing reminds."""
    organizer = vCalAddress.new(
        appointment.organizer_address,
        cn=_name(appointment.organizer_name),
        sent_by=appointment.sent_by,
    )
    return Event.new(
        uid=appointment.uid,
        sequence=appointment.sequence,
        stamp=stamp.astimezone(UTC),
        start=appointment.interval.start.astimezone(UTC),
        end=appointment.interval.end.astimezone(UTC),
        status=status,
        summary=plain(appointment.summary),
        location=plain(appointment.location),
        description="\n".join(plain(line) for line in appointment.description.split("\n")),
        organizer=organizer,
        classification=CLASS.PRIVATE,
        transparency=TRANSP.OPAQUE,
        url=appointment.url,
    )


def _attendee(appointment: CalendarAppointment) -> vCalAddress:
    if appointment.attendee_address is None:
        raise ValueError("nobody is invited")
    return vCalAddress.new(
        appointment.attendee_address,
        cn=_name(appointment.attendee_name),
        cutype=CUTYPE.INDIVIDUAL,
        role=ROLE.REQ_PARTICIPANT,
        partstat=PARTSTAT.NEEDS_ACTION,
        rsvp=appointment.asks,
    )


def _alarm(summary: str) -> Alarm:
    alarm = Alarm.new(description=plain(summary))
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ALARM_BEFORE)
    alarm.pop("uid", None)  # nobody refers to an alarm
    return alarm


def _calendar(method: str, event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def plain(text: str) -> str:
    """Return words on one line, as every reader takes them."""
    # Readers disagree about backslashes, whatever the standard says.
    return one_line(text).replace("\\", "/")


def _name(text: str) -> str:
    # A name is a parameter: quotes end it, and not every reader knows RFC 6868's carets.
    return plain(text).replace('"', "'").replace("^", "")
