"""Links to calendars: kept by hash, found in one statement with whether anything changed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.subscription import Source, Subscription
from app.storage import models
from app.storage.clinic import CLINIC_REVISION
from app.storage.database import run
from app.storage.models import Appointment, Clinician, StaffAccount

Row_ = models.Subscription
CALENDAR = (
    select(Clinician.calendar_revision)
    .where(Clinician.id == Row_.clinician_id)
    .scalar_subquery()
    .label("calendar")
)
CALENDARS = select(func.sum(Clinician.calendar_revision)).scalar_subquery().label("calendars")
ITS_REVISION = (
    select(Appointment.revision)
    .where(Appointment.id == Row_.appointment_id)
    .scalar_subquery()
    .label("appointment")
)
FIND = select(
    Row_.id,
    Row_.clinician_id,
    Row_.location_id,
    Row_.appointment_id,
    Row_.used_on,
    Row_.seen,
    Row_.seen_at,
    CLINIC_REVISION.label("clinic"),
    CALENDAR,
    CALENDARS,
    ITS_REVISION,
).where(Row_.secret_hash == bindparam("secret_hash"))


def find(session: Session, secret_hash: str) -> Row[Any] | None:
    """Return the link of a secret, with how often what it shows has changed."""
    return run(session, FIND, secret_hash=secret_hash).first()


def add(session: Session, **values: Any) -> None:  # noqa: ANN401  columns of the table
    """Keep a link."""
    session.execute(insert(Row_).values(**values))


def note_use(session: Session, id_: str, *, on: date, seen: str, seen_at: datetime) -> None:
    """Note that a program looked, and at what."""
    one = update(Row_).where(Row_.id == id_)
    session.execute(one.values(used_on=on, seen=seen, seen_at=seen_at))


def of_staff(session: Session) -> list[Subscription]:
    """Return the links to calendars of doctors and places, by calendar and name."""
    return _listed(session, Row_.appointment_id.is_(None))


def of_appointment(session: Session, appointment_id: str) -> list[Subscription]:
    """Return the links of one appointment."""
    return _listed(session, Row_.appointment_id == appointment_id)


def of_source(session: Session, source: Source) -> list[Subscription]:
    """Return the links to one calendar."""
    return _listed(session, _is_of(source))


def _is_of(source: Source) -> ColumnElement[bool]:
    if source.clinician_id is not None:
        return Row_.clinician_id == source.clinician_id
    if source.location_id is not None:
        return Row_.location_id == source.location_id
    return Row_.appointment_id == source.appointment_id


def _listed(session: Session, which: ColumnElement[bool]) -> list[Subscription]:
    query = (
        select(Row_, StaffAccount.name.label("maker"))
        .outerjoin(StaffAccount, StaffAccount.id == Row_.made_by)
        .where(which)
        .order_by(Row_.location_id, Row_.clinician_id, Row_.name, Row_.made_at, Row_.id)
    )
    return [_subscription(row, maker) for row, maker in session.execute(query)]


def _subscription(row: models.Subscription, maker: str | None) -> Subscription:
    return Subscription(
        id=row.id,
        name=row.name,
        source=Source(
            clinician_id=row.clinician_id,
            location_id=row.location_id,
            appointment_id=row.appointment_id,
        ),
        made_by=row.made_by,
        maker=maker,
        made_at=row.made_at,
        used_on=row.used_on,
    )


def drop(session: Session, ids: Iterable[str]) -> bool:
    """End some links; say whether any was there."""
    gone = delete(Row_).where(Row_.id.in_(list(ids))).returning(Row_.id)
    return bool(session.execute(gone).all())


def drop_of_clinician(session: Session, clinician_id: int) -> list[str]:
    """End the links to a doctor's calendar; return their names."""
    return _dropped(session, Row_.clinician_id == clinician_id)


def drop_of_location(session: Session, location_id: int) -> list[str]:
    """End the links to a place's calendar; return their names."""
    return _dropped(session, Row_.location_id == location_id)


def drop_of_staff(session: Session, staff_id: str) -> list[str]:
    """End the links that somebody made, and has in a phone of theirs; return their names."""
    return _dropped(session, Row_.made_by == staff_id)


def drop_of_patient(session: Session, patient_id: str) -> None:
    """End the links of a patient's appointments."""
    theirs = select(Appointment.id).where(Appointment.patient_id == patient_id)
    session.execute(delete(Row_).where(Row_.appointment_id.in_(theirs)))


def _dropped(session: Session, which: ColumnElement[bool]) -> list[str]:
    return list(session.scalars(delete(Row_).where(which).returning(Row_.name)))


def _over(before: datetime) -> ColumnElement[bool]:
    return Row_.appointment_id.in_(select(Appointment.id).where(Appointment.ends_at < before))


def drop_old(session: Session, *, visit_before: datetime) -> None:
    """Forget the links of appointments that are long over."""
    session.execute(delete(Row_).where(_over(visit_before)))


def any_old(session: Session, *, visit_before: datetime) -> bool:
    """Say whether there is something to forget, without taking the write lock."""
    return session.scalar(select(Row_.id).where(_over(visit_before)).limit(1)) is not None
