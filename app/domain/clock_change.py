"""When the clock on a wall is next put forward or back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.interval import Interval
from app.domain.wallclock import DAY, day_begins

AHEAD = timedelta(days=400)  # what has changes has one by then
EXACT = timedelta(seconds=1)
AROUND = 2 * DAY  # before and after: a change is at night, mostly of a Sunday


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockChange:
    """The instant at which a clock is put from one time to another, and by how much."""

    at: datetime
    by: timedelta
    zone: ZoneInfo

    @property
    def forward(self) -> bool:
        """Say whether it skips a time; else it shows one twice."""
        return self.by > timedelta(0)

    @property
    def day(self) -> date:
        """The day on the wall."""
        return self.at.astimezone(self.zone).date()

    @property
    def around(self) -> Interval:
        """The days before and after, in which an appointment may be shown wrong."""
        begins = day_begins(self.day - AROUND, self.zone)
        return Interval(begins, day_begins(self.day + AROUND + DAY, self.zone))


def next_change(zone: ZoneInfo, *, after: datetime) -> ClockChange | None:
    """Return the next change of a zone's clock, or None where nobody puts it."""
    day = after
    while day < after + AHEAD:
        if _offset(day, zone) != _offset(day + DAY, zone):
            return _between(day, day + DAY, zone)
        day += DAY
    return None


def _between(before: datetime, after: datetime, zone: ZoneInfo) -> ClockChange:
    """Halve the time between until the change is between two seconds."""
    by = _offset(after, zone) - _offset(before, zone)
    while after - before > EXACT:
        middle = before + (after - before) / 2
        if _offset(middle, zone) == _offset(before, zone):
            before = middle
        else:
            after = middle
    return ClockChange(at=after.replace(microsecond=0), by=by, zone=zone)


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta(0)
