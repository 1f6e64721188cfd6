"""Binding the journal's lines together, and finding the one that somebody changed.

The worker binds a line ten minutes after it was written: by then nothing that was begun before
can still come in under a smaller number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.storage import journal_links
from app.storage.database import reading, retried, transaction

SETTLES = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A line that does not hold, and why: altered, gone, or slipped in."""

    line: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How the journal stands: its lines, the last one that is bound, and what does not hold."""

    lines: int
    bound: int
    head: str
    faults: tuple[Fault, ...]


@retried
def bind(*, now: datetime) -> int:
    """Bind the next lines that settled; return how many."""
    session = reading()
    after, previous = journal_links.last(session)
    lines = journal_links.loose(session, after, until=now - SETTLES)
    if not lines:
        return 0
    links: list[dict[str, object]] = []
    for line in lines:
        previous = journal_links.link_of(session, previous, line)
        links.append({"journal_id": line.id, "link": previous})
    with transaction() as session:
        journal_links.bind(session, links)
    return len(lines)


def check() -> Proof:
    """Prove the journal line by line."""
    session = reading()
    bound, head = journal_links.last(session)
    return Proof(
        lines=journal_links.count(session), bound=bound, head=head, faults=tuple(_faults())
    )


def _faults() -> Iterator[Fault]:
    """Compare each line with its link; a line that was changed does not hide the next one."""
    session, previous = reading(), journal_links.FIRST
    for id_, line, link in journal_links.everything(session):
        if link is None:
            yield Fault(line=id_, code="slipped_in")
            continue
        if line is None:
            yield Fault(line=id_, code="gone")
        elif link != journal_links.link_of(session, previous, line):
            yield Fault(line=id_, code="altered")
        previous = link


def holds(head: str) -> bool:
    """Say whether a head that was noted down elsewhere is still part of the journal."""
    return any(bound.link == head for bound in journal_links.everything(reading()))
