"""A doctor's week as it comes: when they receive where, and what is closed of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.domain.clinic import Clinic
from app.domain.hours import MIDNIGHT
from app.domain.timeline import Grid
from app.domain.wallclock import DAY
from app.services import calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Hours at one place on one day, in minutes on its wall; *closed* if they are taken away."""

    day: date
    location_id: int
    first: int
    until: int
    closed: bool


def week(clinician_id: int, monday: date, clinic: Clinic) -> list[Block]:
    """Return a week's hours, day by day."""
    found = (block for id_ in clinic.locations for block in _at(clinician_id, id_, monday, clinic))
    return sorted(found, key=lambda one: (one.day, one.first, one.location_id))


def _at(clinician_id: int, location_id: int, monday: date, clinic: Clinic) -> Iterator[Block]:
    hours, place = clinic.hours[clinician_id], clinic.locations[location_id]
    zone, grid = place.zone, Grid.of_days(monday - DAY, 10)
    given = replace(hours, closures=()).open_at(place, grid)
    left = hours.open_at(place, grid)
    for day in (monday + number * DAY for number in range(7)):
        cells = calendar.cells_of_day(day, zone, grid)
        for bits, closed in ((left & cells, False), (given & ~left & cells, True)):
            for one in grid.spans(bits):
                first, until = (
                    _minute(one.start.astimezone(zone)),
                    _minute(one.end.astimezone(zone)),
                )
                yield Block(
                    day=day, location_id=location_id, first=first,
                    until=until if until > first else MIDNIGHT, closed=closed,
                )  # fmt: skip


def _minute(there: datetime) -> int:
    return there.hour * 60 + there.minute
