"""Reading the primer, and the evidence of it.

Each use case writes entries into the record of one reading; how far somebody has come is told
from the record alone.  Doing the same thing twice - a double click, the back button, a page
sent again - adds nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.checks import Check
from app.content.pages import Page
from app.content.primer import Primer
from app.content.statements import TeachBack
from app.domain.primer import Stance, shown_order, unseen
from app.domain.reading import CODE_TRIES, CODES_AT_MOST, LASTS, Kind, Progress, code_of, heard
from app.domain.refusals import PrimerNeeded, TooManyTries, UnknownAnswer, UnknownCode
from app.domain.safety import Checked
from app.services.record import Record, last_said, note_check, open_for, progress_of
from app.storage import readings, sealing, tallies
from app.storage.database import reading, retried, transaction
from app.storage.models import Reading
from app.storage.types import new_id
from app.storage.visitors import Visit

LONGEST_WORDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """An answer to a check: which option, and how many tries the page had counted before."""

    option: str
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What somebody says at the end: an answer to each statement, or none, and their own words."""

    answers: Mapping[str, str]
    words: Sequence[str] = ()


@retried
def start(
    *,
    visit: Visit,
    primer: Primer,
    answered_by: str,
    checked: Checked | None = None,
    now: datetime,
) -> Progress:
    """Begin a reading after a safety check, or go on with the one that the visitor has begun."""
    with transaction() as session:
        begun = readings.of_visitor(session, visit.id)
        if begun is not None:
            return progress_of(begun, readings.entries(session, begun.id))
        reading_id = new_id()
        row = Reading(
            id=reading_id,
            code_hash=_code_hash(session, _code(session, reading_id)),
            edition=primer.edition.id,
            language=primer.language,
            jurisdiction=primer.jurisdiction,
            answered_by=answered_by,
            started_at=now,
            seen_at=now,
        )
        readings.add(session, row)
        readings.take_up(session, reading_id, visit.id)
        record = Record(session, row, [], now)
        record.begin(primer)
        if checked is not None:
            record.check(checked)
        return record.progress


@retried
def go_on_in(primer: Primer, *, visit: Visit, now: datetime) -> None:
    """Go on in another language: from here on the record names what is shown in it."""
    with transaction() as session:
        record = open_for(visit, session, now=now)
        if record.reading.language != primer.language:
            record.begin(primer)


def find(visit: Visit) -> Progress | None:
    """Tell how far a visitor's reading has come, or None when there is none."""
    session = reading()
    row = None if visit.reading_id is None else readings.find(session, visit.reading_id)
    return None if row is None else progress_of(row, readings.entries(session, row.id))


def code(visit: Visit) -> str | None:
    """Return the code of the visitor's reading, to show it again.

    It is made from the reading's id with a key and kept nowhere; after that key was retired it
    opens nothing any more and is not shown.
    """
    session = reading()
    row = None if visit.reading_id is None else readings.find(session, visit.reading_id)
    if row is None:
        return None
    made = _code(session, row.id)
    return made if _code_hash(session, made) == row.code_hash else None


def check_code(typed: str, *, network: str | None, now: datetime) -> str:
    """Return the language of the reading that a code opens; raises UnknownCode, TooManyTries.

    Twenty wrong codes from a network shut out no right one, a hundred tries an hour do: so
    guessing finds one of ten thousand readings in 125 years.  No *network*: nobody counts.
    """
    with transaction() as session:
        tries = _count_try(session, network, now=now)
        known = _coded(session, typed, now=now)
    return _check_try(tries, known).language


def resume(
    typed: str, *, visit: Visit, network: str | None, checked: Checked | None = None, now: datetime
) -> Progress:
    """Let a visitor go on with the reading of a code; raises what `check_code` raises."""
    with transaction() as session:
        tries = _count_try(session, network, now=now)
        known = _coded(session, typed, now=now)
        if known is not None and tries <= CODES_AT_MOST:
            note_check(session, known.id, checked, now=now)
            readings.take_up(session, known.id, visit.id)
    row = _check_try(tries, known)
    return progress_of(row, readings.entries(reading(), row.id))


def _count_try(session: Session, network: str | None, *, now: datetime) -> int:
    """Count a try, right or wrong: nobody guesses for long."""
    if network is None:
        return 0
    return tallies.this_hour(session, "code", network, now=now)


