"""Who comes, and the health words of a visit."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from app.domain.appointment import Person
from app.domain.finding import folded
from app.storage import models, sealing
from app.storage.database import run
from app.storage.types import new_id

Patient = models.Patient
Intake = models.Intake
ADD, ADD_WORDS = insert(Patient), insert(Intake)
CHANGE = (
    update(Patient)
    .where(
        Patient.id == bindparam("its_id"),
        ~exists().where(models.Appointment.patient_id == bindparam("its_id")),
    )
    .returning(Patient.id)
)
CHANGE_WORDS = (
    update(Intake)
    .where(
        Intake.id == bindparam("its_id"),
        ~exists().where(models.Appointment.intake_id == bindparam("its_id")),
    )
    .returning(Intake.id)
)
WORDS = select(Intake.sealed).where(Intake.id == bindparam("its_id"))


def person_from(row: models.Patient | Row[Any]) -> Person:
    """Read who comes."""
    return Person(
        name=row.name,
        birth_date=row.birth_date,
        email=row.email,
        phone=row.phone,
        language=row.language,
        booker_name=row.booker_name,
        calendar=row.calendar,
    )


def email_key(email: str) -> str:
    """Fold an address, so that equal addresses are equal."""
    return email.casefold()


def choose_mails(session: Session, appointment_id: str, choice: str) -> None:
    """Keep how somebody who has an appointment wants their mails."""
    theirs = select(models.Appointment.patient_id).where(models.Appointment.id == appointment_id)
    chosen = update(models.Patient).where(models.Patient.id.in_(theirs))
    session.execute(chosen.values(calendar=choice))


def keep(
    session: Session,
    person: Person,
    *,
    needs: Collection[str] = (),
    patient_id: str | None,
    now: datetime,
) -> str:
    """Keep who comes, or correct it; return the id.

    Who comes to an appointment that was made does not change: then it is somebody new.
    """
    values: dict[str, Any] = {
        "name": person.name,
        "birth_date": person.birth_date,
        "email": person.email,
        "email_key": email_key(person.email),
        "phone": person.phone,
        "language": person.language,
        "booker_name": person.booker_name,
        "calendar": person.calendar,
        "search_name": folded(person.name),
        "needs": list(needs),
    }
    if patient_id and run(session, CHANGE, its_id=patient_id, **values).first() is not None:
        return patient_id
    id_ = new_id()
    run(session, ADD, id=id_, created_at=now, **values)
    return id_


def find(session: Session, patient_id: str) -> Person | None:
    """Return who comes."""
    row = session.get(Patient, patient_id, populate_existing=True)
    return None if row is None else person_from(row)


def keep_words(
    session: Session, words: dict[str, Any], *, intake_id: str | None, now: datetime
) -> str:
    """Keep the health words of a visit, sealed; return the id.

    The words of an appointment that was made stay: then these are new ones.
    """
    if intake_id is not None:
        sealed = _sealed(session, words, intake_id)
        if run(session, CHANGE_WORDS, its_id=intake_id, sealed=sealed).first() is not None:
            return intake_id
    id_ = new_id()
    values = {"id": id_, "sealed": _sealed(session, words, id_), "created_at": now}
    run(session, ADD_WORDS, **values)
    return id_


def _sealed(session: Session, words: dict[str, Any], intake_id: str) -> bytes:
    return sealing.of(session).seal(f"intake.sealed.{intake_id}", json.dumps(words))


def words(session: Session, intake_id: str) -> dict[str, Any]:
    """Return the health words of a visit; raises CannotOpen when their key is gone."""
    sealed = run(session, WORDS, its_id=intake_id).scalar()
    if sealed is None:
        return {}
    opened: dict[str, Any] = json.loads(
        sealing.of(session).open(f"intake.sealed.{intake_id}", sealed)
    )
    return opened


def forget(session: Session, ids: Collection[tuple[str | None, str | None]]) -> None:
    """Forget (patient, intake) that were said and with which nobody booked."""
    patients, intakes = zip(*ids, strict=True) if ids else ((), ())
    for table, made, named in (
        (Patient, models.Appointment.patient_id, patients),
        (Intake, models.Appointment.intake_id, intakes),
    ):
        theirs = table.id.in_([id_ for id_ in named if id_ is not None])
        session.execute(delete(table).where(theirs, ~exists().where(made == table.id)))
