"""Notes from one shift to the next, as the database keeps them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.orm import Session, aliased

from app.domain.appointment import Appointment
from app.storage import appointments, journal, models
from app.storage.database import run
from app.storage.models import HandoverNote, JournalEntry, StaffAccount

PATIENT = "patient"  # how the journal names whoever books
Writer, Doer = aliased(StaffAccount), aliased(StaffAccount)
ADD = insert(HandoverNote)
OPEN = HandoverNote.done_at.is_(None)


def add(session: Session, *, id_: str, text: str, written_by: str, now: datetime) -> None:
    """Keep a note."""
    run(session, ADD, id=id_, text=text, written_at=now, written_by=written_by)


def is_there(session: Session, text: str, *, written_by: str) -> bool:
    """Say whether somebody's note with these words is still open."""
    same = (OPEN, HandoverNote.text == text, HandoverNote.written_by == written_by)
    return session.scalar(select(HandoverNote.id).where(*same).limit(1)) is not None


def settle(session: Session, note_id: str, *, done_by: str, now: datetime) -> bool:
    """Say that a note is done; whether it was open."""
    one = update(HandoverNote).where(HandoverNote.id == note_id, OPEN)
    done = one.values(done_at=now, done_by=done_by).returning(HandoverNote.id)
    return session.scalar(done) is not None


def listing(session: Session, *, done_after: datetime) -> list[Row[HandoverNote, str, str]]:
    """Return what is open, the oldest first, then what was done since an instant; with names."""
    query = (
        select(HandoverNote, Writer.name.label("writer"), Doer.name.label("doer"))
        .join(Writer, Writer.id == HandoverNote.written_by)
        .outerjoin(Doer, Doer.id == HandoverNote.done_by)
        .where(OPEN | (HandoverNote.done_at > done_after))
        .order_by(HandoverNote.done_at.is_not(None), HandoverNote.written_at, HandoverNote.id)
    )
    return list(session.execute(query))


def drop_done(session: Session, *, before: datetime) -> None:
    """Drop what was done long ago."""
    session.execute(delete(HandoverNote).where(HandoverNote.done_at < before))


def any_done(session: Session, *, before: datetime) -> bool:
    """Say whether there is something to drop, without taking the write lock."""
    old = select(HandoverNote.id).where(HandoverNote.done_at < before).limit(1)
    return session.scalar(old) is not None


def by_patients(
    session: Session, verbs: Collection[str], *, after: datetime
) -> list[tuple[JournalEntry, Appointment]]:
    """Return what patients did to their appointments since an instant, the latest first."""
    lines = [one for one in journal.since(session, verbs, after=after) if one.actor == PATIENT]
    about = models.Appointment.id.in_({one.appointment_id for one in lines})
    known = {one.id: one for one in appointments.listed(session, about)}
    told = [(line, known.get(line.appointment_id or "")) for line in reversed(lines)]
    return [(line, one) for line, one in told if one is not None]
