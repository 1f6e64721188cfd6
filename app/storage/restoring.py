"""What an old copy of the book must not do once it is opened again."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.storage import visitors
from app.storage.models import (
    FactorKind,
    Mail,
    MailState,
    StaffFactor,
    StaffSession,
    StaffToken,
)

RESTORED = "restored"  # why such a mail is not sent


def end_sessions(session: Session, *, now: datetime) -> list[tuple[str | None, str | None]]:
    """End every session and every link that works once; return (patient, intake) of visitors'."""
    session.execute(delete(StaffSession))
    session.execute(delete(StaffToken))
    return visitors.end_idle(session, seen_before=now, begun_before=now)


def use_codes(session: Session, *, until: int) -> None:
    """Count the codes of apps as used, up to a step."""
    earlier = (StaffFactor.kind == FactorKind.TOTP) & (StaffFactor.counter < until)
    session.execute(update(StaffFactor).where(earlier).values(counter=until))


def keep_mails_back(session: Session, *, now: datetime) -> int:
    """Withdraw mails that were due by now: most have left since the copy was made; count them."""
    due = (Mail.state == MailState.OWED) & (Mail.due_at <= now)
    taken = update(Mail).where(due).values(state=MailState.WITHDRAWN, fault=RESTORED)
    return len(session.execute(taken.returning(Mail.id)).all())
