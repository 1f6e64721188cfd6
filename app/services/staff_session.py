"""People who are signed in: sessions that are rows, so that ending one ends it."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.staff import Role
from app.services.visitor import id_of
from app.storage import staff_sessions
from app.storage.database import reading, retried, transaction
from app.storage.staff_sessions import StaffVisit

IDLE = timedelta(minutes=30)
AT_MOST = timedelta(hours=12)
HALF_WAY = timedelta(minutes=10)  # between the password and the second factor
SEEN_EVERY = timedelta(minutes=1)


def find(handle: str, *, now: datetime) -> StaffVisit | None:
    """Return the session of a cookie's handle, signed in or half-way, while it is good."""
    found = staff_sessions.find(reading(), id_of(handle))
    return None if found is None or _over(found, now) else found


def _over(visit: StaffVisit, now: datetime) -> bool:
    if visit.passed_at is None:
        return visit.created_at < now - HALF_WAY
    return visit.seen_at < now - idle(visit) or visit.created_at < now - AT_MOST


def idle(visit: StaffVisit) -> timedelta:
    """Say how long a session may rest: reception's as long as the clinic says."""
    if visit.staff.role is Role.RECEPTION:
        return max(IDLE, timedelta(minutes=visit.desk_minutes))
    return IDLE


def touch(visit: StaffVisit, *, now: datetime) -> None:
    """Note that the person is still here, every minute."""
    if visit.seen_at < now - SEEN_EVERY:
        with transaction() as session:
            staff_sessions.change(session, visit.id, seen_at=now)


def begin(session: Session, staff_id: str, *, device: str, passed: bool, now: datetime) -> str:
    """Begin a session; return its handle, which only the person's cookie keeps."""
    handle = secrets.token_urlsafe(32)
    passed_at = now if passed else None
    staff_sessions.add(
        session, id=id_of(handle), staff_id=staff_id, created_at=now, seen_at=now,
        passed_at=passed_at, proved_at=passed_at, tries=0, token_id=None, device=device,
    )  # fmt: skip
    return handle


@retried
def leave(visit: StaffVisit) -> None:
    """Sign somebody out."""
    with transaction() as session:
        staff_sessions.end(session, visit.id, staff_id=visit.staff.id)
