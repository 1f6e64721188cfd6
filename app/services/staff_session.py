"""People who are signed in: sessions that are rows, so that ending one ends it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.refusals import NotYours, SignInNeeded
from app.domain.staff import Role
from app.services.visitor import id_of
from app.storage import staff_sessions
from app.storage.database import reading, retried, transaction
from app.storage.staff_sessions import StaffVisit

IDLE = timedelta(minutes=30)
AT_MOST = timedelta(hours=12)
HALF_WAY = timedelta(minutes=10)  # between the password and the second factor
SEEN_EVERY = timedelta(minutes=1)
PROOF_LASTS = timedelta(minutes=5)
LOCKED_AFTER = timedelta(minutes=10)  # where sessions last longer than half an hour


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


def proven(visit: StaffVisit, *, now: datetime) -> bool:
    """Say whether the person showed within five minutes that it is still they."""
    return visit.proved_at is not None and visit.proved_at >= now - PROOF_LASTS


def locked(visit: StaffVisit, *, now: datetime) -> bool:
    """Say whether a long session rested so long that the person shows again who they are."""
    return idle(visit) > IDLE and visit.seen_at < now - LOCKED_AFTER


def touch(visit: StaffVisit, *, now: datetime) -> None:
    """Note that the person is still here, every minute."""
    if visit.seen_at <= now - SEEN_EVERY:
        with transaction() as session:
            staff_sessions.change(session, visit.id, seen_at=now)


def begin(
    session: Session, staff_id: str, *, token_id: str | None = None, device: str, now: datetime
) -> str:
    """Begin a session half-way; return its handle, which only the person's cookie keeps."""
    handle = secrets.token_urlsafe(32)
    staff_sessions.add(
        session, id=id_of(handle), staff_id=staff_id, created_at=now, seen_at=now,
        passed_at=None, proved_at=None, tries=0, token_id=token_id, device=device,
    )  # fmt: skip
    return handle


def renew(session: Session, visit: StaffVisit, *, now: datetime) -> str:
    """Give a session a new handle, since its person showed again who they are."""
    handle = secrets.token_urlsafe(32)
    kept = staff_sessions.rename(session, visit.id, id=id_of(handle), proved_at=now, seen_at=now)
    if not kept:
        raise SignInNeeded
    return handle


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A session as its person sees it in their list."""

    id: str
    device: str
    since: datetime
    seen_at: datetime
    this: bool


def listing(visit: StaffVisit, *, now: datetime) -> list[Open]:
    """Return where somebody is signed in."""
    rows = staff_sessions.of(reading(), visit.staff.id)
    return [
        Open(id=row.id, device=row.device, since=row.created_at, seen_at=row.seen_at,
             this=row.id == visit.id)
        for row in rows
        if row.created_at >= now - AT_MOST and row.seen_at >= now - idle(visit)
    ]  # fmt: skip


@retried
def end(visit: StaffVisit, session_id: str) -> None:
    """End one of one's own sessions; what is not one's own is not there."""
    with transaction() as session:
        if not staff_sessions.end(session, session_id, staff_id=visit.staff.id):
            raise NotYours


@retried
def end_others(visit: StaffVisit) -> None:
    """End all of one's sessions but this one."""
    with transaction() as session:
        staff_sessions.end_all(session, visit.staff.id, but=[visit.id])


@retried
def leave(visit: StaffVisit) -> None:
    """Sign somebody out."""
    with transaction() as session:
        staff_sessions.end(session, visit.id, staff_id=visit.staff.id)
