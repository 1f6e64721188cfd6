"""Writing down who looked: once for a while, since looking again is not another look."""

from datetime import datetime, timedelta
from typing import Any

from app.domain.staff import Staff
from app.storage import journal
from app.storage.database import reading, transaction

LASTS = timedelta(minutes=10)


def note(
    verb: str,
    *,
    actor: Staff,
    appointment_id: str | None = None,
    now: datetime,
    **said: Any,  # noqa: ANN401  what was looked at, as JSON; never words of a patient
) -> None:
    """Write down that somebody looked, unless the same line of theirs is still fresh."""
    name, after = actor.signature, now - LASTS
    fresh = journal.noted_since(
        reading(), verb, actor=name, appointment_id=appointment_id, after=after
    )
    if said not in fresh:
        with transaction() as session:
            journal.note(session, verb, actor=name, appointment_id=appointment_id, now=now, **said)
