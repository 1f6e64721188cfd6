"""Readings and their records: how they are kept and found."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.domain.letter import LetterKind
from app.domain.record import Clear, Entry
from app.storage import mails, sealing
from app.storage.models import (
    Appointment,
    Patient,
    QuestionList,
    Reading,
    RecordEntry,
    Status,
    Visitor,
    Waiting,
)


def add(session: Session, reading: Reading) -> None:
    """Keep a new reading."""
    session.add(reading)
    session.flush()


def find(session: Session, reading_id: str) -> Reading | None:
    """Find a reading by its id."""
    return session.get(Reading, reading_id)


def several(session: Session, reading_ids: Collection[str]) -> list[Reading]:
    """Find some readings at once."""
    return list(session.scalars(select(Reading).where(Reading.id.in_(reading_ids))))


def of_visitor(session: Session, visitor_id: str) -> Reading | None:
    """Find a visitor's reading; nobody else gives them one until the transaction ends."""
    query = select(Visitor.reading_id).where(Visitor.id == visitor_id).with_for_update()
    reading_id = session.execute(query).scalar_one_or_none()
    return None if reading_id is None else find(session, reading_id)


def turn_to(session: Session, reading_id: str, *, now: datetime) -> Reading | None:
    """Find a reading to write in: nobody else writes in it until the transaction ends."""
    seen = update(Reading).where(Reading.id == reading_id).values(seen_at=now)
    found = session.execute(seen.returning(Reading), execution_options={"populate_existing": True})
    return found.scalar_one_or_none()


