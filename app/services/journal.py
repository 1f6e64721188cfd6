"""Who changed what, for the owner: the whole journal, a leaf at a time."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.journal import Asked, Line
from app.domain.staff import Permission, Staff
from app.services import agreeing
from app.storage import journal, staff
from app.storage.database import reading, transaction

A_LEAF = 50
EXPORTED = 20_000  # lines of one file


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Some lines, the newest first; *older* is the line from which the next leaf goes on."""

    lines: list[Line]
    older: int | None
    names: dict[str, str]  # of staff, by their signature


def read(actor: Staff, asked: Asked, *, before: int | None = None) -> Leaf:
    """Return the lines that were asked for."""
    actor.needs(Permission.JOURNAL)
    session = reading()
    lines = journal.page(session, asked, before=before, at_most=A_LEAF + 1)
    more = len(lines) > A_LEAF
    lines = lines[:A_LEAF]
    return Leaf(lines=lines, older=lines[-1].id if more else None, names=staff.names(reading()))


def export(actor: Staff, asked: Asked, *, now: datetime) -> Leaf:
    """Return as many lines as a file takes, the newest first; who took them is written down.

    Raises AgreementNeeded for many.
    """
    actor.needs(Permission.JOURNAL)
    lines = journal.page(reading(), asked, before=None, at_most=EXPORTED)
    agreeing.check({"lines": repr(asked)}, len(lines), actor=actor, now=now)
    with transaction() as session:
        journal.note(
            session, "export_journal", actor=actor.signature, appointment_id=None, now=now,
            lines=len(lines),
        )  # fmt: skip
    return Leaf(lines=lines, older=None, names=staff.names(reading()))
