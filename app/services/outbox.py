"""The mails the clinic owes: leased, tried again, and their end recorded."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.storage import mails
from app.storage.database import reading, transaction
from app.storage.models import Mail, MailState

LEASE = timedelta(minutes=5)  # longer than the slowest mail server is listened to
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
GIVE_UP = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedMail:
    """A mail that one worker has taken."""

    id: int
    kind: str
    sequence: int
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxLine:
    """A mail that has not left, as whoever runs the machine sees it: nothing personal."""

    id: int
    kind: str
    state: str
    attempts: int
    due_at: datetime
    next_try_at: datetime
    fault: str | None


def lease(*, now: datetime, owner: str) -> OwedMail | None:
    """Take the mail that waits longest, in a transaction of its own.

    A worker that dies leaves it to be tried again: a mail may arrive twice, but is never
    lost.  Looking comes first, so that an idle worker never takes the write lock.
    """
    if not mails.anything_due(reading(), now=now):
        return None
    with transaction() as session:
        mail = mails.lease(session, owner, now=now, lasts=LEASE)
        return None if mail is None else _owed(mail)


def _owed(mail: Mail) -> OwedMail:
    return OwedMail(id=mail.id, kind=mail.kind, sequence=mail.sequence, attempts=mail.attempts)


def handed_over(mail_id: int, owner: str, *, sender: str, now: datetime) -> None:
    """Record that the mail server took a mail, and from whom; an address of its own is forgotten.

    Whoever invited first is named as the one who invites for as long as the appointment lives.
    """
    with transaction() as session:
        mails.settle(
            session, mail_id, owner,
            state=MailState.HANDED_OVER, handed_over_at=now, sender=sender, fault=None,
            recipient=None,
        )  # fmt: skip


def withdraw(mail_id: int, owner: str) -> None:
    """Record that there was nothing to say any more."""
    with transaction() as session:
        mails.settle(session, mail_id, owner, state=MailState.WITHDRAWN, recipient=None)


def failed(mail_id: int, owner: str, fault: str, *, permanent: bool, now: datetime) -> None:
    """Record a fault and when to try again; after a day, or when told for good, give up."""
    with transaction() as session:
        mail = mails.find(session, mail_id)
        if mail is None:
            return
        if permanent or now - mail.due_at > GIVE_UP:
            mails.settle(session, mail_id, owner, state=MailState.REFUSED, fault=fault)
        else:
            again = now + _pause(mail.attempts)
            mails.settle(session, mail_id, owner, next_try_at=again, fault=fault)


def _pause(attempts: int) -> timedelta:
    """Wait longer each time, and not all mails the same: up to a tenth more."""
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    return pause * (1 + secrets.randbelow(100) / 1000)


def listing(*, at_most: int = 200) -> list[OutboxLine]:
    """Return the mails that have not left, those given up among them."""
    return [
        OutboxLine(
            id=mail.id,
            kind=mail.kind,
            state=mail.state,
            attempts=mail.attempts,
            due_at=mail.due_at,
            next_try_at=mail.next_try_at,
            fault=mail.fault,
        )
        for mail in mails.listing(reading(), at_most=at_most)
    ]
