"""A patient's copy of their record: seen after the birth date, and announced by mail."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.content import library
from app.content.fields import BadEdition
from app.content.library import Copy
from app.content.primer import Primer
from app.domain.actor import Actor
from app.domain.appointment import Appointment
from app.domain.letter import LetterKind
from app.domain.refusals import (
    EditionChanged,
    EditionGone,
    NotYours,
    TooManyTries,
    UnlockNeeded,
)
from app.services.appointment import mine
from app.storage import appointments, journal, mails, readings, sealing, tallies
from app.storage.database import reading, retried, transaction
from app.storage.models import Reading

A_DAY = 3  # copies by mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the record; *said* is None once it was withdrawn."""

    seq: int
    at: datetime
    kind: str
    subject: str
    said: Mapping[str, Any] | None
    edition: str
    shown_sha: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCopy:
    """A record as it is handed out: who answered, what, when, and to which words."""

    reference: str
    edition: str
    language: str
    jurisdiction: str
    words: Mapping[str, str]
    answered_by: str
    build: str
    bundle_sha: str
    withdrawn_at: datetime | None
    lines: tuple[Line, ...]


def of(reference: str, *, actor: Actor) -> RecordCopy:
    """Return the record of the actor's visit; raises NotYours, UnlockNeeded."""
    return _copy(unlocked(reference, actor))


def kept(reference: str) -> RecordCopy:
    """Return the record of a visit for whoever runs the clinic; raises NotYours."""
    about = appointments.find(reading(), appointments.by_reference(reference))
    if about is None:
        raise NotYours
    return _copy(about)


def shown(copy: RecordCopy, today: Copy) -> Primer:
    """Return the guide as it was shown then; raises EditionGone, EditionChanged."""
    then = today.as_then(copy.edition, copy.language, copy.jurisdiction, copy.words)
    if not then.there:
        raise EditionGone
    try:
        primer = library.primer(then)
    except BadEdition:
        raise EditionChanged from None
    if copy.bundle_sha and copy.bundle_sha != primer.sha:
        raise EditionChanged
    return primer


@retried
def ask(reference: str, *, actor: Actor, now: datetime) -> None:
    """Owe a mail that leads to the copy; it says nothing of what was read.

    Raises NotYours, UnlockNeeded, and TooManyTries after three a day.
    """
    about = unlocked(reference, actor)
    if about.reading_id is None:
        raise NotYours
    with transaction() as session:
        key = sealing.of(session).keyed_hash(f"copy|{now.date()}", about.id)
        asked = tallies.count(session, [key], day=now.date())[key]
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
    return RecordCopy(
        reference=about.reference,
        edition=row.edition,
        language=row.language,
        jurisdiction=row.jurisdiction,
        words=row.words,
        answered_by=row.answered_by,
        build=row.build,
        bundle_sha=row.bundle_sha,
        withdrawn_at=row.withdrawn_at,
        lines=_lines(row),
    )


def _lines(row: Reading) -> tuple[Line, ...]:
    return tuple(
        Line(
            seq=entry.clear.seq,
            at=entry.clear.at,
            kind=entry.clear.kind,
            subject=entry.clear.subject,
            said=None if entry.payload is None else json.loads(entry.payload),
            edition=entry.clear.edition,
            shown_sha=entry.clear.shown_sha,
            link=entry.link,
        )
        for entry in readings.entries(reading(), row.id)
    )
