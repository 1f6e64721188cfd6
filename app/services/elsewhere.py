"""Booking at the desk while a doctor is busy elsewhere: refused, or allowed with a reason."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.busy import key
from app.domain.desk_refusals import BusyElsewhere
from app.domain.interval import Interval
from app.domain.staff import Staff
from app.storage import busy, settle


def check(
    session: Session, clinician_id: int, visit: Interval, *, allowed: bool, now: datetime
) -> Interval | None:
    """Return the time at which the doctor is busy elsewhere; refuse it unless it is allowed."""
    spans = busy.seen(session, [clinician_id], visit, now=now).of(clinician_id)
    if not spans:
        return None
    if not allowed:
        raise BusyElsewhere
    return Interval(min(span.start for span in spans), max(span.end for span in spans))


def allow(
    session: Session,
    appointment_id: str,
    sequence: int,
    busy_time: Interval | None,
    *,
    actor: Staff,
    now: datetime,
) -> None:
    """Note that somebody knew of it: then it is not on the list of what is to be settled."""
    if busy_time is not None:
        settle.settle(session, key(appointment_id, sequence, busy_time), actor.id, now=now)
