"""What changed in the guide since somebody read it, shown before their visit, and only that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.content import bundle, bundle_page, library
from app.content.fingerprint import Shown
from app.content.library import Copy
from app.content.pages import Page
from app.content.primer import Primer
from app.content.statements import Statement
from app.domain.actor import Actor
from app.domain.appointment import Appointment
from app.domain.primer import Stance
from app.domain.reading import Kind
from app.domain.refusals import EditionChanged, EditionGone, UnknownAnswer
from app.services import record_copy
from app.services.edition import last_major
from app.services.record import Record
from app.services.record_copy import unlocked
from app.storage import journal, readings
from app.storage.database import reading, retried, transaction
from app.storage.models import Reading, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The newer guide, and what of it is not as the person read it."""

    primer: Primer
    pages: tuple[Page, ...]
    statements: tuple[Statement, ...]


def waiting(about: Appointment, today: Copy, *, now: datetime) -> bool:
    """Say whether a visit to come rests on a guide that changed materially since."""
    coming = about.status == Status.BOOKED and now < about.interval.start
    if not coming or about.reading_id is None:
        return False
    row = readings.find(reading(), about.reading_id)
    return row is not None and _is_old(row, today)


def find(reference: str, today: Copy, *, actor: Actor, now: datetime) -> Changes | None:
    """Return what changed since, or None when there is nothing to look at.

    Raises NotYours, UnlockNeeded.
    """
    about = unlocked(reference, actor)
    if not waiting(about, today, now=now):
        return None
    read = record_copy.of(reference, actor=actor).guides[-1]
    newer = library.primer(_in_language(today, read.language))
    try:
        return _between(record_copy.shown(read, today), newer)
    except (EditionGone, EditionChanged):  # nobody can say any more what is new: all of it
        return Changes(primer=newer, pages=newer.pages, statements=newer.statements.items)


@retried
def acknowledge(
    reference: str,
    edition: str,
    answers: Mapping[str, str],
    today: Copy,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Note that somebody looked at what changed, and where they stand on it.

    Any answer will do, and none too; twice is once.  Raises UnknownAnswer for what was not
    shown, such as the statements of another edition; then nothing is kept.
    """
    seen = find(reference, today, actor=actor, now=now)
    if edition != today.edition:
        raise UnknownAnswer
    if seen is None:
        return
    shown = {one.id: one for one in seen.statements}
    if set(answers) - set(shown) or set(answers.values()) - set(Stance):
        raise UnknownAnswer
    about = unlocked(reference, actor)
    with transaction() as session:
        row = readings.lock(session, about.reading_id or "")
        if row is None or not _is_old(row, today):
            return
        record = Record(session, row, readings.entries(session, row.id), now)
        record.begin(seen.primer)
        for page in seen.pages:
            record.write(Kind.PAGE, page.id, page.sha, {})
        for id_, answer in answers.items():
            record.write(Kind.STATEMENT, id_, shown[id_].sha, {"answer": answer})
        record.end()
        journal.note(session, "look", actor="patient", appointment_id=about.id, now=now)


def _is_old(row: Reading, today: Copy) -> bool:
    return row.withdrawn_at is None and row.edition < last_major(today.folder, today.edition)


def _in_language(today: Copy, language: str) -> Copy:
    known = library.written_in(language, today.folder, today.edition, today.jurisdiction)
    return today.as_then(today.edition, known, today.jurisdiction, today.clinic_words)


def _between(old: Primer, new: Primer) -> Changes:
    pages = [_words(page) for page in old.pages]
    said = [(one.id, one.text) for one in old.statements.items]
    return Changes(
        primer=new,
        pages=tuple(page for page in new.pages if _words(page) not in pages),
        statements=tuple(one for one in new.statements.items if (one.id, one.text) not in said),
    )


def _words(page: Page) -> tuple[Shown, Shown | None]:
    """Name all that a part shows, with the question after it."""
    return bundle_page.page(page), bundle.check(page.check) if page.check else None
