"""How long somebody who could not sign in has to wait: counted for all processes."""

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.storage.models import StaffWait

COUNT = {
    name: dialect.insert(StaffWait)
    .on_conflict_do_update(
        index_elements=[StaffWait.key], set_={"tries": StaffWait.tries}  # locks the row
    )
    .returning(StaffWait.tries, StaffWait.until)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}  # fmt: skip


def lock(session: Session, key: str, *, now: datetime) -> tuple[int, datetime]:
    """Return the tries under a key and until when the next waits; its row stays locked."""
    connection = session.connection()
    values = {"key": key, "day": now.date(), "tries": 0, "until": now}
    row = connection.execute(COUNT[connection.dialect.name], values).one()
    return row.tries, row.until


def keep(session: Session, key: str, *, tries: int, until: datetime) -> None:
    """Keep one more try."""
    row = session.get_one(StaffWait, key, populate_existing=True)
    row.tries, row.until = tries, until
    session.flush()


def drop(session: Session, key: str) -> None:
    """Forget the tries of somebody who is in."""
    session.execute(delete(StaffWait).where(StaffWait.key == key))


def forget(session: Session, *, before: date) -> None:
    """Forget the tries of the days before a day."""
    session.execute(delete(StaffWait).where(StaffWait.day < before))


def any_old(session: Session, *, before: date) -> bool:
    """Say whether there is something to forget, without taking the write lock."""
    return session.scalar(select(StaffWait.key).where(StaffWait.day < before).limit(1)) is not None
