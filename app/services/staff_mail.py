"""Mails to people who work here: owed like all others, and written when they leave."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.letter import LetterKind
from app.storage import mails, sealing, staff
from app.storage.models import StaffAccount

NOBODY = ""  # the worker finds nothing to say, and withdraws the mail


def owe(
    session: Session,
    account: StaffAccount | None,
    kind: LetterKind,
    *,
    now: datetime,
    due_at: datetime | None = None,
    old_address: str | None = None,
) -> None:
    """Owe somebody a mail, or nobody; *old_address* is one that was theirs until just now."""
    keyring = sealing.of(session)
    row = {
        "kind": kind,
        "staff_id": account.id if account else NOBODY,
        "recipient": keyring.seal("mail.recipient", old_address) if old_address else None,
        "language": account.language if account else "",
        "due_at": due_at or now,
    }
    mails.owe(session, [row], now=now)


def owe_owners(session: Session, kind: LetterKind, *, now: datetime) -> None:
    """Owe the same mail to everybody who owns the clinic."""
    for owner in staff.owners(session):
        owe(session, owner, kind, now=now)
