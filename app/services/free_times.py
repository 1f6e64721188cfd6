"""What is free for everybody on the waiting list: read once, then asked for each of them."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.appointment import Wish
from app.domain.clinic import Clinic, VisitType
from app.domain.timeline import Grid, each, union
from app.domain.waiting import Waiting
from app.domain.wallclock import PARTS
from app.services import calendar
from app.storage.database import reading

Way = tuple[int, int, bool]  # doctor, place, by video


class FreeTimes:
    """The free times of some types of visit, in bit sets."""

    def __init__(self, clinic: Clinic, visit_type_ids: Collection[int], *, now: datetime) -> None:
        self.clinic = clinic
        doctors = [id_ for id_, doctor in clinic.clinicians.items() if doctor.active]
        calendar.busy(reading(), clinic, doctors, now=now)
        self._shelf = calendar.shelf(reading(), clinic, now=now)
        self._bits = {
            id_: dict(self._ways(clinic.visit_types[id_], doctors, now=now))
            for id_ in visit_type_ids
        }

    @property
    def _grid(self) -> Grid:
        return self._shelf.grid

    def _ways(
        self, visit_type: VisitType, doctors: list[int], *, now: datetime
    ) -> Iterator[tuple[Way, int]]:
        ways = ((False, visit_type.in_person), (True, visit_type.video))
        for doctor in doctors:
            if visit_type.id not in self.clinic.clinicians[doctor].visit_type_ids:
                continue
            for place in (one for one in self.clinic.locations.values() if one.active):
                for video in (way for way, given in ways if given):
                    seen = calendar.calendar(
                        self._shelf, self.clinic, visit_type, doctor, place.id, video=video
                    )
                    yield (doctor, place.id, video), seen.bookable(now=now)

    def of(self, one: Waiting) -> Iterator[Wish]:
        """Yield what is free with the doctors, at the places, days and hours that suit."""
        found = {
            way: bits & self._suiting(one, self.clinic.locations[way[1]].zone)
            for way, bits in self._bits[one.wishes.visit_type_id].items()
            if one.wishes.allow(way[0], way[1], video=way[2])
        }
        for cell in each(union(found.values())):
            for (doctor, place_id, video), bits in found.items():
                if bits >> cell & 1:
                    yield Wish(
                        visit_type_id=one.wishes.visit_type_id,
                        clinician_id=doctor,
                        location_id=place_id,
                        video=video,
                        start=self._grid.instant_of(cell),
                    )

    def _suiting(self, one: Waiting, zone: ZoneInfo) -> int:
        """Return the cells before what somebody has, at their hours and on their days."""
        grid, wishes = self._grid, one.wishes
        first = grid.span.start.astimezone(zone).date()
        last = grid.span.end.astimezone(zone).date()
        until = grid.cells if one.has is None else grid.cell_from(one.has)
        cells = grid.between(0, until)
        if wishes.part != "any":
            cells &= calendar.cells_between(PARTS[wishes.part], zone, grid, first, last)
        if wishes.weekdays:
            days = (first + timedelta(days=number) for number in range((last - first).days + 1))
            cells &= union(
                calendar.cells_of_day(day, zone, grid)
                for day in days
                if day.weekday() in wishes.weekdays
            )
        return cells
