"""Which times are free: one answer for the offer, the hold, the booking and the move."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.hours import Stretch, open_cells, start_cells
from app.domain.timeline import CELL, Grid, each, in_cells, runs
from app.domain.wallclock import local_day

NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRule:
    """How visits of one type lie in a calendar.

    The visit itself (*length*) lies inside open time; *before* and *after* it nobody else may
    have the clinician, open or not.  It begins *step* by *step* from the start of the hours,
    not earlier than *notice* from now and earlier than *horizon* from now, and at most
    *max_per_day* times on one day of the location.
    """

    length: timedelta
    before: timedelta = NOTHING
    after: timedelta = NOTHING
    step: timedelta
    notice: timedelta = NOTHING
    horizon: timedelta
    max_per_day: int | None = None

    def __post_init__(self) -> None:
        for duration in (self.length, self.before, self.after, self.step):
            in_cells(duration)
        if min(self.length, self.step) < CELL or min(self.before, self.after) < NOTHING:
            raise ValueError("a visit has a length and a step, and buffers that are not negative")
        if self.max_per_day is not None and self.max_per_day < 1:
            raise ValueError("a type of visit that is never given is not offered at all")


def fitting(stretches: Iterable[Stretch], rule: VisitRule, *, video: bool, grid: Grid) -> int:
    """Return the cells where a visit would begin if nobody had an appointment.

    It depends on the hours alone, so it may be kept for as long as they do not change.
    """
    stretches = [one for one in stretches if one.is_for(video=video)]
    inside = runs(open_cells(stretches, grid), in_cells(rule.length))
    return inside & start_cells(stretches, grid, step=rule.step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One clinician's time at one location as one type of visit sees it.

    *fits* is from `fitting`; *busy* has every cell of the clinician's blocked spans, wherever
    they are; *same_type* holds the starts of their appointments of this type, of which
    *max_per_day* allows only so many.  Time off the grid counts as busy: make the grid a day
    longer at both ends than what is asked for.
    """

    rule: VisitRule
    grid: Grid
    zone: ZoneInfo
    fits: int
    busy: int
    same_type: tuple[datetime, ...] = ()

    def bookable(self, *, now: datetime) -> int:
        """Return the bit set of the cells where a visit may begin."""
        bits = self.fits & self._in_time(now) & self._undisturbed()
        return bits & ~self._full_days() if bits else 0

    def is_bookable(self, start: datetime, *, now: datetime) -> bool:
        """Say whether a visit may begin at an instant: the same answer as the offer's."""
        if not self.grid.begins(start):
            return False
        return bool(self.bookable(now=now) >> self.grid.cell_of(start) & 1)

    def slots(self, *, now: datetime) -> Iterator[datetime]:
        """Yield the instants (UTC) when a visit may begin, earliest first."""
        return map(self.grid.instant_of, each(self.bookable(now=now)))

    def _in_time(self, now: datetime) -> int:
        """Return the cells from now + notice (included) to now + horizon (not included)."""
        first = self.grid.cell_from(now + self.rule.notice)
        return self.grid.between(first, self.grid.cell_from(now + self.rule.horizon))

    def _undisturbed(self) -> int:
        """Return the cells where a visit and its buffers would disturb nobody."""
        before, length = in_cells(self.rule.before), in_cells(self.rule.length)
        free = self.grid.all & ~self.busy
        return runs(free, before + length + in_cells(self.rule.after)) << before

    def _full_days(self) -> int:
        """Return the cells of the local days that have as many of these visits as allowed."""
        if self.rule.max_per_day is None:
            return 0
        taken = Counter(start.astimezone(self.zone).date() for start in self.same_type)
        full = [local_day(day, self.zone) for day, n in taken.items() if n >= self.rule.max_per_day]
        return self.grid.cover_each((day.start, day.end) for day in full if day)
