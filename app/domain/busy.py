"""Times at which a doctor is busy elsewhere, as another calendar of theirs says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from app.domain.interval import Interval
from app.domain.refusals import Refused

AHEAD = timedelta(days=396)  # a year, and a month until an unchanged calendar is read anew
CALENDARS = 10  # of one doctor
LONGEST_ADDRESS, LONGEST_NAME = 2000, 60
PAUSE = timedelta(minutes=5)  # after the first fault; then twice as long each time
LONGEST_PAUSE = timedelta(hours=4)
A_DAY = timedelta(days=1)


class Fault(StrEnum):
    """Why a calendar was not taken in; what was read before stays."""

    NOT_A_CALENDAR = "not_a_calendar"
    CUT_SHORT = "cut_short"
    TOO_BIG = "too_big"
    TOO_MANY = "too_many"
    TOO_DEEP = "too_deep"
    TOO_HARD = "too_hard"
    NO_ADDRESS = "no_address"
    NOT_OUTSIDE = "not_outside"
    UNKNOWN_NAME = "unknown_name"
    NOT_TRUSTED = "not_trusted"
    AWAY = "away"
    TURNED_AWAY = "turned_away"
    SENT_ON = "sent_on"
    PACKED = "packed"


class NotRead(Exception):
    """A calendar that cannot be taken in, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


class TooManyCalendars(Refused):
    """A doctor has as many other calendars as anybody."""

    code = "too_many_calendars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a calendar says: when its owner is busy, and how many of its entries nobody can read."""

    busy: tuple[Interval, ...]
    skipped: int = 0


def merged(spans: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the same time in as few intervals as it takes, in order; neighbours become one."""
    whole: list[Interval] = []
    for span in sorted(spans):
        if whole and span.start <= whole[-1].end:
            whole[-1] = Interval(whole[-1].start, max(whole[-1].end, span.end))
        else:
            whole.append(span)
    return tuple(whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A calendar that was not read in time; *read_at* is when it last was."""

    calendar_id: str
    clinician_id: int
    name: str
    read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """When some doctors are busy elsewhere, and whose calendars were not read for too long."""

    spans: tuple[tuple[int, Interval], ...] = ()
    late: tuple[Known, ...] = ()

    def of(self, clinician_id: int) -> list[Interval]:
        """Return one doctor's times."""
        return [span for id_, span in self.spans if id_ == clinician_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """A doctor's other calendar as its page shows it.

    *host* is all that is shown of its address; a file has none.  *many* are its times of the
    next three months; *asked* says that it is about to be read.
    """

    id: str
    clinician_id: int
    name: str
    host: str
    added_at: datetime
    read_at: datetime | None
    fault: Fault | None
    skipped: int
    many: int
    withheld: bool
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A calendar to be read: where it is, for which days, and what its server called it last."""

    calendar_id: str
    clinician_id: int
    address: str
    window: Interval
    zone: str
    etag: str
    modified: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """How it went: *found*, or that it is as it was; and what its server calls it now."""

    found: Found | None
    etag: str = ""
    modified: str = ""


def address_of(typed: str) -> str:
    """Return the address that is fetched, or refuse one that never is; a file's name is no matter.

    Raises NotRead.
    """
    try:
        found = urlsplit(typed.strip())
        port = found.port
    except ValueError:
        raise NotRead(Fault.NO_ADDRESS) from None
    known = found.scheme.lower() in ("https", "webcal", "webcals") and port in (None, 443)
    if not known or found.hostname is None or "@" in found.netloc or len(typed) > LONGEST_ADDRESS:
        raise NotRead(Fault.NO_ADDRESS)
    host = f"[{found.hostname}]" if ":" in found.hostname else found.hostname
    return urlunsplit(("https", host, found.path or "/", found.query, ""))


def window(horizon: timedelta, *, now: datetime) -> Interval:
    """Return for which days busy times are kept: whole ones, so that they are the same all day."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Interval(today - A_DAY, today + max(AHEAD, horizon + 30 * A_DAY))


def pause(attempts: int) -> timedelta:
    """Say how long to wait after so many faults in a row."""
    doubled: int = 2 ** min(attempts - 1, 10)
    return min(PAUSE * doubled, LONGEST_PAUSE)


def key(appointment_id: str, sequence: int, busy: Interval) -> str:
    """Name a busy time over an appointment, for good: another one is another matter."""
    return f"busy:{appointment_id}:{sequence}:{busy.start:%y%m%d%H%M}:{busy.end:%y%m%d%H%M}"
