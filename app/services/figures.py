"""Counting readings: how many began, ended and stopped, what was missed and talked about."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from app.domain import figures as rules
from app.services.record import progress_of
from app.storage import counts, readings


def keep(session: Session, reading_ids: Iterable[str]) -> None:
    """Count readings whose answers are about to go; each is counted once."""
    for reading_id in reading_ids:
        row = readings.lock(session, reading_id)
        if row is None or row.counted:
            continue
        read = progress_of(row, readings.entries_as_kept(session, reading_id))
        counts.add(
            session,
            rules.keys(read, row.started_at, row.finished_at),
            month=row.started_at.date().replace(day=1),
            edition=row.edition,
            language=row.language,
        )
        row.counted = True
