"""Where something stands on a board of five-minute rows, and what stands beside it."""

from collections.abc import Iterable
from datetime import datetime

from app.domain.desk import Planned
from app.domain.interval import Interval

CELL = 5
QUARTER, EXACTLY = 15, 240  # what lasts longer than four hours is drawn to the quarter hour


def at(there: datetime) -> str:
    """Return the classes of the row of a time on the wall: its hour, and the minutes past it."""
    return f"at-{there.hour:02} past-{there.minute // CELL * CELL:02}"


def minutes(span: Interval) -> int:
    """Return how long something lasts."""
    return int((span.end - span.start).total_seconds()) // 60


def long(length: int) -> str:
    """Return the class of a length in minutes."""
    step = CELL if length <= EXACTLY else QUARTER
    return f"for-{max(CELL, -(-length // step) * step)}"


def lanes(planned: Iterable[Planned]) -> dict[str, tuple[int, int]]:
    """Return for each appointment its lane and how many stand side by side where it is."""
    found: dict[str, tuple[int, int]] = {}
    group: list[tuple[Planned, int]] = []
    for one in sorted(planned, key=lambda one: (one.interval.start, one.id)):
        if group and all(other.interval.end <= one.interval.start for other, _ in group):
            found |= _beside(group)
            group = []
        busy = {lane for other, lane in group if other.interval.end > one.interval.start}
        group.append((one, next(n for n in range(1, len(group) + 2) if n not in busy)))
    return found | _beside(group)


def _beside(group: list[tuple[Planned, int]]) -> dict[str, tuple[int, int]]:
    many = max((lane for _, lane in group), default=1)
    return {one.id: (lane, many) for one, lane in group}
