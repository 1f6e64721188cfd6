"""Cancelling an appointment."""

from datetime import datetime

from app.domain.actor import Actor
from app.domain.clinic import Clinic
from app.domain.letter import LetterKind
from app.services.appointment import View, changeable, find
from app.services.moving import OVERTAKEN
from app.storage import appointments, holds, journal, mails
from app.storage.database import retried, transaction
from app.storage.models import Status


@retried
def cancel(reference: str, *, actor: Actor, clinic: Clinic, now: datetime) -> View:
    """Cancel an appointment and owe the mail that says so.

    Raises NotYours, AlreadyCancelled, AlreadyOver, TooLate, ChangedMeanwhile.
    """
    appointment = changeable(reference, actor, clinic, now=now)
    with transaction() as session:
        holds.lock_calendars(session, [appointment.wish.clinician_id])
        sequence = appointment.sequence + 1
        values = {"status": Status.CANCELLED, "cancelled_at": now, "sequence": sequence}
        appointments.change(session, appointment, values)
        mails.withdraw(session, appointment.id, OVERTAKEN)
        mail = {
            "kind": LetterKind.CANCELLED,
            "appointment_id": appointment.id,
            "sequence": sequence,
            "language": appointment.person.language,
            "due_at": now,
        }
        mails.owe(session, [mail], now=now)
        journal.note(
            session, "cancel", actor="patient", appointment_id=appointment.id, now=now,
            start=appointment.interval.start.isoformat(),
        )  # fmt: skip
    return find(reference, actor=actor, clinic=clinic, now=now)
