"""Counting readings: how many began, ended and stopped, what was missed and talked about."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.content.primer import Primer
from app.domain import figures as rules
from app.domain.figures import AT_REST, FEWEST, Figures, Rows
from app.domain.staff import Permission, Staff
from app.services.record import progress_of
from app.storage import counts, readings
from app.storage.database import reading
from app.storage.models import Reading


def keep(session: Session, reading_ids: Iterable[str]) -> None:
    """Count readings whose answers may go; each is counted once, and its counts stay."""
    for reading_id in reading_ids:
        row = readings.lock(session, reading_id)
        if row is None or row.counted:
            continue
        counts.add(
            session,
            _keys(session, row, at_rest=True),
            month=row.started_at.date().replace(day=1),
            edition=row.edition,
            language=row.language,
        )
        row.counted = True


def see(actor: Staff, guide: Callable[[str], Primer | None], *, now: datetime) -> list[Figures]:
    """Return the same to somebody who may see figures."""
    actor.needs(Permission.FIGURES)
    return count(guide, now=now)


def count(guide: Callable[[str], Primer | None], *, now: datetime) -> list[Figures]:
    """Return the figures of each edition, the newest first: kept counts and young readings.

    An edition that fewer than five people began is left out, as if nobody had.
    """
    session = reading()
    kept = [(row.edition, row.key, row.count) for row in counts.every(session)]
    young = [
        (row.edition, key, 1)
        for row in readings.uncounted(session)
        for key in _keys(session, row, at_rest=row.seen_at < now - AT_REST)
    ]
    added = rules.total([*kept, *young])
    return [
        rules.figures(name, added[name], _rows(guide(name)))
        for name in sorted(added, reverse=True)
        if added[name]["started"] >= FEWEST
    ]


def _rows(guide: Primer | None) -> Rows:
    """Return what can be told of an edition; without its files an id means nothing to anybody."""
    if guide is None:
        return Rows()
    return Rows(
        parts=[page.id for page in guide.pages],
        checks=[page.check.id for page in guide.pages if page.check],
        statements=[item.id for item in guide.statements.items],
    )


def _keys(session: Session, row: Reading, *, at_rest: bool) -> frozenset[str]:
    read = progress_of(row, readings.entries_as_kept(session, row.id))
    return rules.keys(read, row.started_at, row.finished_at, at_rest=at_rest)
