"""Keeping a time for somebody for some minutes."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain import booking as rules
from app.domain.appointment import Hold, Wish
from app.domain.clinic import Clinic, VisitType
from app.domain.desk_refusals import ClinicClosed
from app.domain.refusals import (
    DayNearlyFull,
    HoldClosed,
    HoldEnded,
    NothingHeld,
    NotOffered,
    PrimerNeeded,
    SafetyCheckNeeded,
    TooManyHolds,
)
from app.services import clinic as clinics
from app.services import visitor
from app.services.day import check_hours, day_of, time_of
from app.storage import appointments, holds, journal, readings, tallies, visitors
from app.storage.database import reading, retried, transaction
from app.storage.models import Status
from app.storage.types import new_id
from app.storage.visitors import Visit


@retried
def take(wish: Wish, *, visit: Visit, clinic: Clinic, exempt: bool, now: datetime) -> Hold:
    """Keep a time for a visitor; whatever they held before comes free.

    Raises SlotTaken, NotOffered, TooManyHolds, DayNearlyFull, SafetyCheckNeeded, PrimerNeeded.
    """
    visitor.check_safety(visit, now=now)
    if offered_type(wish, clinic).needs_primer and not has_read(visit):
        raise PrimerNeeded
    return keep(wish, visit=visit, clinic=clinic, exempt=exempt, now=now)


def has_read(visit: Visit) -> bool:
    """Say whether the person came to the end of the primer, whatever they answered."""
    known = readings.find(reading(), visit.reading_id) if visit.reading_id else None
    return known is not None and known.finished_at is not None


def offered_type(wish: Wish, clinic: Clinic) -> VisitType:
    """Return the type of visit that is asked for, or refuse what the clinic does not offer."""
    visit_type = clinic.visit_types.get(wish.visit_type_id)
    if visit_type is None or not visit_type.active:
        raise NotOffered
    return visit_type


def keep(
    wish: Wish,
    *,
    visit: Visit,
    clinic: Clinic,
    exempt: bool,
    now: datetime,
    moves_id: str | None = None,
) -> Hold:
    """Keep a time, for a new appointment or to move one.

    Raises SlotTaken, NotOffered, TooManyHolds, DayNearlyFull.
    """
    held = visit.hold
    if held is not None and (held.wish, held.moves_id) == (wish, moves_id) and held.until > now:
        return held  # a double click, or the back button
    visit_type = offered_type(wish, clinic)
    if not now <= wish.start < now + visit_type.rule.horizon:
        raise NotOffered  # before reckoning with it: the year may be 9999
    blocked = visit_type.blocked(wish.start)
    with transaction() as session:
        if not visitors.lock(session, visit.id):
            raise SafetyCheckNeeded  # the session was ended in another window
        if not exempt:
            _lock_network(session, visit, now=now)
        holds.lock_calendars(session, [wish.clinician_id], held_by=visit.id)
        holds.drop_of(session, visit.id)
        lapsed = holds.clear_ended(session, wish.clinician_id, blocked, now=now)
        journal.note_each(session, "lapse", lapsed, actor="clinic", now=now)
        clinic = clinics.as_it_is(session, clinic)
        _check(session, wish, moves_id, visit=visit, clinic=clinic, exempt=exempt, now=now)
        hold = _made(wish, clinic.visit_types[wish.visit_type_id], moves_id, now=now)
        appointments.add(session, time_of(wish, clinic) | _held(hold, visit))
    return hold


def _made(wish: Wish, visit_type: VisitType, moves_id: str | None, *, now: datetime) -> Hold:
    return Hold(
        id=new_id(),
        wish=wish,
        interval=visit_type.interval(wish.start),
        held_at=now,
        until=now + rules.HOLD,
        moves_id=moves_id,
    )


def _lock_network(session: Session, visit: Visit, *, now: datetime) -> None:
    """Let people of one network choose one after the other, so that the sixth is the last."""
    tallies.today(session, "hold", visit.network_key, now=now)


def _check(
    session: Session,
    wish: Wish,
    moves_id: str | None,
    *,
    visit: Visit,
    clinic: Clinic,
    exempt: bool,
    now: datetime,
) -> None:
    if not exempt:
        mine = holds.live_of_network(session, visit.network_key, now=now)
        if mine >= rules.HOLDS_PER_NETWORK:
            raise TooManyHolds
    seen = day_of(session, wish, clinic, leaving_out=moves_id, now=now)
    seen.check_offered(wish)
    if not exempt and seen.held >= rules.held_at_once(seen.free):
        raise DayNearlyFull


def _held(hold: Hold, visit: Visit) -> dict[str, object]:
    return {
        "id": hold.id,
        "status": Status.HELD,
        "held_by": visit.id,
        "held_at": hold.held_at,
        "hold_until": hold.until,
        "moves_id": hold.moves_id,
    }


def check_kept(session: Session, held: Hold, clinic: Clinic, *, now: datetime) -> None:
    """Refuse a hold that is not as good any more as when it was made.

    Until somebody takes its time an ended hold is as good as any, but it counts no longer:
    meanwhile the day may have got as many visits of this type as it may have, and whoever
    closed its time ended it.  Raises HoldEnded, HoldClosed.
    """
    if now <= held.until + rules.HOLD_GRACE:
        return
    holds.lock_calendars(session, [held.wish.clinician_id])
    clinic = clinics.as_it_is(session, clinic)
    check_not_closed(held, clinic)
    seen = day_of(session, held.wish, clinic, leaving_out=held.moves_id, now=now)
    if not seen.calendar.is_bookable(held.wish.start, now=now):
        raise HoldEnded


def check_not_closed(held: Hold, clinic: Clinic) -> None:
    """Refuse a time that was closed after it was kept."""
    try:
        check_hours(held.wish, held.interval, clinic)
    except ClinicClosed as closed:
        raise HoldClosed from closed


def still_theirs(session: Session, held: Hold, visit: Visit) -> Hold | None:
    """Return a hold as it is under the calendar's lock, if it is still the visitor's."""
    until = holds.until(session, held.id, visit.id)
    return None if until is None else replace(held, until=until)


@retried
def extend(visit: Visit, *, now: datetime) -> datetime:
    """Keep the time ten minutes longer, half an hour in all; return the new end.

    Raises NothingHeld, HoldAtLimit, HoldClosed.
    """
    if visit.hold is None:
        raise NothingHeld
    until = rules.extended(visit.hold.held_at, now=now)
    with transaction() as session:
        holds.lock_calendars(session, [visit.hold.wish.clinician_id])
        held = still_theirs(session, visit.hold, visit)
        if held is None:
            raise NothingHeld
        try:
            check_kept(session, held, clinics.load(), now=now)
        except HoldEnded as ended:
            raise NothingHeld from ended
        holds.keep_until(session, [held.id], until)
    return until


@retried
def release(visit: Visit) -> None:
    """Give the time back."""
    with transaction() as session:
        visitors.lock(session, visit.id)
        holds.lock_calendars(session, held_by=visit.id)
        holds.drop_of(session, visit.id)
