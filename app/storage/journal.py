"""Who changed what."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.storage.models import JournalEntry


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
    session.execute(
        insert(JournalEntry).values(
            at=now, actor=actor, verb=verb, appointment_id=appointment_id, change=change
        )
    )
