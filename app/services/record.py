"""The record of one reading: written inside the transaction of a use case, and told again."""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.content.build import build
from app.content.primer import Primer
from app.domain.reading import Kind, Progress, progress
from app.domain.record import BEFORE_THE_FIRST, SALT_BYTES, Clear, Entry, canonical, sealed_in
from app.domain.refusals import PrimerNeeded
from app.domain.safety import Checked
from app.domain.summary import ReadingSummary, summary
from app.storage import people, readings
from app.storage.database import reading
from app.storage.models import Reading
from app.storage.visitors import Visit


@dataclass(slots=True)
class Record:
    """The record of a visitor's reading; nobody else writes in it meanwhile."""

    session: Session
    reading: Reading
    entries: list[Entry]
    now: datetime

    @property
    def progress(self) -> Progress:
        """How far the reading has come."""
        return progress_of(self.reading, self.entries)

    def has(self, kind: Kind, subject: str, sha: str) -> bool:
        """Say whether there is an entry on exactly this."""
        wanted = (kind, subject, sha)
        clears = (entry.clear for entry in self.entries)
        return any((clear.kind, clear.subject, clear.shown_sha) == wanted for clear in clears)

    def last(self, kind: Kind) -> dict[str, Any] | None:
        """Return what the last entry of a kind says."""
        return last_said(self.entries, kind)

    def begin(self, primer: Primer) -> None:
        """Note all that can be shown from here on."""
        row = self.reading
        row.edition, row.language = primer.edition.id, primer.language
        row.bundle_sha, row.build, row.words = primer.sha, build(), dict(primer.clinic_words)
        said = {"build": row.build, "words": row.words}
        self.write(Kind.BEGIN, row.jurisdiction, row.bundle_sha, said)

    def check(self, checked: Checked) -> None:
        """Note how a safety check ended, and nothing that was answered."""
        said = {"at": checked.at.isoformat(), "tier": checked.tier, "words": dict(checked.words)}
        if self.last(Kind.SAFETY) != said:
            self.write(
                Kind.SAFETY, checked.jurisdiction, checked.sha, said,
                edition=checked.edition, language=checked.language,
            )  # fmt: skip

    def tell(self, points: Sequence[str]) -> None:
        """Note, now that somebody booked, what the last safety check gives the doctor to know."""
        checks = [entry for entry in self.entries if entry.clear.kind == Kind.SAFETY]
        said = self.last(Kind.SAFETY)
        if points and said is not None:
            clear = checks[-1].clear
            self.write(
                Kind.SAFETY, clear.subject, clear.shown_sha, said | {"items": list(points)},
                edition=clear.edition, language=clear.language,
            )  # fmt: skip

    def end(self) -> None:
        """Note the end, with what the doctor goes over; once for each state."""
        progress = self.progress
        said = {
            "go_over": sorted(progress.go_over),
            "pages": sorted(progress.pages_read),
            "statements": dict(progress.statements),
        }
        if self.last(Kind.END) != said:
            self.write(Kind.END, "end", "", said)
        readings.finish(self.session, progress.reading_id, now=self.now)

    def write(
        self,
        kind: Kind,
        subject: str,
        sha: str,
        said: Mapping[str, object],
        *,
        edition: str = "",
        language: str = "",
    ) -> None:
        """Add an entry, bound to everything before it; the reading's edition unless it says so."""
        clear = Clear(
            reading_id=self.reading.id,
            seq=len(self.entries) + 1,
            at=self.now,
            kind=kind,
            subject=subject,
            edition=edition or self.reading.edition,
            shown_sha=sha,
            language=language or self.reading.language,
            answered_by=self.reading.answered_by,
        )
        previous = self.entries[-1].link if self.entries else BEFORE_THE_FIRST
        entry = sealed_in(previous, clear, canonical(said), secrets.token_bytes(SALT_BYTES))
        readings.append(self.session, self.reading, entry)
        self.entries.append(entry)


def open_for(visit: Visit, session: Session, *, now: datetime) -> Record:
    """Open the visitor's record; raises PrimerNeeded for somebody who reads nothing."""
    row = None
    if visit.reading_id is not None:
        row = readings.turn_to(session, visit.reading_id, now=now)
    if row is None:
        raise PrimerNeeded
    return Record(session, row, readings.entries(session, row.id), now)


def note_check(
    session: Session, reading_id: str | None, checked: Checked | None, *, now: datetime
) -> None:
    """Note how a safety check ended in the record of somebody who has one."""
    if checked is not None and (record := _going_on(session, reading_id, now)) is not None:
        record.check(checked)


def note_booking(
    session: Session,
    reading_id: str | None,
    intake_id: str | None,
    *,
    with_guide: bool,
    now: datetime,
) -> None:
    """Note that somebody booked, for which kind of visit, and what the doctor is told."""
    record = _going_on(session, reading_id, now)
    if record is not None:
        words = people.words(session, intake_id) if intake_id else {}
        record.tell(words.get("told", ()))
        finished = record.reading.finished_at is not None
        said = {"visit": "guide" if with_guide else "general", "finished": finished}
        record.write(Kind.BOOKED, "booked", "", said)


def _going_on(session: Session, reading_id: str | None, now: datetime) -> Record | None:
    """Open a record unless there is none, or its answers were taken back."""
    row = readings.turn_to(session, reading_id, now=now) if reading_id else None
    if row is None or row.withdrawn_at is not None:
        return None
    return Record(session, row, readings.entries(session, row.id), now)


def brief_of(reading_id: str) -> ReadingSummary | None:
    """Return what a reading tells the doctor, or None when it is not kept any more."""
    session = reading()
    row = readings.find(session, reading_id)
    return None if row is None else _summary(row, readings.entries(session, row.id))


def briefs_of(reading_ids: Collection[str]) -> dict[str, ReadingSummary]:
    """Return the same of many readings in two statements; words nobody can open are left out."""
    session = reading()
    rows = readings.several(session, reading_ids)
    entries = readings.entries_of(session, [row.id for row in rows])
    return {row.id: _summary(row, entries.get(row.id, [])) for row in rows}


def _summary(row: Reading, entries: Sequence[Entry]) -> ReadingSummary:
    return summary(
        _begun(row),
        entries,
        started_at=row.started_at,
        finished_at=row.finished_at,
        withdrawn_at=row.withdrawn_at,
    )


def last_said(entries: Sequence[Entry], kind: Kind) -> dict[str, Any] | None:
    """Return what the last entry of a kind says, or None when there is none or it is erased."""
    payloads = (entry.payload for entry in reversed(entries) if entry.clear.kind == kind)
    payload = next(payloads, None)
    said: dict[str, Any] | None = None if payload is None else json.loads(payload)
    return said


def progress_of(row: Reading, entries: Sequence[Entry]) -> Progress:
    """Tell how far a reading has come."""
    return progress(_begun(row), entries)


def _begun(row: Reading) -> Progress:
    return Progress(
        reading_id=row.id,
        edition=row.edition,
        language=row.language,
        jurisdiction=row.jurisdiction,
        answered_by=row.answered_by,
        words=row.words,
        finished=row.finished_at is not None,
    )
