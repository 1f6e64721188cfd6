"""Appointments that are still to come: where they stand, and how to reach whoever comes."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, bindparam, select
from sqlalchemy.orm import Session

from app.domain.interval import Interval
from app.domain.rehousing import Coming
from app.storage.appointments import wish_from
from app.storage.database import run
from app.storage.models import Appointment, Patient, Status

ON_THE_WAY = (Status.BOOKED, Status.TENTATIVE, Status.ARRIVED, Status.IN_ROOM)
NAMED = 200  # that a page shows


class Standing(NamedTuple):
    """Where an appointment stands, and no more: thousands are read at once."""

    id: str
    clinician_id: int
    location_id: int
    video: bool
    start: datetime
    end: datetime


def standing_where(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Ask where what is still to come stands in some calendars."""
    return (
        select(
            Appointment.id,
            Appointment.clinician_id,
            Appointment.location_id,
            Appointment.video,
            Appointment.starts_at,
            Appointment.ends_at,
        )
        .where(
            Appointment.clinician_id.in_(bindparam("ids", expanding=True)),
            Appointment.blocked_until > bindparam("now"),
            Appointment.starts_at >= bindparam("now"),
            *conditions,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )


STANDING = standing_where(Appointment.status == Status.BOOKED)
WHO = (
    Appointment.id,
    Appointment.reference,
    Appointment.clinician_id,
    Appointment.location_id,
    Appointment.visit_type_id,
    Appointment.video,
    Appointment.starts_at,
    Appointment.ends_at,
    Appointment.revision,
    Patient.name,
    Patient.phone,
    Patient.email,
    Patient.language,
)
THESE = (
    select(*WHO)
    .join(Patient, Patient.id == Appointment.patient_id)
    .where(Appointment.id.in_(bindparam("ids", expanding=True)))
    .order_by(Appointment.starts_at, Appointment.id)
)


def standing(session: Session, clinician_ids: Iterable[int], *, now: datetime) -> list[Standing]:
    """Return where booked appointments of some calendars stand; none that overlaps on purpose."""
    found: Any = run(session, STANDING, ids=list(clinician_ids), now=now)
    return [Standing(*row) for row in found]


def these(session: Session, ids: Collection[str]) -> tuple[Coming, ...]:
    """Return some appointments with how to reach whoever comes, the first first."""
    return tuple(coming_from(row) for row in run(session, THESE, ids=list(ids))) if ids else ()


def next_at(session: Session, location_id: int, *, now: datetime) -> tuple[Coming, ...]:
    """Return the next appointments at a place: whoever is on the way too."""
    row = Appointment
    query = select(*WHO).join(Patient, Patient.id == row.patient_id)
    query = query.where(
        row.location_id == location_id, row.starts_at >= now, row.status.in_(ON_THE_WAY)
    )
    found: Any = session.execute(query.order_by(row.starts_at).limit(NAMED))
    return tuple(coming_from(one) for one in found)


def coming_from(row: Row[Any]) -> Coming:
    """Read an appointment from a row that has the columns of WHO."""
    return Coming(
        id=row.id,
        reference=row.reference,
        wish=wish_from(row),
        interval=Interval(row.starts_at, row.ends_at),
        name=row.name,
        phone=row.phone,
        email=row.email,
        language=row.language,
        revision=row.revision,
    )


def at_place(
    location_id: int, clinician_ids: Collection[int], span: Interval
) -> ColumnElement[bool]:
    """Mean the appointments at a place in a span, those that were cancelled left out."""
    row = Appointment
    theirs = row.clinician_id.in_(clinician_ids) & (row.blocked_until > span.start)
    in_span = (row.starts_at >= span.start) & (row.starts_at < span.end)
    return theirs & in_span & (row.location_id == location_id) & (row.status != Status.CANCELLED)
