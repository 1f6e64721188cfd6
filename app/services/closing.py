"""Closing a doctor's time, a place or the whole clinic, and taking it back."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain import arranging
from app.domain.clinic import Clinic
from app.domain.desk_refusals import InThePast
from app.domain.hours import Closure
from app.domain.hours_refusals import HoursChanged
from app.domain.refusals import NotAllowed, NotYours
from app.domain.staff import Permission, Staff
from app.services import arrangement, breaking
from app.services.seen import mark
from app.storage import hours, journal, rehousing
from app.storage.database import reading, retried, transaction

KINDS = ("leave", "training", "holiday", "other")
LONGEST_NOTE = 120
REMEMBERED = 200  # closures that are over: the journal knows all of them
LONGEST = timedelta(days=3 * 366)
CLOSE, CHANGE, TAKE_BACK = "close", "change_closure", "take_back_closure"


def listing(*, since: datetime, actor: Staff) -> list[Closure]:
    """Return what closes from a wall time on, of the clinic and of calendars the actor sees."""
    actor.needs(Permission.HOURS)
    found = hours.closures(reading(), after=since)
    return [one for one in found if one.clinician_id is None or actor.sees(one.clinician_id)]


def past(*, until: datetime, actor: Staff) -> list[Closure]:
    """Return what closed before, the latest first: those who ask who was away look back some."""
    actor.needs(Permission.HOURS)
    found = hours.past_closures(reading(), until=until, at_most=REMEMBERED)
    return [one for one in found if one.clinician_id is None or actor.sees(one.clinician_id)]


def see(closure_id: int, *, actor: Staff) -> Closure:
    """Return a closure to look at, or refuse."""
    actor.needs(Permission.RUN_DAY)
    found = hours.find_closure(reading(), closure_id)
    if found is None or not (found.clinician_id is None or actor.sees(found.clinician_id)):
        raise NotYours
    return found


def find(closure_id: int, *, actor: Staff) -> Closure:
    """Return a closure that is the actor's to change, or refuse."""
    actor.needs(Permission.HOURS)
    found = hours.find_closure(reading(), closure_id)
    if found is None:
        raise NotYours
    _check_whose(found, actor)
    return found


@retried
def close(closure: Closure, *, seen: str, clinic: Clinic, actor: Staff, now: datetime) -> int:
    """Close some time; return the closure's number.  Twice is once.

    *seen* says which appointments somebody saw that lose their time by it.  Raises NotAllowed,
    InThePast, WouldBreak.
    """
    with transaction() as session:
        return closed(session, closure, seen=seen, clinic=clinic, actor=actor, now=now)


def closed(
    session: Session, closure: Closure, *, seen: str, clinic: Clinic, actor: Staff, now: datetime
) -> int:
    """Do the same within a transaction that keeps more."""
    _check(closure, clinic, actor, now=now)
    before = arrangement.locked(session, closure.clinician_id)
    if (same := hours.same_closure(session, closure)) is not None:
        return same.id
    after = arranging.closed(before, closure)
    lost = breaking.agreed(session, before, after, seen=seen, now=now)
    id_ = hours.keep(session, closure)
    arrangement.keep(session, after, lost, closure_id=id_, actor=actor, now=now)
    journal.note(
        session, CLOSE, actor=actor.signature, appointment_id=None, now=now,
        closure=[None, said(closure)],
    )  # fmt: skip
    return id_


@retried
def change(
    closure: Closure, *, was: str, seen: str, clinic: Clinic, actor: Staff, now: datetime
) -> None:
    """Change what a closure closes; *was* says how somebody saw it.  Twice is once.

    Raises HoursChanged, and what `close` raises.
    """
    _check(closure, clinic, actor, now=now)
    with transaction() as session:
        before = arrangement.locked(session, None)
        known = hours.find_closure(session, closure.id)
        if known == closure:
            return
        if known is None or mark(known) != was:
            raise HoursChanged
        _check_whose(known, actor)
        after = arranging.closed(before, closure)
        lost = breaking.agreed(session, before, after, seen=seen, now=now)
        hours.keep(session, closure)
        arrangement.give_back(session, before, after, actor=actor, now=now)
        arrangement.keep(session, after, lost, closure_id=closure.id, actor=actor, now=now)
        journal.note(
            session, CHANGE, actor=actor.signature, appointment_id=None, now=now,
            closure=[said(known), said(closure)],
        )  # fmt: skip


@retried
def take_back(closure_id: int, *, was: str, actor: Staff, now: datetime) -> None:
    """Open again what was closed: its appointments have their time again.  Twice is once.

    Raises NotAllowed, HoursChanged.
    """
    actor.needs(Permission.HOURS)
    with transaction() as session:
        before = arrangement.locked(session, None)
        known = hours.find_closure(session, closure_id)
        if known is None:
            return
        _check_whose(known, actor)
        if mark(known) != was:
            raise HoursChanged
        rehousing.forget(session, known.id)
        hours.drop(session, known)
        after = arranging.taken_back(before, known)
        arrangement.give_back(session, before, after, actor=actor, now=now)
        journal.note(
            session, TAKE_BACK, actor=actor.signature, appointment_id=None, now=now,
            closure=[said(known), None],
        )  # fmt: skip


def said(closure: Closure) -> dict[str, Any]:
    """Return a closure as the journal keeps it."""
    wall = {"starts": closure.starts.isoformat(), "ends": closure.ends.isoformat()}
    return asdict(replace(closure, note=closure.note[:LONGEST_NOTE])) | wall


def _check(closure: Closure, clinic: Clinic, actor: Staff, *, now: datetime) -> None:
    _check_whose(closure, actor)
    if closure.ends <= now.astimezone(clinic.zone).replace(tzinfo=None):
        raise InThePast


def _check_whose(closure: Closure, actor: Staff) -> None:
    if not actor.arranges(closure.clinician_id):
        raise NotAllowed
