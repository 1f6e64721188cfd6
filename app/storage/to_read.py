"""Visits to come whose guide is open, and what was noted about them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from app.domain.appointment import Appointment
from app.storage import appointments
from app.storage.models import Appointment as Row_
from app.storage.models import JournalEntry, Mail, Reading, Status, VisitType

STILL_CALLED = timedelta(days=3)  # after the visit was cancelled or began


def coming(
    session: Session, clinician_ids: Collection[int], *, called_for: str, now: datetime
) -> list[tuple[Appointment, bool]]:
    """Return the visits that are open, or about which somebody was to be called; and which it is.

    Whoever is to be called stays for some days after their visit was cancelled or began.
    """
    since = now - STILL_CALLED
    called = (JournalEntry.appointment_id == Row_.id) & (JournalEntry.verb == called_for)
    lately = or_(
        (Row_.status != Status.CANCELLED) & (Row_.starts_at > since),
        (Row_.status == Status.CANCELLED) & (Row_.cancelled_at > since),
    )
    which = Row_.clinician_id.in_(list(clinician_ids)) & (Row_.blocked_until > since)
    open_ = _open(now=now)
    return appointments.flagged(session, which & or_(open_, lately & exists().where(called)), open_)


def _open(*, now: datetime) -> ColumnElement[bool]:
    to_come = (Row_.status == Status.BOOKED) & (Row_.starts_at > now)
    asks = (VisitType.id == Row_.visit_type_id) & VisitType.needs_primer
    read = (Reading.id == Row_.reading_id) & Reading.finished_at.is_not(None)
    return to_come & exists().where(asks) & ~exists().where(read)


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


def asked_at(
    session: Session, appointment_id: str, sequence: int, kinds: Collection[str]
) -> datetime | None:
    """Return when somebody was first owed a mail of some kinds about the date as it stands."""
    about = (Mail.appointment_id == appointment_id) & (Mail.sequence == sequence)
    return session.scalar(select(func.min(Mail.owed_at)).where(about, Mail.kind.in_(kinds)))
