"""Appointments and holds: how they are kept and found."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, insert, select, true, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from app.domain.appointment import Appointment, Wish
from app.domain.booking import HOLD_GRACE
from app.domain.interval import Interval
from app.domain.refusals import ChangedMeanwhile, SlotTaken
from app.storage import models
from app.storage.database import run
from app.storage.models import Status
from app.storage.people import person_from
from app.storage.types import askable

NO_OVERLAP = "appointment_no_overlap"  # the guard's name, in migrations/guard.py
Row_ = models.Appointment
COMING = (Status.BOOKED, Status.TENTATIVE)

ADD = insert(Row_)
ADD_UNLESS_TAKEN = postgresql.insert(Row_).on_conflict_do_nothing().returning(Row_.id)


def add(session: Session, values: dict[str, Any]) -> None:
    """Keep a new hold or appointment, or refuse it when its time is taken."""
    if session.get_bind().dialect.name == "postgresql":
        # A plain insert against EXCLUDE deadlocks under a race; this one answers "nothing".
        if run(session, ADD_UNLESS_TAKEN, **values).first() is None:
            raise SlotTaken
        return
    with _refusing_overlap():
        run(session, ADD, **values)


def change(
    session: Session, appointment: Appointment, values: dict[str, Any], *, now: datetime
) -> None:
    """Change an appointment as it was seen; refuse when it is not so any more, or time taken."""
    as_seen = update(Row_).where(
        Row_.id == appointment.id,
        Row_.revision == appointment.revision,
        Row_.status == appointment.status,
    )
    values = values | {"revision": Row_.revision + 1, "changed_at": now}
    with _refusing_overlap():
        changed = session.execute(as_seen.values(**values).returning(Row_.id)).first()
    if changed is None:
        raise ChangedMeanwhile


class _refusing_overlap:  # noqa: N801  used as a word in a with-statement
    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, IntegrityError) and NO_OVERLAP in str(error.orig):
            raise SlotTaken from error


def still_held(row: type[models.Appointment]) -> ColumnElement[bool]:
    """Say that a row is no hold, or one that has not run out."""
    return row.hold_until.is_(None) | (row.hold_until >= bindparam("ended"))


def wish_from(row: Row[Any] | models.Appointment) -> Wish:
    """Read what was asked for."""
    return Wish(
        visit_type_id=row.visit_type_id,
        clinician_id=row.clinician_id,
        location_id=row.location_id,
        video=row.video,
        start=row.starts_at,
    )


_other = aliased(Row_)
COMING_FOR = (  # how many appointments of an address are to come; also within other statements
    select(func.count())
    .select_from(_other)
    .join(models.Patient, models.Patient.id == _other.patient_id)
    .where(
        models.Patient.email_key == bindparam("address"),
        _other.status.in_(COMING),
        _other.starts_at > bindparam("now"),
        still_held(_other),
    )
    .scalar_subquery()
)
COUNT_COMING = select(COMING_FOR)


def since(email_key: str, now: datetime) -> dict[str, Any]:
    """Return what COMING_FOR asks for."""
    return {"address": email_key, "now": now, "ended": now - HOLD_GRACE}


def coming(session: Session, email_key: str, *, now: datetime) -> int:
    """Count the coming appointments of one e-mail address."""
    return run(session, COUNT_COMING, **since(email_key, now)).scalar() or 0


def find(session: Session, condition: ColumnElement[bool]) -> Appointment | None:
    """Return the appointment that meets the condition, with who comes."""
    return next(iter(listed(session, condition)), None)


def listed(session: Session, condition: ColumnElement[bool]) -> list[Appointment]:
    """Return the appointments that meet the condition, in the order of the day."""
    return [one for one, _meets in flagged(session, condition, true())]


def flagged(
    session: Session, condition: ColumnElement[bool], flag: ColumnElement[bool]
) -> list[tuple[Appointment, bool]]:
    """Return the same, each with whether it meets a *flag* as well."""
    query = (
        select(Row_, models.Patient, flag)
        .join(models.Patient, models.Patient.id == Row_.patient_id)
        .where(condition, Row_.status != Status.HELD)
        .order_by(Row_.starts_at, Row_.id)
    )
    found = session.execute(query.execution_options(populate_existing=True))
    return [(_appointment(row, patient), bool(meets)) for row, patient, meets in found]


def _appointment(row: models.Appointment, patient: models.Patient) -> Appointment:
    return Appointment(
        id=row.id,
        reference=row.reference or "",
        status=row.status,
        wish=wish_from(row),
        interval=Interval(row.starts_at, row.ends_at),
        patient_id=patient.id,
        person=person_from(patient),
        sequence=row.sequence,
        link_version=row.link_version,
        cancelled_at=row.cancelled_at,
        reading_id=row.reading_id,
        intake_id=row.intake_id,
        booked_at=row.booked_at,
        changed_at=row.changed_at
        or row.cancelled_at
        or row.booked_at
        or row.held_at
        or row.starts_at,
        hold_until=row.hold_until,
        revision=row.revision,
        desk_note=row.desk_note,
        needs=tuple(patient.needs),
    )


def by_id(appointment_id: str) -> ColumnElement[bool]:
    """Mean the appointment of this id."""
    return Row_.id == appointment_id


def by_reference(reference: str) -> ColumnElement[bool]:
    """Mean the appointment of this reference, whatever was typed as one."""
    return Row_.reference == askable(reference)


def coming_to(clinician_id: int, *, now: datetime) -> ColumnElement[bool]:
    """Mean the booked appointments that are still to come in a calendar."""
    booked = (Row_.status == Status.BOOKED) & (Row_.starts_at > now)
    return booked & (Row_.clinician_id == clinician_id)


def by_references(references: Iterable[str]) -> ColumnElement[bool]:
    """Mean the appointments of these references."""
    return Row_.reference.in_(list(references))


COMING_IDS = (
    select(Row_.id, Row_.link_version)
    .join(models.Patient, models.Patient.id == Row_.patient_id)
    .where(
        models.Patient.email_key == bindparam("address"),
        Row_.status.in_(COMING),
        Row_.starts_at > bindparam("now"),
        still_held(Row_),
    )
    .order_by(Row_.starts_at)
)


def coming_ids(
    session: Session, email_key: str, *, now: datetime, at_most: int
) -> list[tuple[str, int]]:
    """Return (id, link version) of an address's coming appointments, the next first."""
    asked = since(email_key, now - timedelta(hours=1)) | {"ended": now - HOLD_GRACE}
    return [(id_, version) for id_, version in run(session, COMING_IDS.limit(at_most), **asked)]
