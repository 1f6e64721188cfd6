"""People on the site: sessions that are rows, so that ending one ends it."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from app.domain.booking import SAFETY_LASTS
from app.domain.refusals import SafetyCheckNeeded
from app.storage import holds, people, sealing, visitors
from app.storage.clinic import Revisions
from app.storage.database import reading, retried, transaction
from app.storage.visitors import Visit

IDLE = timedelta(minutes=30)
AT_MOST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)  # a session is not written at each look


def find(handle: str, *, now: datetime) -> tuple[Visit, Revisions] | None:
    """Return the session of a cookie's handle, and whether the clinic changed, in one question."""
    found = visitors.find(reading(), id_of(handle))
    if found is None or _over(found[0], now):
        return None
    return found


def _over(visit: Visit, now: datetime) -> bool:
    return visit.seen_at < now - IDLE or visit.created_at < now - AT_MOST


@retried
def begin(
    *, way: str, network: str, safety_at: datetime | None, now: datetime
) -> tuple[str, Visit]:
    """Begin a session; return its handle, which only the person's cookie keeps."""
    handle = secrets.token_urlsafe(32)
    with transaction() as session:
        _add(session, handle, way=way, network=network, safety_at=safety_at, now=now)
    begun = find(handle, now=now)
    if begun is None:
        raise LookupError("a session that was just begun is gone")
    return handle, begun[0]


def _add(
    session: Session,
    handle: str,
    *,
    way: str,
    network: str,
    safety_at: datetime | None,
    now: datetime,
) -> None:
    visitors.add(
        session,
        id=id_of(handle),
        created_at=now,
        seen_at=now,
        way=way,
        safety_at=safety_at,
        network_key=network_key(network, now=now),
    )


def renew(session: Session, visit: Visit | None, *, network: str, now: datetime) -> str:
    """Return a new handle, for a session that is about to see more than it did.

    What the person has underway goes on under it; a handle that somebody planted in their
    browser, or copied from it before, opens nothing any more.
    """
    handle = secrets.token_urlsafe(32)
    if visit is not None and visitors.lock(session, visit.id):
        holds.lock_calendars(session, held_by=visit.id)
        visitors.rename(session, visit.id, id_of(handle))
    else:
        _add(session, handle, way="general", network=network, safety_at=None, now=now)
    return handle


def network_key(network: str, *, now: datetime) -> str:
    """Return a hash of a network that changes every day and cannot be guessed back."""
    return sealing.of(reading()).keyed_hash(f"network|{now.date()}", network)


def check_safety(visit: Visit, *, now: datetime) -> None:
    """Refuse whoever did the safety check more than a day ago, or not at all."""
    if visit.safety_at is None or visit.safety_at < now - SAFETY_LASTS:
        raise SafetyCheckNeeded


def touch(visit: Visit, *, now: datetime) -> None:
    """Note that the person is still here, every few minutes."""
    if visit.seen_at < now - SEEN_EVERY:
        with transaction() as session:
            visitors.change(session, visit.id, seen_at=now)


@retried
def put_down_reading(visit: Visit) -> None:
    """Let a visitor begin another reading; the one they had stays, with its code and its record."""
    with transaction() as session:
        visitors.change(session, visit.id, reading_id=None)


@retried
def leave(visit: Visit) -> None:
    """End a session: give back what it holds, forget what it said and did not book."""
    with transaction() as session:
        visitors.lock(session, visit.id)
        holds.lock_calendars(session, held_by=visit.id)
        holds.drop_of(session, visit.id)
        visitors.end(session, visit.id)
        people.forget(session, [(visit.patient_id, visit.intake_id)])


def id_of(handle: str) -> str:
    """Return what the database knows of a handle."""
    return sha256(handle.encode()).hexdigest()
