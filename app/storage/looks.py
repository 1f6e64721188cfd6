"""Who looked at whose record: asked of the journal."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.journal import LOOKS, OPENED
from app.storage.models import JournalEntry


class Looked(NamedTuple):
    """How often somebody looked in one way, and at how many appointments."""

    actor: str
    verb: str
    times: int
    appointments: int


def opened(session: Session, actor: str, *, after: datetime) -> int:
    """Count the appointments that somebody opened since an instant."""
    whose = select(func.count(JournalEntry.appointment_id.distinct())).where(
        JournalEntry.at > after, JournalEntry.actor == actor, JournalEntry.verb.in_(OPENED)
    )
    return session.scalar(whose) or 0


def told(session: Session, staff_id: str, *, after: datetime) -> bool:
    """Say whether the owners heard of somebody's many looks since an instant."""
    lines = select(JournalEntry.change).where(
        JournalEntry.at > after, JournalEntry.verb == "many_looks"
    )
    return any(known.get("staff") == staff_id for known in session.scalars(lines))


def sums(session: Session, *, after: datetime, until: datetime) -> list[Looked]:
    """Count the looks of some days by person and by way."""
    query = (
        select(
            JournalEntry.actor,
            JournalEntry.verb,
            func.count(),
            func.count(JournalEntry.appointment_id.distinct()),
        )
        .where(JournalEntry.at >= after, JournalEntry.at < until, JournalEntry.verb.in_(LOOKS))
        .group_by(JournalEntry.actor, JournalEntry.verb)
        .order_by(JournalEntry.actor, JournalEntry.verb)
    )
    return [Looked(*row) for row in session.execute(query)]
