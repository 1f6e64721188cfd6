"""Where visits may begin, as bit sets: a column for each clinician, place and way to meet."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from app.domain.appointment import Wish
from app.domain.clinic import Location
from app.domain.timeline import Grid, each
from app.services import calendar


@dataclass(frozen=True, slots=True)
class Column:
    """Where visits of one type may begin with one clinician at one place."""

    visit_type_id: int
    clinician_id: int
    place: Location
    video: bool
    grid: Grid
    bits: int

    def at_hours(self, hours: tuple[int, int], first: date, last: date) -> Self:
        """Leave what lies between two hours on the wall, of every day from *first* to *last*."""
        mask = calendar.cells_between(hours, self.place.zone, self.grid, first, last)
        return replace(self, bits=self.bits & mask)

    def but(self, wish: Wish) -> Self:
        """Leave out one time."""
        if not self.grid.begins(wish.start) or self.wish(self.grid.cell_of(wish.start)) != wish:
            return self
        return replace(self, bits=self.bits & ~(1 << self.grid.cell_of(wish.start)))

    def on(self, day: date) -> int:
        """Return the cells of one day on the wall."""
        return self.bits & calendar.cells_of_day(day, self.place.zone, self.grid)

    def wishes(self, day: date) -> tuple[Wish, ...]:
        """Return what can be asked for on one day."""
        return tuple(self.wish(cell) for cell in each(self.on(day)))

    def wish(self, cell: int) -> Wish:
        """Return what is asked for by one cell."""
        return Wish(
            visit_type_id=self.visit_type_id,
            clinician_id=self.clinician_id,
            location_id=self.place.id,
            video=self.video,
            start=self.grid.instant_of(cell),
        )


def earliest(columns: Iterable[Column]) -> Wish | None:
    """Return the first time of all."""
    first = min(
        (column for column in columns if column.bits),
        key=lambda column: column.bits & -column.bits,
        default=None,
    )
    return None if first is None else first.wish((first.bits & -first.bits).bit_length() - 1)


def free_on(day: date, columns: Iterable[Column]) -> int:
    """Count the times of one day."""
    return sum(column.on(day).bit_count() for column in columns)
