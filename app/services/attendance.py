"""The clinic's own figures: what became of visits, and how long one waits for the next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.attendance import Counts, Outcome, Period, counted, lead_of
from app.domain.clinic import Clinic, VisitType
from app.domain.interval import Interval
from app.domain.staff import Permission, Staff
from app.domain.timeline import in_cells, union
from app.domain.wallclock import DAY
from app.services import calendar, offer
from app.services.offer import Search
from app.storage import attendance
from app.storage.attendance import Booked
from app.storage.database import reading
from app.storage.models import Status

NEXT = 3
USUAL = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What became of the visits of a period, told apart in four ways."""

    period: Period
    all: Counts
    by_doctor: Mapping[int, Counts]
    by_type: Mapping[int, Counts]
    by_weekday: Mapping[int, Counts]
    by_lead: Mapping[int, Counts]


def usual(clinic: Clinic, *, now: datetime) -> Period:
    """Return the last three months, until yesterday."""
    yesterday = clinic.day_at(now) - DAY
    return Period(yesterday - USUAL, yesterday)


def figures(period: Period, *, actor: Staff, clinic: Clinic) -> Figures:
    """Count the visits whose day lies in a period, wherever they stand now.

    *Booked* are all that were made, *moved* those of them that changed their time at least once,
    *cancelled* and *missed* those that stand so.  Lead time goes from the day of booking to the
    day of the visit as it is now.  One statement.
    """
    actor.needs(Permission.FIGURES)
    window = Interval(clinic.midnight(period.first), clinic.midnight(period.last + DAY))
    rows = attendance.booked(reading(), list(clinic.clinicians), window)
    outcomes = [_outcome(row, clinic) for row in rows]
    everything = counted(outcomes, lambda _: None)
    return Figures(
        period=period,
        all=everything.get(None, Counts()),
        by_doctor=counted(outcomes, lambda one: one.clinician_id),
        by_type=counted(outcomes, lambda one: one.visit_type_id),
        by_weekday=counted(outcomes, lambda one: one.day.weekday()),
        by_lead=counted(outcomes, lead_of),
    )


def _outcome(row: Booked, clinic: Clinic) -> Outcome:
    zone = clinic.locations[row.location_id].zone
    day = row.start.astimezone(zone).date()
    return Outcome(
        clinician_id=row.clinician_id,
        visit_type_id=row.visit_type_id,
        day=day,
        lead=max((day - row.booked_at.astimezone(zone).date()).days, 0),
        moved=row.moved,
        cancelled=row.status == Status.CANCELLED,
        missed=row.status == Status.MISSED,
    )


def third_next(*, actor: Staff, clinic: Clinic, now: datetime) -> dict[int, dict[int, int | None]]:
    """Return, by type of visit and doctor, the days until the third next time that is open.

    The field's measure of access: days between today and the third next open slot.  The first
    may be a cancellation of an hour ago; the third says how full a calendar is.  Open is what
    patients are offered just now, by the same engine, notice and horizon included; of times that
    overlap each other one counts.  None: there are not three within the horizon.  Two statements.
    """
    actor.needs(Permission.FIGURES)
    session = reading()
    ids = [one.id for one in clinic.clinicians.values() if one.active]
    calendar.busy(session, clinic, ids, now=now)
    shelf = calendar.shelf(session, clinic, now=now)
    return {
        type_.id: {
            id_: _days(type_, id_, clinic, shelf, now=now)
            for id_ in ids
            if type_.id in clinic.clinicians[id_].visit_type_ids
        }
        for type_ in clinic.visit_types.values()
        if type_.active
    }


def _days(
    type_: VisitType, clinician_id: int, clinic: Clinic, shelf: calendar.Shelf, *, now: datetime
) -> int | None:
    search = Search(visit_type_id=type_.id, clinician_id=clinician_id)
    columns = offer.columns(search, clinic, type_, [clinician_id], shelf, now=now)
    rule = type_.rule
    cell = _nth(
        (column.bits for column in columns), in_cells(rule.before + rule.length + rule.after)
    )
    if cell is None:
        return None
    day = clinic.day_at(shelf.grid.instant_of(cell))
    return (day - clinic.day_at(now)).days


def _nth(sets: Iterable[int], long: int) -> int | None:
    """Return the cell of the third time in all sets of which none overlaps another."""
    bits, cell = union(sets), -long
    for _ in range(NEXT):
        bits = bits >> (cell + long) << (cell + long)
        if not bits:
            return None
        cell = (bits & -bits).bit_length() - 1
    return cell
