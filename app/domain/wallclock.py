"""What a clock on the wall of a location shows, and when.

Clocks skip times and show times twice, not only by an hour and not only at night: nothing here
assumes more than what the zone's own data say.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.domain.interval import Interval
from app.domain.timeline import CELL, CELL_MINUTES

DAY = timedelta(days=1)
LATE = 16  # o'clock: for people who work
NOON = 12
PARTS = {"any": (0, 24), "morning": (0, NOON), "afternoon": (NOON, 24), "late": (LATE, 24)}


def monday(day: date) -> date:
    """Return the first day of a week."""
    return day - day.weekday() * DAY


def local_day(day: date, zone: ZoneInfo) -> Interval | None:
    """Return the span of a day on the wall, or None for a day that the calendar skipped."""
    start, end = day_begins(day, zone), day_begins(day + DAY, zone)
    return Interval(start, end) if start < end else None


def spans_of(day: date, first: int, until: int, zone: ZoneInfo) -> Iterator[tuple[int, Interval]]:
    """Yield (first minute, span in UTC) of the minutes of a day as the clock shows them."""
    offset = _offset_of_day(day, zone)
    if offset is None:
        yield from _spans_by_cell(day, first, until, zone)
        return
    midnight = datetime.combine(day, time.min, UTC) - offset
    yield (
        first,
        Interval(midnight + timedelta(minutes=first), midnight + timedelta(minutes=until)),
    )


def _spans_by_cell(
    day: date, first: int, until: int, zone: ZoneInfo
) -> Iterator[tuple[int, Interval]]:
    """Yield the same for a day on which the clock is changed: cell by cell, asking the clock."""
    found: list[tuple[int, Interval]] = []
    for minute in range(first, until, CELL_MINUTES):
        start = _instant_of(datetime.combine(day, time.min) + timedelta(minutes=minute), zone)
        if start is None:
            continue
        if found and _follows(found[-1], minute, start):
            found[-1] = (found[-1][0], Interval(found[-1][1].start, start + CELL))
        else:
            found.append((minute, Interval(start, start + CELL)))
    yield from found


def _follows(last: tuple[int, Interval], minute: int, start: datetime) -> bool:
    """Say whether a cell goes on where the last span ends, on the wall and in UTC."""
    first, span = last
    on_the_wall = timedelta(minutes=minute - first)
    return span.end == start and span.end - span.start == on_the_wall


def _instant_of(wall: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when the wall clock first shows a time, or None when it skips it."""
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    return instant if instant.astimezone(zone).replace(tzinfo=None) == wall else None


@lru_cache(maxsize=8192)
def _offset_of_day(day: date, zone: ZoneInfo) -> timedelta | None:
    """Return the UTC offset that holds from midnight to midnight, or None when it changes."""
    midnight = datetime.combine(day, time.min, zone)
    offsets = {(midnight + timedelta(hours=hour)).utcoffset() for hour in range(25)}
    return offsets.pop() if len(offsets) == 1 else None


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a day; of the next one there is if the clock skips midnight."""
    start = datetime.combine(day, time.min, zone).astimezone(UTC)
    while (start - CELL).astimezone(zone).date() >= day:
        start -= CELL
    return start
