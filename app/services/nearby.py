"""Other times for appointments that lost theirs: near the old ones, and none proposed twice."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.domain.appointment import Wish
from app.domain.clinic import Clinic
from app.domain.rehousing import Coming
from app.domain.staff import Staff
from app.domain.wallclock import DAY
from app.services import calendar

MANY = 3  # times for one person
NEAR = 21  # days; beyond them another doctor comes first


class _Column(NamedTuple):
    """Where visits may begin with one doctor at one place; *rank* is how much would change."""

    rank: int
    clinician_id: int
    location_id: int
    bits: int


class Times:
    """Free times that are given out, each once."""

    def __init__(self, session: Session, clinic: Clinic, actor: Staff, *, now: datetime) -> None:
        self.clinic, self.now = clinic, now
        self.doctors = [
            id_ for id_ in actor.seen(clinic.clinicians) if clinic.clinicians[id_].active
        ]
        self.places = [id_ for id_, one in clinic.locations.items() if one.active]
        calendar.busy(session, clinic, self.doctors, now=now)
        self.known = calendar.shelf(session, clinic, now=now)
        self.given = dict.fromkeys(self.doctors, 0)
        self.starts: dict[tuple[int, int], list[datetime]] = {}  # a day may have only so many

    def near(self, one: Coming) -> tuple[Wish, ...]:
        """Give three times to an appointment, on three days: the same doctor first."""
        found: dict[date, Wish] = {}
        for day, wish in self._in_turn(one):
            if day not in found:
                found[day] = wish
                self._give(wish)
            if len(found) == MANY:
                break
        return tuple(found.values())

    def _give(self, wish: Wish) -> None:
        blocked = self.clinic.visit_types[wish.visit_type_id].blocked(wish.start)
        self.given[wish.clinician_id] |= self.known.grid.cover(blocked)
        self.starts.setdefault((wish.clinician_id, wish.visit_type_id), []).append(wish.start)

    def _in_turn(self, one: Coming) -> Iterator[tuple[date, Wish]]:
        """Yield free times, the best first: near ones by doctor and place, then any."""
        columns = self._columns(one)
        own = self._at(one).date()
        horizon = self.clinic.visit_types[one.wish.visit_type_id].rule.horizon
        days = [self.now.date() + number * DAY for number in range(horizon.days + 1)]
        days.sort(key=lambda day: abs(day - own))
        near = [day for day in days if abs(day - own) <= NEAR * DAY]
        for some in (near, days[len(near) :]):
            for rank in sorted({column.rank for column in columns}):
                alike = [column for column in columns if column.rank == rank]
                for day in some:
                    if (wish := self._on(day, one, alike)) is not None:
                        yield day, wish

    def _columns(self, one: Coming) -> list[_Column]:
        visit_type = self.clinic.visit_types[one.wish.visit_type_id]
        grid = self.known.grid
        first = grid.cell_from(self.now + self.clinic.short_notice)
        late = grid.between(first, grid.cells)
        found = []
        for doctor in self.doctors:
            if visit_type.id not in self.clinic.clinicians[doctor].visit_type_ids:
                continue
            for place in self.places:
                seen = calendar.calendar(
                    self.known, self.clinic, visit_type, doctor, place, video=one.wish.video
                )
                given = tuple(self.starts.get((doctor, visit_type.id), ()))
                left = replace(
                    seen, busy=seen.busy | self.given[doctor], same_type=seen.same_type + given
                )
                bits = left.bookable(now=self.now)
                rank = 2 * (doctor != one.wish.clinician_id) + (place != one.wish.location_id)
                found.append(_Column(rank, doctor, place, bits & late))
        return [column for column in found if column.bits]

    def _at(self, one: Coming) -> datetime:
        return one.interval.start.astimezone(self.clinic.locations[one.wish.location_id].zone)

    def _on(self, day: date, one: Coming, columns: Iterable[_Column]) -> Wish | None:
        """Return the time of a day that is nearest to the old time of day, if any is free."""
        grid, at = self.known.grid, self._at(one)
        wanted = grid.cell_of(datetime.combine(day, at.time(), at.tzinfo))
        found: list[tuple[int, int, _Column]] = []
        for column in columns:
            zone = self.clinic.locations[column.location_id].zone
            cell = _nearest(column.bits & calendar.cells_of_day(day, zone, grid), wanted)
            if cell is not None:
                found.append((abs(cell - wanted), cell, column))
        if not found:
            return None
        _, cell, column = min(found)
        return Wish(
            visit_type_id=one.wish.visit_type_id,
            clinician_id=column.clinician_id,
            location_id=column.location_id,
            video=one.wish.video,
            start=grid.instant_of(cell),
        )


def _nearest(bits: int, wanted: int) -> int | None:
    """Return the set cell that is nearest to one, the later of two."""
    wanted = max(wanted, 0)
    later, earlier = bits >> wanted, bits & ((1 << wanted) - 1)
    after = wanted + (later & -later).bit_length() - 1 if later else None
    before = earlier.bit_length() - 1 if earlier else None
    if after is None or before is None:
        return before if after is None else after
    return after if after - wanted <= wanted - before else before
