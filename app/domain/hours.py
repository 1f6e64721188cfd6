"""When a clinician receives: rules on the wall clock, and the open time that comes of them.

Hours and closures are wall time in the zone of their location.  A wall time that the clock skips
does not exist; one that it shows twice means the first time only, so each is offered at most once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.interval import Interval
from app.domain.timeline import CELL, CELL_MINUTES, Grid, in_cells
from app.domain.wallclock import DAY, monday, spans_of

MIDNIGHT = 24 * 60  # as an end: minutes of a day


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHours:
    """Hours of one weekday (0 is Monday) at one location, in minutes after local midnight.

    They hold from *valid_from* to *valid_until*, both included, every *every_weeks* weeks,
    counted from the week (Monday to Sunday) of *valid_from*.  *id* is 0 until they are kept.
    """

    id: int = 0
    location_id: int
    weekday: int
    from_minute: int
    until_minute: int
    valid_from: date
    valid_until: date | None = None
    every_weeks: int = 1
    in_person: bool = True
    video: bool = False

    def __post_init__(self) -> None:
        _check_minutes(self.from_minute, self.until_minute)
        if not 0 <= self.weekday < 7:
            raise ValueError("a weekday is 0 (Monday) to 6")
        if self.every_weeks < 1:
            raise ValueError("hours return after at least one week")

    def hold_on(self, day: date) -> bool:
        """Say whether these hours are among those of a day."""
        if day.weekday() != self.weekday or day < self.valid_from:
            return False
        if self.valid_until is not None and day > self.valid_until:
            return False
        return (monday(day) - monday(self.valid_from)).days // 7 % self.every_weeks == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Extra hours on one day at one location, in minutes after local midnight."""

    id: int = 0
    location_id: int
    day: date
    from_minute: int
    until_minute: int
    in_person: bool = True
    video: bool = False

    def __post_init__(self) -> None:
        _check_minutes(self.from_minute, self.until_minute)


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A span of wall time (naive) that takes open time away, at one location or at all (None).

    Its wall time is read in the zone of whatever location it closes; *note* is what was written
    beside it.  With a *clinician_id* it closes the hours of one clinician only.
    """

    id: int = 0
    clinician_id: int | None = None
    location_id: int | None = None
    starts: datetime
    ends: datetime
    kind: str = "other"
    note: str = ""

    def __post_init__(self) -> None:
        if self.starts.tzinfo is not None or self.ends.tzinfo is not None:
            raise ValueError("a closure is wall time and has no zone")
        if self.ends <= self.starts:
            raise ValueError("a closure ends after it starts")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Open time without a break, in UTC.

    *past_anchor* is the wall time between the start of the hours it is part of, from which the
    starts of visits are counted, and its own start: a closure or a clock change cuts hours
    into stretches but does not shift the times at which visits begin.
    """

    span: Interval
    past_anchor: timedelta
    in_person: bool
    video: bool

    def is_for(self, *, video: bool | None) -> bool:
        """Say whether visits are open in one way to meet, or in any (None)."""
        return video is None or (self.video if video else self.in_person)


def open_stretches(
    weekly: Iterable[WeeklyHours],
    openings: Iterable[Opening],
    closures: Iterable[Closure],
    *,
    location_id: int,
    zone: ZoneInfo,
    grid: Grid,
) -> tuple[Stretch, ...]:
    """Return one clinician's open time at one location, of every day that the grid touches.

    Rules of other locations are left out.  Stretches may overlap, and reach over the grid's edge.
    """
    days = _days(grid, zone)
    hours = _hours_by_day(
        [rule for rule in weekly if rule.location_id == location_id],
        [opening for opening in openings if opening.location_id == location_id],
        days,
    )
    closed = _closed_by_day(
        [closure for closure in closures if closure.location_id in (None, location_id)], days
    )
    return tuple(
        Stretch(span, timedelta(minutes=minute - rule.from_minute), rule.in_person, rule.video)
        for day, rules in hours.items()
        for rule in rules
        for first, until in _outside(rule.from_minute, rule.until_minute, closed.get(day, []))
        for minute, span in spans_of(day, first, until, zone)
    )


def open_cells(stretches: Iterable[Stretch], grid: Grid) -> int:
    """Return the bit set of the cells that are open."""
    return grid.marked(
        range(grid.cell_from(stretch.span.start), grid.cell_of(stretch.span.end))
        for stretch in stretches
    )


def start_cells(stretches: Iterable[Stretch], grid: Grid, *, step: timedelta) -> int:
    """Return the bit set of the cells where a visit may begin.

    One *step* (a multiple of five minutes) apart, counted on the wall from the start of the
    hours; hours that overlap bring their starts each.
    """
    every = in_cells(step)
    return grid.marked(
        range(
            grid.cell_from(stretch.span.start) + in_cells(-stretch.past_anchor % step),
            grid.cell_of(stretch.span.end),
            every,
        )
        for stretch in stretches
    )


class _Range(NamedTuple):
    """Minutes of a day, half-open."""

    first: int
    until: int


def _check_minutes(first: int, until: int) -> None:
    if not 0 <= first < until <= MIDNIGHT:
        raise ValueError("hours end after they start, on the same day or at midnight")
    if first % CELL_MINUTES or until % CELL_MINUTES:
        raise ValueError("hours start and end on a multiple of five minutes")


def _days(grid: Grid, zone: ZoneInfo) -> list[date]:
    """Return the local days of a grid; one more, as the clock may go back over midnight."""
    first = grid.span.start.astimezone(zone).date()
    last = grid.span.end.astimezone(zone).date()
    return [first + count * DAY for count in range((last - first).days + 2)]


def _hours_by_day(
    weekly: Iterable[WeeklyHours], openings: Iterable[Opening], days: Iterable[date]
) -> Mapping[date, list[WeeklyHours | Opening]]:
    by_weekday: dict[int, list[WeeklyHours]] = defaultdict(list)
    by_day: dict[date, list[Opening]] = defaultdict(list)
    for rule in weekly:
        by_weekday[rule.weekday].append(rule)
    for opening in openings:
        by_day[opening.day].append(opening)
    return {
        day: [
            *(rule for rule in by_weekday.get(day.weekday(), ()) if rule.hold_on(day)),
            *by_day.get(day, ()),
        ]
        for day in days
    }


def _closed_by_day(closures: Iterable[Closure], days: list[date]) -> Mapping[date, list[_Range]]:
    """Return the closed minutes of each day in order, rounded outward to five minutes."""
    closed: dict[date, list[_Range]] = defaultdict(list)
    for closure in sorted(closures, key=lambda closure: closure.starts):
        first, last = max(closure.starts.date(), days[0]), min(closure.ends.date(), days[-1])
        for count in range((last - first).days + 1):
            midnight = datetime.combine(first + count * DAY, time.min)
            closed[midnight.date()].append(
                _Range(
                    max(0, (closure.starts - midnight) // CELL * CELL_MINUTES),
                    min(MIDNIGHT, -((midnight - closure.ends) // CELL) * CELL_MINUTES),
                )
            )
    return closed


def _outside(first: int, until: int, closed: Iterable[_Range]) -> Iterator[_Range]:
    """Yield what is left of some hours after the closed minutes, which come in order."""
    for shut in closed:
        if first < min(shut.first, until):
            yield _Range(first, min(shut.first, until))
        first = max(first, shut.until)
    if first < until:
        yield _Range(first, until)
