"""Clinicians' calendars as integers, kept by the process until they change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import count
from threading import Lock
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from app.domain.availability import Calendar, fitting
from app.domain.booking import HOLD_GRACE
from app.domain.clinic import Clinic, VisitType
from app.domain.timeline import Grid
from app.domain.wallclock import local_day, spans_of
from app.storage import blocked
from app.storage import clinic as clinics
from app.storage.blocked import Blocked

MARGIN = 2  # days before and after what is asked for: off the grid everything is busy
_version = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """One clinician's blocked time at one revision; *version* is new whenever it is read."""

    revision: int
    version: int
    bits: int
    starts: dict[int, tuple[datetime, ...]]
    good_until: datetime | None

    def is_good(self, revision: int, now: datetime) -> bool:
        """Say whether nothing changed since, and no hold in it has run out."""
        return self.revision >= revision and (self.good_until is None or now <= self.good_until)


@dataclass(slots=True)
class Shelf:
    """What one process knows of one database."""

    clinic_revision: int
    grid: Grid
    revisions: dict[int, int] = field(default_factory=dict)
    busy: dict[int, Busy] = field(default_factory=dict)
    fits: dict[tuple[int, int, int, bool], int] = field(default_factory=dict)
    reading: Lock = field(default_factory=Lock)  # one thread reads, the others find it read

    def stale(self, clinician_ids: Iterable[int], now: datetime) -> list[int]:
        """Return the clinicians whose blocked time changed since it was read."""
        return [
            id_
            for id_ in clinician_ids
            if id_ not in self.busy or not self.busy[id_].is_good(self.revisions.get(id_, -1), now)
        ]


_shelves: WeakKeyDictionary[Engine, Shelf] = WeakKeyDictionary()


def engine_of(session: Session) -> Engine:
    """Return the engine, by which the process tells databases apart."""
    bind = session.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine


def shelf(session: Session, clinic: Clinic, *, now: datetime) -> Shelf:
    """Return what is known about this database, empty when the clinic or the day changed."""
    days = clinic.horizon.days + 2 * MARGIN + 1
    grid = Grid.of_days((now - timedelta(days=MARGIN)).date(), days)
    known = _shelves.get(engine_of(session))
    if known is None or known.grid != grid or known.clinic_revision != clinic.revision:
        known = _shelves[engine_of(session)] = Shelf(clinic.revision, grid)
    return known


def busy(
    session: Session,
    clinic: Clinic,
    clinician_ids: Sequence[int],
    *,
    all_changes: int | None = None,
    now: datetime,
) -> dict[int, Busy]:
    """Return the clinicians' blocked time: one question, and one more for what changed.

    None is needed when *all_changes* says that no calendar changed at all.
    """
    known = shelf(session, clinic, now=now)
    if all_changes is None or all_changes != sum(known.revisions.values()):
        known.revisions = clinics.calendar_revisions(session)
    if known.stale(clinician_ids, now):
        with known.reading:
            _read(session, known, known.stale(clinician_ids, now), now=now)
    return {id_: known.busy[id_] for id_ in clinician_ids}


def without(
    session: Session, known: Shelf, clinician_id: int, appointment_id: str, *, now: datetime
) -> Shelf:
    """Return what is known as if an appointment were not there: its own time may be given to it."""
    found = blocked.busy(session, [clinician_id], known.grid.span, now=now)
    others = [row for row in found if row[0] != appointment_id]
    freed = _busy(others, known.busy[clinician_id].revision, known.grid)
    return replace(known, busy=known.busy | {clinician_id: freed})


def _read(session: Session, known: Shelf, stale: list[int], *, now: datetime) -> None:
    revisions = known.revisions
    found: dict[int, list[Blocked]] = {id_: [] for id_ in stale}
    for row in blocked.busy(session, stale, known.grid.span, now=now) if stale else ():
        found[row[1]].append(row)
    for id_, rows in found.items():
        known.busy[id_] = _busy(rows, revisions.get(id_, -1), known.grid)


def _busy(rows: list[Blocked], revision: int, grid: Grid) -> Busy:
    starts: dict[int, list[datetime]] = {}
    for _id, _clinician, type_id, start, *_ in rows:
        starts.setdefault(type_id, []).append(start)
    ends = [hold_until for *_, hold_until, _status in rows if hold_until is not None]
    return Busy(
        revision=revision,
        version=next(_version),
        bits=grid.cover_each((since, until) for *_, since, until, _hold, _status in rows),
        starts={type_id: tuple(each) for type_id, each in starts.items()},
        good_until=min(ends) + HOLD_GRACE if ends else None,
    )


def calendar(
    known: Shelf,
    clinic: Clinic,
    visit_type: VisitType,
    clinician_id: int,
    location_id: int,
    *,
    video: bool,
) -> Calendar:
    """Return a clinician's calendar at a place as one type of visit sees it."""
    key = (visit_type.id, clinician_id, location_id, video)
    if key not in known.fits:
        place = clinic.locations[location_id]
        open_ = clinic.hours[clinician_id].stretches(place, known.grid)
        known.fits[key] = fitting(open_, visit_type.rule, video=video, grid=known.grid)
    taken = known.busy[clinician_id]
    return Calendar(
        rule=visit_type.rule,
        grid=known.grid,
        zone=clinic.locations[location_id].zone,
        fits=known.fits[key],
        busy=taken.bits,
        same_type=taken.starts.get(visit_type.id, ()),
    )


def around(day: date) -> Grid:
    """Return the grid of a day, with as much on both sides as keeps its own hours on it."""
    return Grid.of_days(day - timedelta(days=MARGIN), 2 * MARGIN + 1)


@lru_cache(maxsize=2048)
def cells_of_day(day: date, zone: ZoneInfo, grid: Grid) -> int:
    """Return the cells of a day on the wall of a place."""
    span = local_day(day, zone)
    return grid.cover(span) if span else 0


@lru_cache(maxsize=64)
def cells_between(
    hours: tuple[int, int], zone: ZoneInfo, grid: Grid, first: date, last: date
) -> int:
    """Return the cells between two hours on the wall, of every day from *first* to *last*."""
    spans = (
        (span.start, span.end)
        for number in range((last - first).days + 1)
        for _, span in spans_of(first + timedelta(days=number), hours[0] * 60, hours[1] * 60, zone)
    )
    return grid.cover_each(spans)
