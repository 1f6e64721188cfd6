"""Visits to come whose guide is open, and what was noted about them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from app.domain.appointment import Appointment
from app.storage import appointments
from app.storage.models import Appointment as Row_
from app.storage.models import JournalEntry, Mail, Reading, Status, VisitType


def coming(
    session: Session, clinician_ids: Collection[int], *, called_for: str, now: datetime
) -> list[Appointment]:
    """Return the visits to come that are open, or about which somebody was to be called."""
    called = (JournalEntry.appointment_id == Row_.id) & (JournalEntry.verb == called_for)
    which = (
        Row_.clinician_id.in_(list(clinician_ids))
        & (Row_.blocked_until > now)
        & (Row_.starts_at > now)
        & (Row_.status == Status.BOOKED)
    )
    return appointments.listed(session, which & or_(_open(), exists().where(called)))


def _open() -> ColumnElement[bool]:
    asks = (VisitType.id == Row_.visit_type_id) & VisitType.needs_primer
    read = (Reading.id == Row_.reading_id) & Reading.finished_at.is_not(None)
    return exists().where(asks) & ~exists().where(read)


def noted(
    session: Session, appointment_ids: Collection[str], verbs: Collection[str]
) -> dict[str, list[str]]:
    """Return which of some things were done to some appointments, in their order."""
    named = JournalEntry.appointment_id.in_(appointment_ids) & JournalEntry.verb.in_(verbs)
    found: dict[str, list[str]] = {}
    query = select(JournalEntry.appointment_id, JournalEntry.verb).where(named)
    for id_, verb in session.execute(query.order_by(JournalEntry.id)):
        found.setdefault(id_ or "", []).append(verb)
    return found


def reminded(
    session: Session, appointment_ids: Collection[str], kind: str
) -> set[tuple[str, int, int]]:
    """Return (appointment, sequence, hours before) of every reminder that was owed."""
    theirs = Mail.appointment_id.in_(appointment_ids) & (Mail.kind == kind)
    query = select(Mail.appointment_id, Mail.sequence, Mail.lead_hours).where(theirs)
    return {(id_ or "", sequence, hours) for id_, sequence, hours in session.execute(query)}


def last(session: Session, verb: str) -> datetime | None:
    """Return when something was done last."""
    return session.scalar(select(func.max(JournalEntry.at)).where(JournalEntry.verb == verb))
