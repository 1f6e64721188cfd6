"""Sessions of people who work here: how they are kept and found."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.staff import Staff
from app.storage import models
from app.storage.database import run
from app.storage.staff import WHO, staff_from

Signed = models.StaffSession


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffVisit:
    """A session with whom it is of; *desk_minutes* is how long the clinic lets it rest."""

    id: str
    staff: Staff
    created_at: datetime
    seen_at: datetime
    passed_at: datetime | None
    proved_at: datetime | None
    tries: int
    token_id: str | None
    device: str
    desk_minutes: int


FIND = (
    select(
        Signed.id, Signed.created_at, Signed.seen_at, Signed.passed_at, Signed.proved_at,
        Signed.tries, Signed.token_id, Signed.device, *WHO,
        func.coalesce(select(models.Clinic.desk_minutes).scalar_subquery(), 0).label("minutes"),
    )
    .join(models.StaffAccount, models.StaffAccount.id == Signed.staff_id)
    .where(Signed.id == bindparam("its_id"), models.StaffAccount.left_at.is_(None))
)  # fmt: skip
ADD = insert(Signed)
CHANGE = update(Signed).where(Signed.id == bindparam("its_id"))


def find(session: Session, session_id: str) -> StaffVisit | None:
    """Return a session with whom it is of, in one question; nobody's who has left."""
    row = run(session, FIND, its_id=session_id).first()
    if row is None:
        return None
    return StaffVisit(
        id=row.id,
        staff=staff_from(row),
        created_at=row.created_at,
        seen_at=row.seen_at,
        passed_at=row.passed_at,
        proved_at=row.proved_at,
        tries=row.tries,
        token_id=row.token_id,
        device=row.device,
        desk_minutes=row.minutes,
    )


def add(session: Session, **values: Any) -> None:  # noqa: ANN401  columns of the table
    """Keep a new session."""
    run(session, ADD, **values)


def change(session: Session, session_id: str, **values: Any) -> None:  # noqa: ANN401  columns
    """Change a session."""
    run(session, CHANGE, its_id=session_id, **values)


def rename(session: Session, session_id: str, **values: Any) -> bool:  # noqa: ANN401  columns
    """Give a session another id; the old one is dead.  False when it had ended."""
    renamed = update(Signed).where(Signed.id == session_id).values(**values)
    return session.execute(renamed.returning(Signed.id)).first() is not None


def of(session: Session, staff_id: str) -> list[models.StaffSession]:
    """Return somebody's sessions, the one used last first."""
    theirs = select(Signed).where(Signed.staff_id == staff_id, Signed.passed_at.is_not(None))
    return list(session.scalars(theirs.order_by(Signed.seen_at.desc(), Signed.id)))


def end(session: Session, session_id: str, *, staff_id: str) -> bool:
    """End one of somebody's sessions; False when there is none of this name."""
    gone = delete(Signed).where(Signed.id == session_id, Signed.staff_id == staff_id)
    return session.execute(gone.returning(Signed.id)).first() is not None


def end_all(session: Session, staff_id: str, *, but: Collection[str] = ()) -> None:
    """End all of somebody's sessions, but for some."""
    theirs = delete(Signed).where(Signed.staff_id == staff_id, Signed.id.not_in(list(but)))
    session.execute(theirs)


def end_old(session: Session, *, begun_before: datetime) -> None:
    """End the sessions that have lasted as long as any may."""
    session.execute(delete(Signed).where(Signed.created_at < begun_before))


def any_old(session: Session, *, begun_before: datetime) -> bool:
    """Say whether a session is to be ended, without taking the write lock."""
    old = select(Signed.id).where(Signed.created_at < begun_before).limit(1)
    return session.scalar(old) is not None


def desk_minutes(session: Session) -> int:
    """Return how long reception may rest."""
    return session.scalar(select(models.Clinic.desk_minutes)) or 0


def set_desk_minutes(session: Session, minutes: int) -> None:
    """Say how long reception may rest."""
    session.execute(update(models.Clinic).values(desk_minutes=minutes))
