"""Moving an appointment: the old time stays until the new one is certain."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

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
from app.services.day import time_of
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
    Raises what `changeable` raises, and NothingHeld, HoldEnded, HoldClosed, ChangedMeanwhile.
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
        held = holding.still_theirs(session, hold, visit)
        if held is None:
            raise HoldEnded
        holding.check_kept(session, held, clinic, now=now)
        holds.drop_of(session, visit.id)
        put(session, appointment, wish, clinic, actor="patient", now=now)


def put(
    session: Session,
    appointment: Appointment,
    wish: Wish,
    clinic: Clinic,
    *,
    overlap: str | None = None,
    despite: str | None = None,
    actor: str,
    now: datetime,
    **why: object,
) -> None:
    """Give an appointment another time, owe the mails that say so, and write it down.

    Part of a transaction that holds both calendars.  *overlap* says why two may be there at one
    time, *despite* why somebody comes though the doctor is busy elsewhere.
    """
    new = {"overlap_reason": overlap, "sequence": appointment.sequence + 1}
    appointments.change(session, appointment, time_of(wish, clinic) | new, now=now)
    mails.withdraw(session, appointment.id, OVERTAKEN)
    if appointment.person.email:
        interval = clinic.visit_types[wish.visit_type_id].interval(wish.start)
        mails.owe(session, _mails(appointment, interval, clinic, now=now), now=now)
    before = appointment.wish
    doctor_mails.owe(session, appointment.id, clinic, before=before, after=wish, now=now)
    why |= {"overlap": overlap or despite} if overlap or despite else {}
    journal.note(
        session, "move", actor=actor, appointment_id=appointment.id, now=now,
        start=[appointment.interval.start.isoformat(), wish.start.isoformat()],
        clinician=[before.clinician_id, wish.clinician_id],
        location=[before.location_id, wish.location_id], **why,
    )  # fmt: skip


def _mails(
    appointment: Appointment, interval: Interval, clinic: Clinic, *, now: datetime
) -> list[dict[str, Any]]:
    base: dict[str, Any] = {
        "appointment_id": appointment.id,
        "sequence": appointment.sequence + 1,
        "language": appointment.person.language,
        "previous": appointment.interval.start.isoformat(),
    }
    moved = base | {"kind": LetterKind.MOVED, "lead_hours": 0, "due_at": now}
    return [moved, *reminders(base, interval, clinic, now=now)]
