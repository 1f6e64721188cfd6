"""Where the records ended, as the journal noted it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage.models import Appointment, JournalEntry, Reading, RecordEntry

NOTED = "ends"  # the journal's verb

End = tuple[int, str]  # the last entry's number and link


def moved(session: Session, *, after: datetime) -> dict[str, End]:
    """Return where each record of an appointment ends that was written in since an instant."""
    booked = select(Appointment.reading_id).where(Appointment.reading_id.is_not(None))
    written = select(RecordEntry.reading_id).where(RecordEntry.at > after)
    query = select(Reading.id, Reading.length, Reading.head)
    found = session.execute(query.where(Reading.id.in_(written), Reading.id.in_(booked)))
    return {id_: (length, head) for id_, length, head in found}


def noted(session: Session) -> dict[tuple[str, int], str]:
    """Return every end that was noted: the link of an entry of a record."""
    lines = select(JournalEntry.change).where(JournalEntry.verb == NOTED)
    found: dict[tuple[str, int], str] = {}
    for change in session.scalars(lines.order_by(JournalEntry.id)):
        records: Mapping[str, End] = change["records"]
        found |= {(id_, length): head for id_, (length, head) in records.items()}
    return found


def kept(session: Session) -> dict[tuple[str, int], str]:
    """Return the link of each entry as it is now."""
    rows = session.execute(select(RecordEntry.reading_id, RecordEntry.seq, RecordEntry.link))
    return {(id_, seq): link for id_, seq, link in rows}
