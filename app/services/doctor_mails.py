"""Mails to a doctor who wants invitations: owed with the change itself, as the patients' are."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.appointment import Wish
from app.domain.clinic import Clinic
from app.domain.letter import DOCTORS, LetterKind
from app.storage import mails


def owe(
    session: Session,
    appointment_id: str,
    clinic: Clinic,
    *,
    before: Wish | None = None,
    after: Wish | None = None,
    now: datetime,
) -> None:
    """Tell the doctor who had an appointment and the one who has it, if they want to be told."""
    had, has = _invited(before, clinic), _invited(after, clinic)
    told: list[tuple[str, LetterKind]] = []
    if had is not None and had == has:
        told.append((had, LetterKind.DOCTOR_MOVED))
    else:
        told += [] if had is None else [(had, LetterKind.DOCTOR_CANCELLED)]
        told += [] if has is None else [(has, LetterKind.DOCTOR_BOOKED)]
    if not told:
        return
    number = mails.numbers(session, [appointment_id], DOCTORS).get(appointment_id, 0)
    rows = [
        row(appointment_id, staff_id, kind, number + more, before, clinic, now=now)
        for more, (staff_id, kind) in enumerate(told)
    ]
    mails.owe(session, rows, now=now)


def _invited(wish: Wish | None, clinic: Clinic) -> str | None:
    doctor = clinic.clinicians.get(wish.clinician_id) if wish else None
    return None if doctor is None else doctor.invited_id


def row(
    appointment_id: str,
    staff_id: str,
    kind: LetterKind,
    number: int,
    before: Wish | None,
    clinic: Clinic,
    *,
    now: datetime,
) -> dict[str, Any]:
    """Return a mail to owe.

    Its number is its place among all that the appointment's doctors are told: their entries have
    a life of their own, which begins and ends with what they wish.
    """
    return {
        "kind": kind,
        "appointment_id": appointment_id,
        "staff_id": staff_id,
        "sequence": number,
        "previous": before.start.isoformat() if before else None,
        "language": clinic.language,
        "due_at": now,
    }
