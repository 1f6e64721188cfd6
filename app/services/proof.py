"""Proving a record: its chain, its end, and every fingerprint made anew from its edition."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DBAPIError

from app.content import bundle, library
from app.content.fields import BadEdition
from app.content.library import Copy
from app.content.primer import Primer
from app.domain.reading import Kind
from app.domain.record import Entry, verify
from app.domain.refusals import NotYours
from app.storage import appointments, ends, readings
from app.storage.database import reading
from app.storage.models import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that does not hold: which record, from which entry on, and what is wrong."""

    record: str  # the appointment's reference, or the reading's id when it led to none
    entry: int
    code: str  # altered, cut, beginning, erased, edition_gone, edition_changed, gone, unreadable,
    # rewritten


def check(today: Copy, reference: str | None = None) -> list[Fault]:
    """Prove one record or all of them; whoever may see the clinic's machine may ask.

    *today* is what the clinic shows now: it says where the editions are.  Raises NotYours for
    a reference without an appointment.
    """
    session = reading()
    names = readings.references(session)
    if reference is None:
        ids = readings.all_ids(session)
        return [fault for id_ in ids for fault in _prove(id_, names, today)] + _rewritten(names)
    found = appointments.find(session, appointments.by_reference(reference))
    if found is None:
        raise NotYours
    return _prove(found.reading_id, names, today) if found.reading_id else []


def _rewritten(names: Mapping[str, str]) -> list[Fault]:
    """Find records that do not go on from an end that the journal noted."""
    kept = ends.kept(reading())
    return [
        Fault(record=names.get(id_, id_), entry=seq, code="rewritten")
        for (id_, seq), link in ends.noted(reading()).items()
        if kept.get((id_, seq)) != link
    ]


def _prove(reading_id: str, names: Mapping[str, str], today: Copy) -> list[Fault]:
    name = names.get(reading_id, reading_id)
    try:
        found = list(_faults(reading_id, today))
    except (ValueError, DBAPIError):  # a date or a text that nobody of us wrote
        found = [(0, "unreadable")]
    return [Fault(record=name, entry=entry, code=code) for entry, code in found]


def _faults(reading_id: str, today: Copy) -> Iterator[tuple[int, str]]:
    session = reading()
    row = readings.find(session, reading_id)
    if row is None:
        yield 0, "gone"
        return
    entries = readings.entries_as_kept(session, reading_id)
    broken = verify(entries)
    if broken is not None:
        yield broken, "altered"
    yield from _ends(row, entries)
    yield from _shown(entries, today)


def _ends(row: Reading, entries: Sequence[Entry]) -> Iterator[tuple[int, str]]:
    """Look at both ends; a reading from before these were noted has its chain alone."""
    if not entries or entries[0].clear.kind != Kind.BEGIN:
        if row.bundle_sha or row.length:
            yield 1, "beginning"
        return
    last = entries[-1]
    if not readings.seal_holds(reading(), row) or (row.length, row.head) != (
        last.clear.seq,
        last.link,
    ):
        yield last.clear.seq, "cut"
    begin = next(entry for entry in reversed(entries) if entry.clear.kind == Kind.BEGIN)
    if not _begins(row, entries[0], begin):
        yield begin.clear.seq, "beginning"
    yield from _erased(row, entries)


def _begins(row: Reading, first: Entry, begin: Entry) -> bool:
    """Say whether the reading is the one that its record begins with."""
    clear = begin.clear
    noted = (row.edition, row.language, row.jurisdiction, row.bundle_sha)
    told = {"build": row.build, "words": row.words}
    return (
        noted == (clear.edition, clear.language, clear.subject, clear.shown_sha)
        and (row.answered_by, row.started_at) == (first.clear.answered_by, first.clear.at)
        and (not begin.payload or json.loads(begin.payload) == told)
    )


def _erased(row: Reading, entries: Sequence[Entry]) -> Iterator[tuple[int, str]]:
    """Find answers that were taken away though nobody withdrew them, or the other way round."""
    withdrawn = [entry for entry in entries if entry.clear.kind == Kind.WITHDRAWN]
    if bool(withdrawn) != (row.withdrawn_at is not None):
        yield entries[-1].clear.seq, "erased"
    elif not withdrawn:
        yield from ((one.clear.seq, "erased") for one in entries if one.payload is None)


def _shown(entries: Sequence[Entry], today: Copy) -> Iterator[tuple[int, str]]:
    """Make every fingerprint anew from the edition that an entry names."""
    read: Primer | None = None
    for entry in entries:
        clear, primer = entry.clear, read
        if clear.kind in (Kind.BEGIN, Kind.SAFETY):
            copy = _copy(entry, today)
            if copy is None:
                return  # erased: what was shown is proved by the chain alone
            if not copy.there:
                yield clear.seq, "edition_gone"
                return
            primer = _load(copy)
            if primer is None:
                yield clear.seq, "edition_changed"
                return
        if clear.kind == Kind.BEGIN:
            read = primer
        if primer and clear.shown_sha != bundle.fingerprint(primer, clear.kind, clear.subject):
            yield clear.seq, "edition_changed"


def _copy(entry: Entry, today: Copy) -> Copy | None:
    """Say what was shown from a beginning on, or as the safety check; None when it is erased."""
    said: dict[str, Any] = json.loads(entry.payload) if entry.payload else {}
    clear = entry.clear
    if "words" not in said:
        return None
    return today.as_then(clear.edition, clear.language, clear.subject, said["words"])


def _load(copy: Copy) -> Primer | None:
    try:
        return library.primer(copy)
    except BadEdition:
        return None
