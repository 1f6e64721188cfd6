"""The day and the week at the desk: the same hours and the same engine as patients are offered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.domain.busy import Known, Seen
from app.domain.clinic import Clinic
from app.domain.desk import FIRST_HOUR, LAST_HOUR, Away, Board, Column, Planned, Shut
from app.domain.hours import Closure
from app.domain.interval import Interval
from app.domain.refusals import NotYours
from app.domain.staff import Permission, Staff
from app.domain.timeline import Grid, runs, union
from app.domain.wallclock import DAY, monday
from app.services import breaking, calendar, elsewhere
from app.storage import clinic as clinics
from app.storage.coming import Standing
from app.storage.database import reading
from app.storage.models import Status

WEEK, WORKING_DAYS = 7, 5
SHORTEST_GAP = 3  # cells: what is shorter is not worth naming


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A clinician's hours on one day: cells that are open, and what closes the others."""

    clinician_id: int
    on: date
    grid: Grid
    cells: int
    open: int
    closed: tuple[tuple[int, str], ...]
    location_ids: tuple[int, ...]
    extra: bool
    planned: tuple[Planned, ...]
    busy: int

    @property
    def used(self) -> int:
        """The cells that a board has to show."""
        return (self.open | self.grid.cover_each(_ends(self.planned))) & self.cells

    @property
    def why(self) -> str:
        """What was written beside whatever closes the whole day."""
        return next((why for _, why in self.closed if why), "")


def day(
    on: date, *, location_id: int | None = None, actor: Staff, clinic: Clinic, now: datetime
) -> Board:
    """Return all doctors of a day side by side; with a place, those who are there."""
    actor.needs(Permission.SEE_DAY)
    ids = actor.seen(clinic.clinicians)
    return of_doctors(ids, on, location_id=location_id, clinic=clinic, now=now)


def of_doctors(
    ids: list[int], on: date, *, location_id: int | None = None, clinic: Clinic, now: datetime
) -> Board:
    """Return a day of some doctors, whoever asks: use cases of their own say who may."""
    zone = clinic.locations[location_id].zone if location_id else clinic.zone
    planned, seen = _planned(ids, on, 1, zone, clinic=clinic, now=now)
    days = [
        _day(clinic, id_, on, zone, [one for one in planned if one.clinician_id == id_], seen)
        for id_ in ids
    ]
    there = [
        one
        for one in days
        if (one.used if location_id is None else location_id in one.location_ids and one.used)
        and (one.planned or clinic.clinicians[one.clinician_id].active)
    ]
    away = [
        Away(clinician_id=one.clinician_id, why=one.why)
        for one in days
        if one not in there and clinic.clinicians[one.clinician_id].active
    ]
    return _board(there, away, zone, seen.late, now=now)


def week(of: date, clinician_id: int, *, actor: Staff, clinic: Clinic, now: datetime) -> Board:
    """Return one doctor's days from Monday on; a weekend only where something is on it."""
    actor.needs(Permission.SEE_DAY)
    if clinician_id not in clinic.clinicians or not actor.sees(clinician_id):
        raise NotYours
    first = monday(of)
    planned, seen = _planned([clinician_id], first, WEEK, clinic.zone, clinic=clinic, now=now)
    days = [
        _day(clinic, clinician_id, first + number * DAY, clinic.zone, planned, seen)
        for number in range(WEEK)
    ]
    shown = [one for one in days if one.on.weekday() < WORKING_DAYS or one.used]
    return _board(shown, [], clinic.zone, seen.late, now=now)


def stamp(clinic: Clinic) -> str:
    """Say how often everything that a board shows has changed: cheap to ask, again and again."""
    revisions = clinics.calendar_revisions(reading())
    return f"{clinic.revision}-{sum(revisions.values())}"


def _planned(
    ids: list[int], first: date, days: int, zone: ZoneInfo, *, clinic: Clinic, now: datetime
) -> tuple[list[Planned], Seen]:
    """Return what stands in some calendars from a day on, and what of it lost its time."""
    window = Interval(_at(first, 0, zone), _at(first + days * DAY, 0, zone))
    found, seen = elsewhere.standing(ids, window, clinic=clinic, now=now)
    lost = breaking.outside(clinic, [_standing(one) for one in found if _is_coming(one, now)])
    return [replace(one, homeless=one.id in lost) for one in found], seen


def _is_coming(one: Planned, now: datetime) -> bool:
    return one.status == Status.BOOKED and one.interval.start >= now


def _standing(one: Planned) -> Standing:
    place = (one.clinician_id, one.location_id, one.video)
    return Standing(one.id, *place, one.interval.start, one.interval.end)


