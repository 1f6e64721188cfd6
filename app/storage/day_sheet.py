"""Who comes on a day, with what the desk has to have at hand: one statement."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.storage import models
from app.storage.database import run

Row_, Patient = models.Appointment, models.Patient


class Caller(NamedTuple):
    """Somebody who comes, and how to reach them; nothing about health."""

    id: str  # of the appointment
    birth_date: date
    phone: str
    email: str
    booker_name: str | None
    language: str
    needs: list[str]
    desk_note: str
    needs_primer: bool
    reading_id: str | None
    sequence: int


CALLERS = (
    select(
        Row_.id,
        Patient.birth_date,
        Patient.phone,
        Patient.email,
        Patient.booker_name,
        Patient.language,
        Patient.needs,
        Row_.desk_note,
        models.VisitType.needs_primer,
        Row_.reading_id,
        Row_.sequence,
    )
    .join(Patient, Patient.id == Row_.patient_id)
    .join(models.VisitType, models.VisitType.id == Row_.visit_type_id)
    .where(Row_.id.in_(bindparam("ids", expanding=True)))
)


def callers(session: Session, appointment_ids: Collection[str]) -> dict[str, Caller]:
    """Return who comes to some appointments."""
    found = run(session, CALLERS, ids=list(appointment_ids))
    return {row.id: Caller(*row) for row in found}
