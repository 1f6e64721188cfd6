"""The desk and doctors who are busy elsewhere: seen on the day, refused, allowed with a reason."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.busy import Seen, key
from app.domain.clinic import Clinic
from app.domain.desk import Planned
from app.domain.desk_refusals import BusyElsewhere
from app.domain.interval import Interval
from app.domain.staff import Staff
from app.storage import busy, desk, settle
from app.storage.database import reading


def standing(
    ids: list[int], window: Interval, *, clinic: Clinic, now: datetime
) -> tuple[list[Planned], Seen]:
    """Return what stands in some calendars, and when their doctors are busy elsewhere."""
    some = [id_ for id_ in ids if id_ in clinic.elsewhere]
    seen = busy.seen(reading(), some, window, now=now) if some else Seen()
    planned = desk.between(reading(), ids, window, now=now)
    return [replace(one, elsewhere=_is_beside(one, seen)) for one in planned], seen


def _is_beside(one: Planned, seen: Seen) -> bool:
    visit = one.interval
    return any(
        span.start < visit.end and visit.start < span.end for span in seen.of(one.clinician_id)
    )


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
