"""A patient's copy of their record: seen after the birth date, and announced by mail."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.content import library
from app.content.fields import BadEdition
from app.content.library import Copy
from app.content.primer import Primer
from app.content.safety import SafetyCheck
from app.domain.actor import Actor
from app.domain.appointment import Appointment
from app.domain.letter import LetterKind
from app.domain.reading import Kind
from app.domain.record import Entry
from app.domain.refusals import (
    EditionChanged,
    EditionGone,
    NotYours,
    TooManyTries,
    UnlockNeeded,
)
from app.services.appointment import mine
from app.services.record import Record
from app.storage import appointments, journal, mails, readings, tallies
from app.storage.database import reading, retried, transaction
from app.storage.models import Reading

A_DAY = 3  # copies by mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A guide that was read: the first one, another language or a later edition of it."""

    edition: str
    language: str
    jurisdiction: str
    words: Mapping[str, str]
    sha: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the record, and in which guide; *said* is None once it was withdrawn."""

    seq: int
    at: datetime
    kind: str
    subject: str
    edition: str
    language: str
    said: Mapping[str, Any] | None
    shown_sha: str
    link: str
    guide: int  # its place among the guides of the record


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCopy:
    """A record as it is handed out: who answered, what, when, and to which words."""

    reference: str
    answered_by: str
    build: str
    withdrawn_at: datetime | None
    guides: tuple[Begun, ...]
    lines: tuple[Line, ...]

    @property
    def language(self) -> str:
        """The language that was read last."""
        return self.guides[-1].language


def of(reference: str, *, actor: Actor) -> RecordCopy:
    """Return the record of the actor's visit; raises NotYours, UnlockNeeded."""
    return _copy(unlocked(reference, actor))


def kept(reference: str) -> RecordCopy:
    """Return the record of a visit for whoever runs the clinic; raises NotYours."""
    about = appointments.find(reading(), appointments.by_reference(reference))
    if about is None:
        raise NotYours
    return _copy(about)


def shown(read: Begun, today: Copy) -> Primer:
    """Return the guide as it was shown then; raises EditionGone, EditionChanged."""
    primer = _then(today.as_then(read.edition, read.language, read.jurisdiction, read.words))
    if read.sha and read.sha != primer.sha:
        raise EditionChanged
    return primer


def asked(line: Line, today: Copy) -> SafetyCheck:
    """Return the safety check of a line as it was asked; raises EditionGone, EditionChanged."""
    words = line.said["words"] if line.said else {}
    check = _then(today.as_then(line.edition, line.language, line.subject, words)).safety
    if line.shown_sha != check.sha:
        raise EditionChanged
    return check


def _then(copy: Copy) -> Primer:
    if not copy.there:
        raise EditionGone
    try:
        return library.primer(copy)
    except BadEdition:
        raise EditionChanged from None


@retried
def hand_out(reference: str, sha: str, *, who: str, now: datetime) -> None:
    """Note that somebody at the clinic hands out a copy, and its fingerprint; raises NotYours."""
    about = appointments.find(reading(), appointments.by_reference(reference))
    with transaction() as session:
        row = readings.lock(session, about.reading_id) if about and about.reading_id else None
        if about is None or row is None:
            raise NotYours
        record = Record(session, row, readings.entries(session, row.id), now)
        record.write(Kind.COPY, "copy", "", {"sha": sha})
        journal.note(
            session, "hand_out", actor="staff", appointment_id=about.id, now=now, who=who
        )  # fmt: skip


@retried
def ask(reference: str, *, actor: Actor, now: datetime) -> None:
    """Owe a mail that leads to the copy; it says nothing of what was read.

    Raises NotYours, UnlockNeeded, and TooManyTries after three a day.
    """
    about = unlocked(reference, actor)
    if about.reading_id is None:
        raise NotYours
    with transaction() as session:
        asked = tallies.today(session, "copy", about.id, now=now)
        if asked <= A_DAY:
            mail = {
                "kind": LetterKind.COPY,
                "appointment_id": about.id,
                "sequence": about.sequence,
                "lead_hours": mails.count(session, about.id, LetterKind.COPY),
                "language": about.person.language,
                "due_at": now,
            }
            mails.owe(session, [mail], now=now)
            journal.note(session, "copy", actor="patient", appointment_id=about.id, now=now)
    if asked > A_DAY:
        raise TooManyTries


def unlocked(reference: str, actor: Actor) -> Appointment:
    """Return the actor's appointment if the birth date was given too."""
    about = mine(reference, actor)
    if about.id not in actor.unlocked:
        raise UnlockNeeded
    return about


def _copy(about: Appointment) -> RecordCopy:
    session = reading()
    row = readings.find(session, about.reading_id) if about.reading_id else None
    if row is None:
        raise NotYours
    entries = readings.entries(session, row.id)
    return RecordCopy(
        reference=about.reference,
        answered_by=row.answered_by,
        build=row.build,
        withdrawn_at=row.withdrawn_at,
        guides=_guides(row, entries),
        lines=_lines(entries),
    )


def _guides(row: Reading, entries: Sequence[Entry]) -> tuple[Begun, ...]:
    """Return the guides in the order they were begun; the words of the last stay when all go."""
    begins = [entry for entry in entries if entry.clear.kind == Kind.BEGIN]
    last = Begun(
        edition=row.edition,
        language=row.language,
        jurisdiction=row.jurisdiction,
        words=row.words,
        sha=row.bundle_sha,
    )
    return (*(_begun(entry, row.words) for entry in begins[:-1]), last)


def _begun(entry: Entry, words: Mapping[str, str]) -> Begun:
    said = json.loads(entry.payload) if entry.payload else {"words": words}
    return Begun(
        edition=entry.clear.edition,
        language=entry.clear.language,
        jurisdiction=entry.clear.subject,
        words=said["words"],
        sha=entry.clear.shown_sha,
    )


def _lines(entries: Sequence[Entry]) -> tuple[Line, ...]:
    begun = [entry.clear.seq for entry in entries if entry.clear.kind == Kind.BEGIN]
    return tuple(
        Line(
            seq=entry.clear.seq,
            at=entry.clear.at,
            kind=entry.clear.kind,
            subject=entry.clear.subject,
            edition=entry.clear.edition,
            language=entry.clear.language,
            said=None if entry.payload is None else json.loads(entry.payload),
            shown_sha=entry.clear.shown_sha,
            link=entry.link,
            guide=max(0, sum(seq <= entry.clear.seq for seq in begun) - 1),
        )
        for entry in entries
    )
