"""Who changed what."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, cast, extract, func, insert, select
from sqlalchemy.orm import Session

from app.storage.database import run
from app.storage.models import JournalEntry

NOTE = insert(JournalEntry)


def note(
    session: Session,
    verb: str,
    *,
    actor: str,
    appointment_id: str | None,
    now: datetime,
    **change: Any,  # noqa: ANN401  whatever the verb changed, as JSON
) -> None:
    """Write down one change; nothing about health goes in."""
    run(
        session,
        NOTE,
        at=now,
        actor=actor,
        verb=verb,
        appointment_id=appointment_id,
        change=change,
    )


def of(session: Session, appointment_id: str) -> list[JournalEntry]:
    """Return what was done to an appointment, the first first."""
    theirs = select(JournalEntry).where(JournalEntry.appointment_id == appointment_id)
    return list(session.scalars(theirs.order_by(JournalEntry.id)))


def noted_since(
    session: Session, verb: str, *, actor: str, appointment_id: str | None, after: datetime
) -> list[dict[str, Any]]:
    """Return what somebody's lines of a kind say since an instant, the first first."""
    theirs = select(JournalEntry.change).where(
        JournalEntry.verb == verb,
        JournalEntry.actor == actor,
        JournalEntry.appointment_id == appointment_id,
        JournalEntry.at > after,
    )
    return list(session.scalars(theirs.order_by(JournalEntry.id)))


def last_at(session: Session, verb: str) -> datetime | None:
    """Return when something was last done."""
    query = select(JournalEntry.at).where(JournalEntry.verb == verb)
    return session.scalar(query.order_by(JournalEntry.id.desc()).limit(1))


def count(session: Session, verbs: Collection[str], *, after: datetime) -> int:
    """Count how often something was done since an instant."""
    done = select(func.count()).where(JournalEntry.verb.in_(verbs), JournalEntry.at > after)
    return session.scalar(done) or 0


def counts(
    session: Session,
    verbs: Collection[str],
    *,
    after: datetime,
    until: datetime,
    window: timedelta,
) -> list[int]:
    """Count how often something was done in each window of time in which it was."""
    seconds = cast(extract("epoch", JournalEntry.at), BigInteger)
    done = select(func.count()).where(
        JournalEntry.verb.in_(verbs), JournalEntry.at > after, JournalEntry.at <= until
    )
    return list(session.scalars(done.group_by(seconds // int(window.total_seconds()))))


def note_each(
    session: Session,
    verb: str,
    appointment_ids: Collection[str],
    *,
    actor: str,
    now: datetime,
    **change: Any,  # noqa: ANN401  as above
) -> None:
    """Write down the same change of some appointments."""
    line = {"at": now, "actor": actor, "verb": verb, "change": change}
    if appointment_ids:
        session.execute(
            insert(JournalEntry), [line | {"appointment_id": id_} for id_ in appointment_ids]
        )
