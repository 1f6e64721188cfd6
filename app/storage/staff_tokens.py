"""What works once: links to join or to a new password, and passkeys' challenges."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.storage.models import StaffToken


def add(session: Session, **values: Any) -> None:  # noqa: ANN401  columns of the table
    """Keep something that works once."""
    session.execute(insert(StaffToken).values(**values))


ADD_ONCE = {
    name: dialect.insert(StaffToken).on_conflict_do_nothing().returning(StaffToken.id)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}


def add_once(session: Session, **values: Any) -> bool:  # noqa: ANN401  columns of the table
    """Keep something unless it is kept already, also since just now; say whether it was not."""
    connection = session.connection()
    return connection.execute(ADD_ONCE[connection.dialect.name], values).first() is not None


def find(session: Session, token_id: str, *, now: datetime) -> StaffToken | None:
    """Return what was kept under a name, while it is good."""
    good = (StaffToken.id == token_id) & (StaffToken.until >= now)
    query = select(StaffToken).where(good)
    return session.scalars(query.execution_options(populate_existing=True)).first()


def newest(session: Session, staff_id: str, kind: str, *, now: datetime) -> StaffToken | None:
    """Return somebody's newest of a kind, while it is good."""
    theirs = (StaffToken.staff_id == staff_id) & (StaffToken.kind == kind)
    query = select(StaffToken).where(theirs, StaffToken.until >= now)
    return session.scalars(query.order_by(StaffToken.created_at.desc()).limit(1)).first()


def use(session: Session, token_id: str, kind: str, *, now: datetime) -> StaffToken | None:
    """Use something up; nothing when it was used, also just now, or its time is over."""
    one = delete(StaffToken).where(StaffToken.id == token_id, StaffToken.kind == kind)
    found = session.execute(one.returning(StaffToken.staff_id, StaffToken.until)).first()
    if found is None or found.until < now:
        return None
    return StaffToken(id=token_id, kind=kind, staff_id=found.staff_id, until=found.until)


def drop_all(session: Session, staff_id: str) -> None:
    """End every link of somebody."""
    session.execute(delete(StaffToken).where(StaffToken.staff_id == staff_id))


def forget(session: Session, *, before: datetime) -> None:
    """Forget what ended before an instant."""
    session.execute(delete(StaffToken).where(StaffToken.until < before))


def any_old(session: Session, *, before: datetime) -> bool:
    """Say whether there is something to forget, without taking the write lock."""
    old = select(StaffToken.id).where(StaffToken.until < before).limit(1)
    return session.scalar(old) is not None
