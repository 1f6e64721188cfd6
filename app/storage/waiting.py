"""The waiting list: how it is kept and read."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.storage import models

Row_ = models.Waiting


def find(session: Session, waiting_id: str) -> models.Waiting | None:
    """Return somebody's place on the list."""
    return session.get(Row_, waiting_id, populate_existing=True)


def close(session: Session, waiting_id: str, why: str, *, now: datetime) -> bool:
    """Take somebody off the list, if they are on it; say whether."""
    on_it = update(Row_).where(Row_.id == waiting_id, Row_.closed_at.is_(None))
    closed = on_it.values(closed_at=now, closed=why).returning(Row_.id)
    return session.execute(closed).first() is not None