def lock(session: Session, reading_id: str) -> Reading | None:
    """Find a reading that nobody else changes until the transaction ends."""
    query = select(Reading).where(Reading.id == reading_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def let_go(session: Session, reading_id: str) -> None:
    """End the reading in every session that goes on with it."""
    theirs = update(Visitor).where(Visitor.reading_id == reading_id)
    session.execute(theirs.values(reading_id=None))


def by_code(session: Session, code_hash: str, *, seen_after: datetime) -> Reading | None:
    """Find a reading that is still good to go on with."""
    good = (Reading.seen_at > seen_after) & Reading.withdrawn_at.is_(None)
    query = select(Reading).where(Reading.code_hash == code_hash, good)
    return session.scalars(query).one_or_none()


def take_up(session: Session, reading_id: str, visitor_id: str) -> None:
    """Let a visitor go on with a reading."""
    taken = update(Visitor).where(Visitor.id == visitor_id).values(reading_id=reading_id)
    session.execute(taken)


def finish(session: Session, reading_id: str, *, now: datetime) -> None:
    """Note that a reading came to its end; the first time counts."""
    open_one = (Reading.id == reading_id) & Reading.finished_at.is_(None)
    session.execute(update(Reading).where(open_one).values(finished_at=now))


def append(session: Session, reading: Reading, entry: Entry) -> None:
    """Keep a new entry of a record, its payload sealed, and note that it is the last one."""
    row = asdict(entry.clear) | {
        "payload": None if entry.payload is None else _seal(session, entry.clear, entry.payload),
        "salt": entry.salt,
        "commitment": entry.commitment,
        "link": entry.link,
    }
    session.execute(insert(RecordEntry).values(**row))
    reading.length, reading.head = entry.clear.seq, entry.link
    reading.seal = sealing.of(session).seal(_end(reading.id), f"{reading.length} {reading.head}")


def seal_holds(session: Session, reading: Reading) -> bool:
    """Say whether a record's noted end is the one that we noted."""
    try:
        noted = sealing.of(session).open(_end(reading.id), reading.seal or b"")
    except sealing.CannotOpen:
        return False
    return noted == f"{reading.length} {reading.head}"


def entries(session: Session, reading_id: str) -> list[Entry]:
    """Read a whole record, in its order, payloads opened."""
    query = select(RecordEntry).where(RecordEntry.reading_id == reading_id)
    return [_entry(session, row, _open) for row in session.scalars(query.order_by(RecordEntry.seq))]


def entries_as_kept(session: Session, reading_id: str) -> list[Entry]:
    """Read a whole record to prove it: words that cannot be opened are b"", which no entry says."""
    query = select(RecordEntry).where(RecordEntry.reading_id == reading_id)
    rows = session.scalars(query.order_by(RecordEntry.seq)).all()
    return [_entry(session, row, _open_or_nothing) for row in rows]


def entries_of(session: Session, reading_ids: Collection[str]) -> dict[str, list[Entry]]:
    """Read some records at once, by reading; words that cannot be opened are b""."""
    query = select(RecordEntry).where(RecordEntry.reading_id.in_(reading_ids))
    found: dict[str, list[Entry]] = {}
    for row in session.scalars(query.order_by(RecordEntry.reading_id, RecordEntry.seq)):
        found.setdefault(row.reading_id, []).append(_entry(session, row, _open_or_nothing))
    return found


def all_ids(session: Session) -> list[str]:
    """Return the ids of all readings, oldest first."""
    return list(session.scalars(select(Reading.id).order_by(Reading.started_at, Reading.id)))


def references(session: Session) -> dict[str, str]:
    """Return the references of the appointments that readings led to, by reading."""
    booked = select(Appointment.reading_id, Appointment.reference).where(
        Appointment.reading_id.is_not(None), Appointment.reference.is_not(None)
    )
    return {id_: name for id_, name in session.execute(booked) if id_ and name}


class Coming(NamedTuple):
    """A coming visit of somebody who read an edition before; *mails* of its kind went before."""

    appointment_id: str
    sequence: int
    language: str
    mails: int


def coming(session: Session, *, read_before: str, now: datetime) -> list[Coming]:
    """Return the booked visits to come whose guide was read in an edition before another."""
    asked = (
        select(Appointment.id, Appointment.sequence, Patient.language)
        .join(Reading, Reading.id == Appointment.reading_id)
        .join(Patient, Patient.id == Appointment.patient_id)
        .where(
            Appointment.status == Status.BOOKED,
            Appointment.starts_at > now,
            Reading.edition < read_before,
            Reading.withdrawn_at.is_(None),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )
    return [
        Coming(id_, sequence, language, mails.count(session, id_, LetterKind.CHANGED))
        for id_, sequence, language in session.execute(asked)
    ]


def erase(session: Session, reading_ids: Iterable[str]) -> None:
    """Take away what was answered and asked, and nothing else: the chains still hold."""
    ids = list(reading_ids)
    session.execute(delete(QuestionList).where(QuestionList.reading_id.in_(ids)))
    theirs = RecordEntry.reading_id.in_(ids)
    session.execute(update(RecordEntry).where(theirs).values(payload=None, salt=None))


def drop(session: Session, reading_ids: Iterable[str]) -> None:
    """Forget readings altogether; their records must have been erased."""
    ids = list(reading_ids)
    session.execute(delete(RecordEntry).where(RecordEntry.reading_id.in_(ids)))
    session.execute(delete(Reading).where(Reading.id.in_(ids)))


def unused(session: Session, *, seen_before: datetime) -> list[str]:
    """Return the readings that led to no appointment and that nobody went on with since.

    Whole lists are left out at once: asking for each reading by itself takes a hundred times.
    """
    booked = select(Appointment.reading_id).where(Appointment.reading_id.is_not(None))
    open_ = select(Visitor.reading_id).where(Visitor.reading_id.is_not(None))
    waits = select(Waiting.reading_id).where(Waiting.reading_id.is_not(None))
    used = (Reading.id.not_in(theirs) for theirs in (booked, open_, waits))
    return list(session.scalars(select(Reading.id).where(Reading.seen_at < seen_before, *used)))


def uncounted(
    session: Session, *, seen_before: datetime | None = None, at_most: int | None = None
) -> list[Reading]:
    """Return the readings whose figures are in no count yet."""
    query = select(Reading).where(~Reading.counted).order_by(Reading.seen_at)
    if seen_before is not None:
        query = query.where(Reading.seen_at < seen_before)
    return list(session.scalars(query.limit(at_most)))


def _entry(
    session: Session, row: RecordEntry, opened: Callable[[Session, Clear, bytes], bytes]
) -> Entry:
    clear = Clear(
        reading_id=row.reading_id,
        seq=row.seq,
        at=row.at,
        kind=row.kind,
        subject=row.subject,
        edition=row.edition,
        shown_sha=row.shown_sha,
        language=row.language,
        answered_by=row.answered_by,
    )
    payload = None if row.payload is None else opened(session, clear, row.payload)
    return Entry(
        clear=clear, payload=payload, salt=row.salt, commitment=row.commitment, link=row.link
    )


def _seal(session: Session, clear: Clear, payload: bytes) -> bytes:
    return sealing.of(session).seal(_place(clear), payload.decode())


def _open(session: Session, clear: Clear, payload: bytes) -> bytes:
    return sealing.of(session).open(_place(clear), payload).encode()


def _open_or_nothing(session: Session, clear: Clear, payload: bytes) -> bytes:
    try:
        return _open(session, clear, payload)
    except sealing.CannotOpen:
        return b""


def _end(reading_id: str) -> str:
    return f"reading.seal.{reading_id}"


def _place(clear: Clear) -> str:
    return f"record_entry.payload.{clear.reading_id}.{clear.seq}"
