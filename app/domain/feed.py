"""What a calendar outside the clinic may show of its appointments, and for how long."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

from app.domain.appointment import Appointment
from app.domain.interval import Interval
from app.domain.wallclock import DAY, day_begins

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

    @classmethod
    def of(cls, one: Appointment) -> Self:
        """Return what calendars outside know of an appointment."""
        return cls(
            id=one.id,
            reference=one.reference,
            name=one.person.name,
            clinician_id=one.wish.clinician_id,
            location_id=one.wish.location_id,
            video=one.wish.video,
            interval=one.interval,
            status=one.status,
            sequence=one.sequence,
            changed_at=one.changed_at,
        )

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
        begins = day_begins(today, zone)
        span = Interval(day_begins(today - PAST, zone), day_begins(today + AHEAD + DAY, zone))
        return cls(span=span, cancelled_since=begins - CANCELLED_KEPT)


def initials(name: str) -> str:
    """Return the first letters of a name."""
    return "".join(f"{word[0].upper()}." for word in name.split())
