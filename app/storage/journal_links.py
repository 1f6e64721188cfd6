"""What binds the lines of the journal together: one keyed hash a line, written once."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.domain.journal import Line, chained
from app.storage import journal, sealing
from app.storage.models import JournalEntry, JournalLink

FIRST = ""  # before the first line
BATCH, STEP = 500, 5000
ADD = {
    "postgresql": postgresql.insert(JournalLink).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(JournalLink).on_conflict_do_nothing(),
}


class Bound(NamedTuple):
    """A line's number with what is kept of it; one of the two is None where it was tampered."""

    id: int
    line: Line | None
    link: str | None


def last(session: Session) -> tuple[int, str]:
    """Return the number and the link of the last line that is bound."""
    query = select(JournalLink.journal_id, JournalLink.link)
    row = session.execute(query.order_by(JournalLink.journal_id.desc()).limit(1)).first()
    return (row.journal_id, row.link) if row else (0, FIRST)


def loose(session: Session, after: int, *, until: datetime) -> list[Line]:
    """Return lines that are not bound yet, up to the first one that is too young."""
    query = journal.LINES.where(JournalEntry.id > after).order_by(JournalEntry.id).limit(BATCH)
    found = []
    for row in session.execute(query):
        line = journal.line_from(row)
        if line.at > until:
            break
        found.append(line)
    return found


def link_of(session: Session, previous: str, line: Line) -> str:
    """Return what binds a line to the one before."""
    return sealing.of(session).keyed_hash("journal", chained(previous, line))


def bind(session: Session, links: list[dict[str, object]]) -> None:
    """Keep links; another worker that does the same keeps the same."""
    session.execute(ADD[session.get_bind().dialect.name], links)


def everything(session: Session) -> Iterator[Bound]:
    """Yield every line up to the last that is bound, and every link, in their order."""
    bound, _link = last(session)
    for after in range(0, bound, STEP):
        yield from _some(session, after, min(after + STEP, bound))


def _some(session: Session, after: int, until: int) -> Iterator[Bound]:
    number = JournalLink.journal_id
    links = select(number, JournalLink.link).where(number > after, number <= until)
    kept = {row.journal_id: row.link for row in session.execute(links)}
    lines = journal.LINES.where(JournalEntry.id > after, JournalEntry.id <= until)
    there = {line.id: line for line in map(journal.line_from, session.execute(lines))}
    for id_ in sorted(kept.keys() | there.keys()):
        yield Bound(id_, there.get(id_), kept.get(id_))
    session.expunge_all()  # a journal is longer than memory


def count(session: Session) -> int:
    """Count the lines of the journal."""
    return session.scalar(select(func.count()).select_from(JournalEntry)) or 0