def _day(
    clinic: Clinic,
    clinician_id: int,
    on: date,
    zone: ZoneInfo,
    planned: Iterable[Planned],
    seen: Seen,
) -> _Day:
    grid = Grid.of_days(on - DAY, 3)
    cells, hours = calendar.cells_of_day(on, zone, grid), clinic.hours[clinician_id]
    mine = tuple(one for one in planned if grid.cover(one.blocked) & cells)
    closures = [one for one in hours.closures if _touches(one, on)]

    def open_with(some: Iterable[Closure]) -> dict[int, int]:
        left = replace(hours, closures=tuple(some))
        return {id_: left.open_at(place, grid) & cells for id_, place in clinic.locations.items()}

    plain = open_with(())
    used = {id_ for id_, bits in plain.items() if bits} | {one.location_id for one in mine}
    return _Day(
        clinician_id=clinician_id,
        on=on,
        grid=grid,
        cells=cells,
        open=union(open_with(closures).values()),
        closed=tuple((_less(plain, open_with([one])), one.note) for one in closures),
        location_ids=tuple(id_ for id_ in clinic.locations if id_ in used),
        extra=any(one.day == on for one in hours.openings),
        planned=mine,
        busy=grid.cover_each((one.start, one.end) for one in seen.of(clinician_id)),
    )


def _less(plain: dict[int, int], left: dict[int, int]) -> int:
    """Return what is open at one place or another, and not left there."""
    return union(bits & ~left[id_] for id_, bits in plain.items())


def _touches(closure: Closure, on: date) -> bool:
    """Say whether a closure is near a day; which minutes it takes depends on the place."""
    return closure.starts.date() <= on + DAY and on - DAY <= closure.ends.date()


def _board(
    days: list[_Day],
    away: list[Away],
    zone: ZoneInfo,
    late: tuple[Known, ...],
    *,
    now: datetime,
) -> Board:
    hours = [_hours(one, zone) for one in days if one.used]
    first = min((first for first, _ in hours), default=FIRST_HOUR)
    until = max((until for _, until in hours), default=LAST_HOUR)
    return Board(
        zone=zone,
        first_hour=first,
        until_hour=until,
        columns=tuple(_column(one, first, until, zone, now=now) for one in days),
        away=tuple(away),
        late=late,
    )


def _hours(day: _Day, zone: ZoneInfo) -> tuple[int, int]:
    """Return the full hours on the wall between which something is on a day."""
    spans = list(day.grid.spans(day.used))
    first, last = spans[0].start.astimezone(zone), spans[-1].end.astimezone(zone)
    until = last.hour + bool(last.minute) if last.date() == day.on else 24
    return first.hour, max(until, first.hour + 1)


def _column(
    day: _Day,
    first: int,
    until: int,
    zone: ZoneInfo,
    *,
    now: datetime,
) -> Column:
    shown = day.grid.cover(Interval(_at(day.on, first, zone), _at(day.on, until, zone)))
    taken = day.grid.cover_each((one.blocked.start, one.blocked.end) for one in day.planned)
    open_ = day.open & ~taken & shown
    free = open_ & ~day.busy & ~day.grid.between(0, day.grid.cell_from(now))
    begins = runs(free, SHORTEST_GAP)
    long = begins | begins << 1 | begins << 2
    return Column(
        clinician_id=day.clinician_id,
        day=day.on,
        location_ids=day.location_ids,
        extra=day.extra,
        planned=day.planned,
        shut=tuple(_shut(day, shown)),
        busy=tuple(day.grid.spans(open_ & day.busy)),
        free=tuple(day.grid.spans(long)),
    )


def _shut(day: _Day, shown: int) -> Iterable[Shut]:
    """Say when nobody is seen and why: each closure by its note, the rest as no hours."""
    left = shown & ~day.open
    found = []
    for bits, why in day.closed:
        found += [Shut(span=span, why=why) for span in day.grid.spans(bits & left)]
        left &= ~bits
    found += [Shut(span=span) for span in day.grid.spans(left)]
    return sorted(found, key=lambda one: one.span.start)


def _at(on: date, hour: int, zone: ZoneInfo) -> datetime:
    """Return the instant at which a clock on the wall shows a full hour; 24 is the next day."""
    return datetime.combine(on + hour // 24 * DAY, time(hour % 24), zone)


def _ends(planned: Iterable[Planned]) -> Iterable[tuple[datetime, datetime]]:
    return ((one.interval.start, one.interval.end) for one in planned)
