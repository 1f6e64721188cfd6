"""Cancelling an appointment: by its patient, or at the desk, where it can be restored."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.actor import Actor
from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.desk_refusals import NothingToUndo
from app.domain.letter import LetterKind
from app.domain.refusals import (
    AlreadyCancelled,
    AlreadyOver,
    ChangedMeanwhile,
    SlotTaken,
    UnknownAnswer,
)
from app.domain.staff import Staff
from app.services import attending, doctor_mails
from app.services import clinic as clinics
from app.services.appointment import View, changeable, find
from app.services.booking import booked_mails, reminders
from app.services.day import anybody_at
from app.services.moving import OVERTAKEN
from app.storage import appointments, holds, journal, mails
from app.storage.database import retried, transaction
from app.storage.models import Status

REASONS = ("patient_asked", "doctor_away", "clinic_closed", "booked_twice", "guide_open", "other")
BY_DEVICE = "by_device"  # deleted in a calendar program, which asks for no reason
RESTORED_WITHIN = timedelta(hours=24)


@retried
def cancel(
    reference: str,
    *,
    seen: int | None = None,
    actor: Actor,
    clinic: Clinic,
    now: datetime,
) -> View:
    """Cancel an appointment and owe the mail that says so.

    *seen* is the sequence of the time that the person was shown and means.  Raises NotYours,
    AlreadyCancelled, AlreadyOver, TooLate, and ChangedMeanwhile when it stands otherwise.
    """
    appointment = changeable(reference, actor, clinic, now=now)
    if seen not in (None, appointment.sequence):
        raise ChangedMeanwhile
    _cancel(appointment, actor="patient", now=now)
    return find(reference, actor=actor, clinic=clinic, now=now)


@retried
def cancel_at_desk(
    reference: str, reason: str, *, revision: int, actor: Staff, now: datetime
) -> None:
    """Cancel for the clinic or on somebody's call, with the reason; twice is once.

    Raises NotYours, UnknownAnswer, AlreadyOver once the visit took place, ChangedMeanwhile.
    """
    found = attending.find(reference, actor)
    if reason not in (*REASONS, BY_DEVICE):
        raise UnknownAnswer
    if found.status == Status.CANCELLED:
        return
    if found.status in (Status.COMPLETED, Status.MISSED):
        raise AlreadyOver
    if found.revision != revision:
        raise ChangedMeanwhile
    _cancel(found, actor=actor.signature, now=now, reason=reason)


def release(appointment: Appointment, reason: str, *, now: datetime) -> None:
    """Give an appointment's time back by a rule of the clinic; raises ChangedMeanwhile."""
    _cancel(appointment, actor="clinic", now=now, reason=reason)


def _cancel(appointment: Appointment, *, actor: str, now: datetime, **why: str) -> None:
    clinic = clinics.load()
    with transaction() as session:
        holds.lock_calendars(session, [appointment.wish.clinician_id])
        sequence = appointment.sequence + 1
        values = {"status": Status.CANCELLED, "cancelled_at": now, "sequence": sequence}
        appointments.change(session, appointment, values | {"hold_until": None}, now=now)
        mails.withdraw(session, appointment.id, [*OVERTAKEN, LetterKind.TO_CONFIRM])
        mails.owe(session, _letters(appointment, sequence, now), now=now)
        doctor_mails.owe(session, appointment.id, clinic, before=appointment.wish, now=now)
        journal.note(
            session, "cancel", actor=actor, appointment_id=appointment.id, now=now,
            start=appointment.interval.start.isoformat(), **why,
        )  # fmt: skip


def _letters(appointment: Appointment, sequence: int, now: datetime) -> list[dict[str, Any]]:
    if not appointment.person.email:
        return []
    return [
        {
            "kind": LetterKind.CANCELLED,
            "appointment_id": appointment.id,
            "sequence": sequence,
            "language": appointment.person.language,
            "due_at": now,
        }
    ]


def restorable(appointment: Appointment, *, now: datetime) -> bool:
    """Say whether a cancelled appointment may still be brought back."""
    at = appointment.cancelled_at
    booked = appointment.status == Status.CANCELLED and appointment.booked_at is not None
    return (
        booked
        and at is not None
        and now <= at + RESTORED_WITHIN
        and (now < appointment.interval.start)
    )


@retried
def restore(reference: str, *, revision: int, actor: Staff, clinic: Clinic, now: datetime) -> None:
    """Bring a cancelled appointment back to its time, within a day; twice is once.

    Raises NotYours, NothingToUndo, ChangedMeanwhile, and SlotTaken when somebody has the time.
    """
    found = attending.find(reference, actor)
    if found.status == Status.BOOKED:
        return
    if not restorable(found, now=now):
        raise AlreadyCancelled if found.status == Status.CANCELLED else NothingToUndo
    if found.revision != revision:
        raise ChangedMeanwhile
    blocked = clinic.visit_types[found.wish.visit_type_id].blocked(found.interval.start)
    with transaction() as session:
        holds.lock_calendars(session, [found.wish.clinician_id])
        if anybody_at(session, found.wish.clinician_id, blocked, but=found.id, now=now):
            raise SlotTaken
        sequence = found.sequence + 1
        values = {"status": Status.BOOKED, "cancelled_at": None, "sequence": sequence}
        values |= {"overlap_reason": None}  # then nobody was beside it, and the guard has it again
        appointments.change(session, found, values, now=now)
        _owe_again(session, found, sequence, clinic, now=now)
        doctor_mails.owe(session, found.id, clinic, after=found.wish, now=now)
        journal.note(
            session, "restore", actor=actor.signature, appointment_id=found.id, now=now,
            start=found.interval.start.isoformat(),
        )  # fmt: skip


def _heard(session: Session, found: Appointment) -> bool:
    """Say whether a mail that left told of the time as it was before the cancelling."""
    announced = (LetterKind.BOOKED, LetterKind.MOVED)
    return any(
        one.kind in announced and one.sequence == found.sequence - 1
        for one in mails.left(session, found.id)
    )


def _owe_again(
    session: Session, found: Appointment, sequence: int, clinic: Clinic, *, now: datetime
) -> None:
    """Owe the reminders anew, and the invitation too unless nobody was told of the cancelling."""
    unsaid = mails.withdraw(session, found.id, [LetterKind.CANCELLED]) and _heard(session, found)
    if not found.person.email:
        return
    base = {"appointment_id": found.id, "sequence": sequence, "language": found.person.language}
    owed = booked_mails(found.id, found.interval, found.person.language, clinic, now=now)
    if unsaid:
        owed = reminders(base, found.interval, clinic, now=now)
    mails.owe(session, [mail | base for mail in owed], now=now)
