"""A doctor's calendar as devices keep it: one event an object, and what they write, read."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from flask_babel import gettext
from icalendar import Calendar, Event, FreeBusy, vPeriod
from icalendar.enums import CLASS, STATUS, TRANSP

from app.domain.clinic import Clinic
from app.domain.device_calendar import Block, Shown, Written
from app.domain.interval import Interval
from app.ics.feed import alone, event_of
from app.ics.invitation import PRODID, uid_of

LARGEST = 64 * 1024
LONGEST_UID = 255
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
ONCE = ("rrule", "rdate", "exdate", "recurrence-id")
UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)


class NoEvent(Exception):
    """What was written is no event that can be kept; *wrong* is what the protocol calls it."""

    def __init__(self, wrong: str = "valid-calendar-data") -> None:
        super().__init__(wrong)
        self.wrong = wrong


def write(shown: Shown, clinic: Clinic, *, host: str) -> bytes:
    """Return an object of a calendar.

    Nobody is named as its organizer: programs let people move only what they organize.
    """
    if isinstance(shown.about, Block):
        return alone(_block(shown.about, shown.revision))
    event = event_of(shown.about, clinic, host=host)
    event.pop("organizer", None)
    return alone(event)


def free_busy(shown: Iterable[Shown], window: Interval, *, stamp: datetime) -> bytes:
    """Return when somebody is busy within a stretch of time, and nothing else."""
    answer, calendar = FreeBusy(), Calendar()
    answer.add("dtstamp", stamp)
    answer.add("dtstart", window.start)
    answer.add("dtend", window.end)
    for span in sorted((one.interval for one in shown), key=lambda span: span.start):
        start, end = max(span.start, window.start), min(span.end, window.end)
        answer.add("freebusy", vPeriod((start, end)), parameters={"FBTYPE": "BUSY"})
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODID)
    calendar.add_component(answer)
    return bytes(calendar.to_ical())


def uid(shown: Shown, *, host: str) -> str:
    """Return the UID of an object."""
    about = shown.about
    return about.uid if isinstance(about, Block) else uid_of(about.id, host)


def _block(block: Block, revision: int) -> Event:
    start: date = block.starts.date() if block.whole_days else block.interval.start
    end: date = block.ends.date() if block.whole_days else block.interval.end
    return Event.new(
        uid=block.uid,
        sequence=revision,
        stamp=block.put_at.astimezone(UTC),
        start=start,
        end=end,
        status=STATUS.CONFIRMED,
        summary=gettext("Busy"),
        classification=CLASS.PRIVATE,
        transparency=TRANSP.OPAQUE,
    )


def read(data: bytes) -> Written:
    """Read the one event that a device wrote; raises NoEvent."""
    try:
        event, others = _only(Calendar.from_ical(data))
        return _written(event, repeats=others)
    except UNREADABLE as error:
        raise NoEvent from error


def _only(calendar: Calendar) -> tuple[Event, bool]:
    """Return the event, and whether it comes with others that repeat it."""
    inside = [one for one in calendar.subcomponents if one.name != "VTIMEZONE"]
    strange = next((one.name for one in inside if one.name != "VEVENT"), None)
    if strange:
        raise NoEvent("supported-calendar-component")
    if not inside or calendar.name != "VCALENDAR":
        raise NoEvent
    if "method" in calendar or len({str(one["uid"]) for one in inside}) > 1:
        raise NoEvent("valid-calendar-object-resource")
    first = inside[0]
    if not isinstance(first, Event):
        raise NoEvent
    return first, len(inside) > 1


def _written(event: Event, *, repeats: bool) -> Written:
    start, end, days = _when(event)
    called = str(event["uid"])
    if not called or len(called) > LONGEST_UID or not called.isprintable():
        raise NoEvent
    if start < EARLIEST:
        raise NoEvent("min-date-time")
    if max(start, end) > LATEST:
        raise NoEvent("max-date-time")
    return Written(
        uid=called,
        start=start,
        end=end,
        days=days,
        busy=str(event.get("transp", "OPAQUE")).upper() != "TRANSPARENT",
        repeats=repeats or any(name in event for name in ONCE),
        invites="attendee" in event or "organizer" in event,
    )


def _when(event: Event) -> tuple[datetime, datetime, bool]:
    """Return from when to when, and whether in whole days; a time without a zone is no time."""
    start = event.decoded("dtstart")
    days = not isinstance(start, datetime)
    if "dtend" in event:
        end = event.decoded("dtend")
    elif "duration" in event:
        end = start + event.decoded("duration")
    else:
        end = start + timedelta(days=1 if days else 0)
    if days != (not isinstance(end, datetime)):
        raise NoEvent
    return _instant(start), _instant(end), days


def _instant(when: date) -> datetime:
    if not isinstance(when, datetime):
        return datetime(when.year, when.month, when.day, tzinfo=UTC)
    if when.tzinfo is None or when.utcoffset() is None:
        raise NoEvent
    return when.astimezone(UTC)
