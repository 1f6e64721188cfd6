"""What a calendar outside the clinic may show of its appointments, and for how long."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.interval import Interval
from app.domain.wallclock import DAY, local_day

PAST, AHEAD = timedelta(days=30), timedelta(days=180)
CANCELLED_KEPT = timedelta(days=14)  # long enough for the slowest program to have seen it


class Names(StrEnum):
    """How the clinic's own calendars name patients, wherever they are shown."""

    INITIALS = "initials"
    FULL = "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An appointment as the clinic's own calendars know it: who, where and when, never why."""

    id: str
    reference: str
    name: str
    clinician_id: int
    location_id: int
    video: bool
    interval: Interval
    status: str
    sequence: int
    changed_at: datetime

    def called(self, names: str) -> str:
        """Return whom the entry names: letters, unless the clinic decided for names."""
        return self.name if names == Names.FULL else initials(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which appointments a calendar shows: the same all day long, so that it stays the same."""

    span: Interval
    cancelled_since: datetime

    @classmethod
    def on(cls, today: date, zone: ZoneInfo) -> "Window":
        """Return what is shown on a day of the clinic."""
        begins = _begins(today, zone)
        span = Interval(_begins(today - PAST, zone), _begins(today + AHEAD + DAY, zone))
        return cls(span=span, cancelled_since=begins - CANCELLED_KEPT)


def _begins(day: date, zone: ZoneInfo) -> datetime:
    """Return when a day begins; one that the calendar skipped begins with the next."""
    span = local_day(day, zone) or local_day(day + DAY, zone)
    if span is None:
        raise ValueError("no calendar skips two days")
    return span.start


def initials(name: str) -> str:
    """Return the first letters of a name."""
    return "".join(f"{word[0].upper()}." for word in name.split())
