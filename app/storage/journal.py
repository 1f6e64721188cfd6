"""Who changed what."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, cast, extract, func, insert, select
from sqlalchemy.orm import Session

from app.domain.journal import VERBS, Asked, Kind, Line
from app.storage.database import run
from app.storage.models import Appointment, JournalEntry

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


def since(session: Session, verbs: Collection[str], *, after: datetime) -> list[JournalEntry]:
    """Return the lines of some kinds since an instant, the first first."""
    done = select(JournalEntry).where(JournalEntry.verb.in_(verbs), JournalEntry.at > after)
    return list(session.scalars(done.order_by(JournalEntry.id)))


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


LINES = select(JournalEntry, Appointment.reference).outerjoin(
    Appointment, Appointment.id == JournalEntry.appointment_id
)


def page(session: Session, asked: Asked, *, before: int | None, at_most: int) -> list[Line]:
    """Return the newest lines that were asked for, from before a line on."""
    wanted = _wanted(asked)
    if before is not None:
        wanted.append(JournalEntry.id < before)
    query = LINES.where(*wanted).order_by(JournalEntry.id.desc()).limit(at_most)
    return [line_from(row) for row in session.execute(query)]


def line_from(row: Row[JournalEntry, str | None]) -> Line:
    """Return a line of the journal with its appointment's reference."""
    entry, reference = row
    return Line(
        id=entry.id,
        at=entry.at,
        actor=entry.actor,
        verb=entry.verb,
        appointment_id=entry.appointment_id,
        change=entry.change,
        reference=reference,
    )


def _wanted(asked: Asked) -> list[ColumnElement[bool]]:
    wanted = [JournalEntry.at >= asked.after, JournalEntry.at < asked.until]
    if asked.actor:
        wanted.append(JournalEntry.actor == asked.actor)
    if asked.reference:
        wanted.append(Appointment.reference == asked.reference)
    if asked.kind:
        wanted += _about(asked.kind)
    return wanted


def _about(kind: Kind) -> list[ColumnElement[bool]]:
    """Say which lines are of a kind: what a verb does not tell, the appointment does."""
    if kind in VERBS:
        return [JournalEntry.verb.in_(VERBS[kind])]
    others = [verb for verbs in VERBS.values() for verb in verbs]
    on_one = JournalEntry.appointment_id.is_not(None)
    about = on_one if kind is Kind.APPOINTMENTS else ~on_one
    return [about, JournalEntry.verb.not_in(others)]