def _check_try(tries: int, known: Reading | None) -> Reading:
    if known is not None and tries <= CODES_AT_MOST:
        return known
    raise TooManyTries if tries > CODE_TRIES else UnknownCode


def _coded(session: Session, typed: str, *, now: datetime) -> Reading | None:
    known = heard(typed)
    hashed = "" if known is None else _code_hash(session, known)
    return readings.by_code(session, hashed, seen_after=now - LASTS)


@retried
def turn_page(page: Page, *, visit: Visit, now: datetime) -> Progress:
    """Note that a page was read as it was shown; a page read before is noted once."""
    with transaction() as session:
        record = open_for(visit, session, now=now)
        if not record.has(Kind.PAGE, page.id, page.sha):
            record.write(Kind.PAGE, page.id, page.sha, {})
        return record.progress


@retried
def answer_check(check: Check, answer: Try, *, visit: Visit, now: datetime) -> Progress:
    """Note a try; once the right answer was seen, or the try is known, nothing is added.

    Raises UnknownAnswer for an option that was not shown.
    """
    option = check.option(answer.option)
    if option is None:
        raise UnknownAnswer
    with transaction() as session:
        record = open_for(visit, session, now=now)
        tries = len(record.progress.tried(check.id))
        if not 0 <= answer.before <= tries:
            raise UnknownAnswer
        if answer.before == tries and not record.progress.standing(check.id).shows_answer:
            said = {
                "shown": order(check, record.progress),
                "chosen": option.key,
                "right": option.right,
                "try": tries + 1,
            }
            record.write(Kind.CHECK, check.id, check.sha, said)
        return record.progress


def order(check: Check, progress: Progress) -> tuple[str, ...]:
    """Return the options of a check in the order that this reading is shown."""
    keys = [option.key for option in check.options]
    return shown_order(progress.reading_id, check.id, keys)


@retried
def acknowledge(primer: Primer, stand: Stand, *, visit: Visit, now: datetime) -> Progress:
    """Note where somebody stands at the end of the guide: one entry an answer, then the end.

    Any answer will do, and none too; the same answer again is noted once.  Raises
    UnknownAnswer for what was not shown and PrimerNeeded before the end; then nothing is kept.
    """
    shown = {statement.id: statement for statement in primer.statements.items}
    if set(stand.answers) - set(shown) or set(stand.answers.values()) - set(Stance):
        raise UnknownAnswer
    with transaction() as session:
        record = open_for(visit, session, now=now)
        if not at_end(primer, record.progress):
            raise PrimerNeeded
        known = record.progress.statements
        for id_, answer in stand.answers.items():
            if known.get(id_) != answer:
                record.write(Kind.STATEMENT, id_, shown[id_].sha, {"answer": answer})
        _teach_back(record, primer.teach_back, stand.words)
        record.end()
        return record.progress


def at_end(primer: Primer, progress: Progress) -> bool:
    """Say whether all parts were read and every answer was seen that must be."""
    read = {page.id for page in primer.pages} <= progress.pages_read
    return read and not unseen(primer.must_see, progress.checks)


def _teach_back(record: Record, asked: TeachBack, words: Sequence[str]) -> None:
    """Keep the person's own words for the doctor; no machine judges them."""
    kept = [text.strip()[:LONGEST_WORDS] for text in words[: len(asked.questions)]]
    before = record.last(Kind.TEACH_BACK) or {"words": []}
    if before["words"] != kept and (any(kept) or any(before["words"])):
        record.write(Kind.TEACH_BACK, "words", asked.sha, {"words": kept})


def own_words(visit: Visit) -> list[str]:
    """Return what the visitor wrote, to show it to them again."""
    if visit.reading_id is None:
        return []
    entries = readings.entries(reading(), visit.reading_id)
    words: list[str] = (last_said(entries, Kind.TEACH_BACK) or {"words": []})["words"]
    return words


def _code(session: Session, reading_id: str) -> str:
    return code_of(int(sealing.of(session).keyed_hash("reading.letters", reading_id)[:10], 16))


def _code_hash(session: Session, code: str) -> str:
    return sealing.of(session).keyed_hash("reading.code", code)
