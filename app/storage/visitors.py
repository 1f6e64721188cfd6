"""Sessions of people on the site: how they are kept and found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, literal, select, update
from sqlalchemy.orm import Session

from app.domain.appointment import Hold, Person
from app.storage import models
from app.storage.adding import add_or_change
from app.storage.clinic import ALL_CALENDARS, CLINIC_REVISION, Revisions
from app.storage.database import run
from app.storage.holds import HELD, hold_from
from app.storage.models import Status
from app.storage.people import person_from

Visitor = models.Visitor
Grant = models.VisitorGrant


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A session, with the time it holds and who comes, as far as they said."""

    id: str
    created_at: datetime
    seen_at: datetime
    way: str
    safety_at: datetime | None
    network_key: str
    reading_id: str | None
    patient_id: str | None
    intake_id: str | None
    hold: Hold | None
    person: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """An appointment that a session may see, and what else was shown there."""

    appointment_id: str
    unlocked: bool
    by_link: bool


VISIT = (
    Visitor.id.label("visitor_id"),
    Visitor.created_at,
    Visitor.seen_at,
    Visitor.way,
    Visitor.safety_at,
    Visitor.network_key,
    Visitor.reading_id,
    Visitor.patient_id,
    Visitor.intake_id,
)
PERSON = (
    models.Patient.name,
    models.Patient.birth_date,
    models.Patient.email,
    models.Patient.phone,
    models.Patient.language,
    models.Patient.booker_name,
    models.Patient.calendar,
)
_HELD = (models.Appointment.held_by == Visitor.id) & (models.Appointment.status == Status.HELD)


FIND = (
    select(
        *VISIT,
        *HELD,
        *PERSON,
        CLINIC_REVISION.label("clinic_revision"),
        ALL_CALENDARS.label("calendars"),
    )
    .select_from(Visitor)
    .outerjoin(models.Appointment, _HELD)
    .outerjoin(models.Patient, models.Patient.id == Visitor.patient_id)
    .where(Visitor.id == bindparam("its_id"))
)
ADD, ADD_GRANT = insert(Visitor), insert(Grant)
CHANGE = update(Visitor).where(Visitor.id == bindparam("its_id"))
LOCK = select(Visitor.id).where(Visitor.id == bindparam("its_id")).with_for_update(key_share=True)
GRANTS = (
    select(Grant.appointment_id, Grant.unlocked_at, Grant.by_link)
    .join(models.Appointment, models.Appointment.id == Grant.appointment_id)
    .where(
        Grant.visitor_id == bindparam("its_id"),
        Grant.link_version == models.Appointment.link_version,
    )
)


def find(session: Session, visitor_id: str) -> tuple[Visit, Revisions] | None:
    """Return a session with its hold, and whether the clinic changed, in one question."""
    row = run(session, FIND, its_id=visitor_id).first()
    if row is None:
        return None
    visit = Visit(
        id=row.visitor_id,
        created_at=row.created_at,
        seen_at=row.seen_at,
        way=row.way,
        safety_at=row.safety_at,
        network_key=row.network_key,
        reading_id=row.reading_id,
        patient_id=row.patient_id,
        intake_id=row.intake_id,
        hold=hold_from(row),
        person=None if row.name is None else person_from(row),
    )
    return visit, Revisions(row.clinic_revision, row.calendars or 0)


def add(session: Session, **values: Any) -> None:  # noqa: ANN401  columns of the table
    """Keep a new session."""
    run(session, ADD, **values)


def change(session: Session, visitor_id: str, **values: Any) -> None:  # noqa: ANN401  columns
    """Change a session."""
    run(session, CHANGE, its_id=visitor_id, **values)


def lock(session: Session, visitor_id: str) -> bool:
    """Let no other page of this session change it meanwhile; False when it has ended."""
    return run(session, LOCK, its_id=visitor_id).first() is not None


def rename(session: Session, visitor_id: str, new_id: str) -> None:
    """Give a session another id: what it holds and may see goes with it, the old id is dead."""
    columns = [column.name for column in Visitor.__table__.columns if column.name != "id"]
    known = select(literal(new_id), *(getattr(Visitor, name) for name in columns)).where(
        Visitor.id == visitor_id
    )
    session.execute(insert(Visitor).from_select(["id", *columns], known))
    held = update(models.Appointment).where(models.Appointment.held_by == visitor_id)
    session.execute(held.values(held_by=new_id))
    for grant_of in (Grant, models.ProposalGrant):
        granted = update(grant_of).where(grant_of.visitor_id == visitor_id)
        session.execute(granted.values(visitor_id=new_id))
    end(session, visitor_id)


def end(session: Session, visitor_id: str) -> None:
    """End a session; its grants go with it."""
    session.execute(delete(Visitor).where(Visitor.id == visitor_id))


def end_idle(
    session: Session, *, seen_before: datetime, begun_before: datetime
) -> list[tuple[str | None, str | None]]:
    """End the sessions nobody uses any more; return (patient, intake) of each."""
    idle = (Visitor.seen_at < seen_before) | (Visitor.created_at < begun_before)
    ended = delete(Visitor).where(idle).returning(Visitor.patient_id, Visitor.intake_id)
    return [(row.patient_id, row.intake_id) for row in session.execute(ended)]


def any_idle(session: Session, *, seen_before: datetime, begun_before: datetime) -> bool:
    """Say whether a session is to be ended, without taking the write lock."""
    idle = (Visitor.seen_at < seen_before) | (Visitor.created_at < begun_before)
    return session.scalar(select(Visitor.id).where(idle).limit(1)) is not None


def grant(session: Session, visitor_id: str, appointment_id: str, **values: Any) -> None:  # noqa: ANN401  columns
    """Let a session see an appointment; doing it again changes nothing but the values."""
    row = {"visitor_id": visitor_id, "appointment_id": appointment_id}
    add_or_change(session, Grant, row | values, values)


def unlock(session: Session, visitor_id: str, appointment_id: str, *, now: datetime) -> None:
    """Note that a session also gave the birth date."""
    mine = (Grant.visitor_id == visitor_id) & (Grant.appointment_id == appointment_id)
    session.execute(update(Grant).where(mine).values(unlocked_at=now))


def grant_new(session: Session, visitor_id: str, appointment_id: str, *, now: datetime) -> None:
    """Let the session that just booked an appointment see it."""
    run(
        session,
        ADD_GRANT,
        visitor_id=visitor_id,
        appointment_id=appointment_id,
        link_version=0,
        by_link=False,
        granted_at=now,
    )


def grants(session: Session, visitor_id: str) -> list[Granted]:
    """Return every grant of a session whose link is still good."""
    return [
        Granted(appointment_id=id_, unlocked=unlocked_at is not None, by_link=by_link)
        for id_, unlocked_at, by_link in run(session, GRANTS, its_id=visitor_id)
    ]
