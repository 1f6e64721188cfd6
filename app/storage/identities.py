"""Who staff are at the clinic's identity provider."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.storage.models import StaffIdentity

ADD = {
    name: dialect.insert(StaffIdentity).on_conflict_do_nothing().returning(StaffIdentity.id)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def add(session: Session, **values: Any) -> bool:  # noqa: ANN401  columns of the table
    """Keep a link, unless somebody else has it, also since just now; say whether it is kept."""
    connection = session.connection()
    return connection.execute(ADD[connection.dialect.name], values).first() is not None


def staff_of(session: Session, issuer: str, subject: str) -> str | None:
    """Return who is linked to a subject of an issuer: both exactly as they are."""
    one = (StaffIdentity.issuer == issuer) & (StaffIdentity.subject == subject)
    return session.scalar(select(StaffIdentity.staff_id).where(one))


def of(session: Session, staff_id: str, issuer: str) -> str | None:
    """Return the subject that somebody is linked to."""
    theirs = (StaffIdentity.staff_id == staff_id) & (StaffIdentity.issuer == issuer)
    return session.scalar(select(StaffIdentity.subject).where(theirs))


def drop_all(session: Session, staff_id: str) -> bool:
    """Take somebody's links away; say whether there was one."""
    gone = delete(StaffIdentity).where(StaffIdentity.staff_id == staff_id)
    return session.execute(gone.returning(StaffIdentity.id)).first() is not None


def note_use(session: Session, issuer: str, subject: str, *, now: datetime) -> None:
    """Note when a link was last used."""
    one = (StaffIdentity.issuer == issuer) & (StaffIdentity.subject == subject)
    session.execute(update(StaffIdentity).where(one).values(used_at=now))
