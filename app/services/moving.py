"""Moving an appointment: the old time stays until the new one is certain."""

from datetime import datetime
from typing import Any

from app.domain.actor import Actor
from app.domain.appointment import Appointment, Hold, Wish
from app.domain.clinic import Clinic
from app.domain.interval import Interval
from app.domain.letter import LetterKind
from app.domain.refusals import HoldEnded, NothingHeld, NotOffered, Refused
from app.services import doctor_mails
from app.services import hold as holding
from app.services.appointment import View, changeable, find
from app.services.booking import reminders
from app.storage import appointments, holds, journal, mails
from app.storage.database import retried, transaction
from app.storage.visitors import Visit

OVERTAKEN = (LetterKind.BOOKED, LetterKind.MOVED, LetterKind.REMINDER)


@retried
def take(
    reference: str,
    wish: Wish,
    *,
    actor: Actor,
    visit: Visit,
    clinic: Clinic,
    exempt: bool,
    now: datetime,
) -> Hold:
    """Keep a new time for an appointment.

    Raises what `changeable` and `hold.keep` raise.
    """
    appointment = changeable(reference, actor, clinic, now=now)
    if wish.visit_type_id != appointment.wish.visit_type_id or wish == appointment.wish:
        raise NotOffered
    return holding.keep(
        wish, visit=visit, clinic=clinic, moves_id=appointment.id, exempt=exempt, now=now
    )


@retried
def move(
    reference: str, wish: Wish, *, actor: Actor, visit: Visit, clinic: Clinic, now: datetime
) -> View:
    """Move an appointment to the time its visitor holds for it: the one they were shown.

    Doing it again changes nothing: where the appointment is already, it need not be moved.
    Raises what `changeable` raises, and NothingHeld, HoldEnded, ChangedMeanwhile.
    """
    try:
        _move(changeable(reference, actor, clinic, now=now), wish, visit, clinic, now=now)
    except Refused:
        view = find(reference, actor=actor, clinic=clinic, now=now)
        if view.cancelled or view.appointment.wish != wish:
            raise
        return view  # a double click: the other press was quicker
    return find(reference, actor=actor, clinic=clinic, now=now)


def _move(
    appointment: Appointment, wish: Wish, visit: Visit, clinic: Clinic, *, now: datetime
) -> None:
    hold = visit.hold
    if hold is None or hold.moves_id != appointment.id:
        raise NothingHeld
    if hold.wish != wish:
        raise HoldEnded  # another time was chosen in another window
    with transaction() as session:
        calendars = [appointment.wish.clinician_id, hold.wish.clinician_id]
        holds.lock_calendars(session, calendars)
        mine = holds.is_held(session, hold.id, visit.id)
        if not (mine and holding.still_offered(session, hold, clinic, now=now)):
            raise HoldEnded
        holds.drop_of(session, visit.id)
        new = new_time(appointment, hold.wish, hold.interval, clinic)
        appointments.change(session, appointment, new, now=now)
        mails.withdraw(session, appointment.id, OVERTAKEN)
        mails.owe(session, moved_mails(appointment, hold.interval, clinic, now=now), now=now)
        before = appointment.wish
        doctor_mails.owe(session, appointment.id, clinic, before=before, after=hold.wish, now=now)
        journal.note(
            session, "move", actor="patient", appointment_id=appointment.id, now=now,
            start=[appointment.interval.start.isoformat(), hold.interval.start.isoformat()],
            clinician=[appointment.wish.clinician_id, hold.wish.clinician_id],
        )  # fmt: skip


def new_time(
    appointment: Appointment, wish: Wish, interval: Interval, clinic: Clinic
) -> dict[str, Any]:
    """Return what an appointment is at another time."""
    blocked = clinic.visit_types[wish.visit_type_id].blocked(interval.start)
    return {
        "clinician_id": wish.clinician_id,
        "location_id": wish.location_id,
        "video": wish.video,
        "starts_at": interval.start,
        "ends_at": interval.end,
        "blocked_from": blocked.start,
        "blocked_until": blocked.end,
        "overlap_reason": None,
        "sequence": appointment.sequence + 1,
    }


def moved_mails(
    appointment: Appointment, interval: Interval, clinic: Clinic, *, now: datetime
) -> list[dict[str, Any]]:
    """Return the mails to owe for an appointment that was just moved, the first one first."""
    base: dict[str, Any] = {
        "appointment_id": appointment.id,
        "sequence": appointment.sequence + 1,
        "language": appointment.person.language,
        "previous": appointment.interval.start.isoformat(),
    }
    moved = base | {"kind": LetterKind.MOVED, "lead_hours": 0, "due_at": now}
    return [moved, *reminders(base, interval, clinic, now=now)]
