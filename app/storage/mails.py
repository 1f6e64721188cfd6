"""Mails owed: written in the same transaction as the promise they report."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.storage.models import Mail, MailState, Proposal

OWE = insert(Mail)


def owe(session: Session, rows: Iterable[dict[str, Any]], *, now: datetime) -> None:
    """Owe some mails; each row has a kind and when it is due."""
    filled = [
        {
            "appointment_id": None,
            "sequence": 0,
            "lead_hours": 0,
            "previous": None,
            "recipient": None,
            "state": MailState.OWED,
            "attempts": 0,
            "owed_at": now,
            "next_try_at": row["due_at"],
        }
        | row
        for row in rows
    ]
    if filled:
        session.connection().execute(OWE, filled)


def count(session: Session, appointment_id: str, kind: str) -> int:
    """Count the mails of a kind that an appointment was ever owed."""
    theirs = (Mail.appointment_id == appointment_id) & (Mail.kind == kind)
    return session.scalar(select(func.count()).where(theirs)) or 0


def of(session: Session, appointment_id: str) -> list[Mail]:
    """Return the mails about an appointment, the one due first first."""
    theirs = select(Mail).where(Mail.appointment_id == appointment_id)
    return list(session.scalars(theirs.order_by(Mail.due_at, Mail.id)))


def with_offers(session: Session, appointment_id: str) -> list[Mail]:
    """Return the same, with those that offered other times for it."""
    offers = select(Proposal.id).where(Proposal.appointment_id == appointment_id)
    theirs = (Mail.appointment_id == appointment_id) | Mail.proposal_id.in_(offers)
    return list(session.scalars(select(Mail).where(theirs).order_by(Mail.due_at, Mail.id)))


def left(session: Session, appointment_id: str, *, staff_id: str | None = None) -> list[Mail]:
    """Return the mails about an appointment that left, the first first: those to one reader."""
    theirs = Mail.staff_id.is_(None) if staff_id is None else Mail.staff_id == staff_id
    gone = (Mail.appointment_id == appointment_id) & (Mail.state == MailState.HANDED_OVER)
    return list(
        session.scalars(select(Mail).where(gone, theirs).order_by(Mail.handed_over_at, Mail.id))
    )


def numbers(
    session: Session, appointment_ids: Iterable[str], kinds: Iterable[str]
) -> dict[str, int]:
    """Return the next number in each appointment's line of mails of some kinds, if it has one."""
    theirs = Mail.appointment_id.in_(list(appointment_ids)) & Mail.kind.in_(list(kinds))
    query = select(Mail.appointment_id, func.max(Mail.sequence) + 1).where(theirs)
    found = session.execute(query.group_by(Mail.appointment_id))
    return {id_ or "": number for id_, number in found}


def withdraw(session: Session, appointment_id: str, kinds: Iterable[str]) -> bool:
    """Take back mails that would say what is no longer true; say whether there was one."""
    taken = session.execute(
        update(Mail)
        .where(
            Mail.appointment_id == appointment_id,
            Mail.kind.in_(list(kinds)),
            Mail.state == MailState.OWED,
        )
        .values(state=MailState.WITHDRAWN)
        .returning(Mail.id)
    )
    return bool(taken.all())


def anything_due(session: Session, *, now: datetime) -> bool:
    """Say whether a mail waits, without taking the write lock."""
    due = select(Mail.id).where(Mail.state == MailState.OWED, Mail.next_try_at <= now)
    return session.scalar(due.limit(1)) is not None


def lease(session: Session, owner: str, *, now: datetime, lasts: timedelta) -> Mail | None:
    """Take the mail that waits longest for one worker; nobody else tries it meanwhile."""
    due = (
        select(Mail)
        .where(Mail.state == MailState.OWED, Mail.next_try_at <= now)
        .order_by(Mail.next_try_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    mail = session.scalars(due).first()
    if mail is None:
        return None
    mail.attempts += 1
    mail.leased_by = owner
    mail.next_try_at = now + lasts
    session.flush()
    session.expunge(mail)
    return mail


def find(session: Session, mail_id: int) -> Mail | None:
    """Return one mail."""
    return session.get(Mail, mail_id, populate_existing=True)


def settle(session: Session, mail_id: int, owner: str, **values: Any) -> None:  # noqa: ANN401  columns
    """Record how a leased mail ended, if the lease is still this worker's."""
    session.execute(
        update(Mail)
        .where(Mail.id == mail_id, Mail.leased_by == owner, Mail.state == MailState.OWED)
        .values(leased_by=None, **values)
    )


def listing(session: Session, *, at_most: int) -> list[Mail]:
    """Return the mails not yet handed over, the oldest first, then those refused."""
    query = select(Mail).where(Mail.state.in_([MailState.OWED, MailState.REFUSED]))
    return list(session.scalars(query.order_by(Mail.state, Mail.due_at).limit(at_most)))


def oldest_owed(session: Session, *, now: datetime) -> datetime | None:
    """Return since when the mail that waits longest is due."""
    query = select(Mail.due_at).where(Mail.state == MailState.OWED, Mail.due_at <= now)
    return session.scalar(query.order_by(Mail.due_at).limit(1))
