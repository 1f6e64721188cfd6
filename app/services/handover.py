"""What one shift leaves to the next: notes that stay until somebody did what they ask."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.appointment import Appointment
from app.domain.desk_refusals import NothingWritten, TooLong
from app.domain.staff import Permission, Staff
from app.storage import handovers, journal
from app.storage.database import reading, retried, transaction
from app.storage.models import JournalEntry
from app.storage.types import new_id

LONGEST = 500  # letters
SHOWN = timedelta(hours=16)  # after it was done: the shift that wrote it may still ask
KEPT = timedelta(days=90)
BY_THEMSELVES = ("book", "book_tentatively", "confirm", "move", "cancel")
A_DAY, MOST = timedelta(hours=24), 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note and who wrote it; *doer* did what it asks."""

    id: str
    text: str
    writer: str
    written_at: datetime
    doer: str | None
    done_at: datetime | None


def listing(actor: Staff, *, now: datetime) -> list[Note]:
    """Return what is open, the oldest first, then what was done in the last hours."""
    actor.needs(Permission.RUN_DAY)
    return [
        Note(
            id=note.id,
            text=note.text,
            writer=writer,
            written_at=note.written_at,
            doer=doer,
            done_at=note.done_at,
        )
        for note, writer, doer in handovers.listing(reading(), done_after=now - SHOWN)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that a patient did by themselves, and to which appointment."""

    line: JournalEntry
    about: Appointment


def by_patients(actor: Staff, *, now: datetime) -> list[Deed]:
    """Return what patients booked, moved and cancelled by themselves, the latest first."""
    actor.needs(Permission.RUN_DAY)
    found = handovers.by_patients(reading(), BY_THEMSELVES, after=now - A_DAY)
    return [
        Deed(line=line, about=about) for line, about in found if actor.sees(about.wish.clinician_id)
    ][:MOST]


@retried
def leave(text: str, *, actor: Staff, now: datetime) -> None:
    """Keep a note for whoever comes next; the same words twice are one note.

    The journal says that there is one, not what it says.  Raises NothingWritten, TooLong.
    """
    actor.needs(Permission.RUN_DAY)
    if not text:
        raise NothingWritten
    if len(text) > LONGEST:
        raise TooLong
    with transaction() as session:
        if handovers.is_there(session, text, written_by=actor.id):
            return
        handovers.add(session, id_=new_id(), text=text, written_by=actor.id, now=now)
        journal.note(session, "hand_over", actor=actor.signature, appointment_id=None, now=now)


@retried
def settle(note_id: str, *, actor: Staff, now: datetime) -> None:
    """Say that what a note asks is done; twice is once, whoever was first stands there."""
    actor.needs(Permission.RUN_DAY)
    with transaction() as session:
        if handovers.settle(session, note_id, done_by=actor.id, now=now):
            journal.note(
                session, "hand_over_done", actor=actor.signature, appointment_id=None, now=now
            )
