"""What takes up whole calendars: appointments, holds, and what doctors' other calendars say."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, literal, null, select, union_all
from sqlalchemy.orm import Session

from app.domain.appointment import Taken
from app.domain.booking import HOLD_GRACE
from app.domain.interval import Interval
from app.storage import appointments, models
from app.storage.database import run
from app.storage.models import BusyCalendar, BusyTime, Status
from app.storage.types import Instant

Row_ = models.Appointment
Blocked = tuple[str, int, int, datetime, str | None, datetime, datetime, datetime | None, str]
TAKEN = select(
    Row_.id,
    Row_.clinician_id,
    Row_.visit_type_id,
    Row_.starts_at,
    Row_.proposal_id,
    Row_.blocked_from,
    Row_.blocked_until,
    Row_.hold_until,
    Row_.status,
).where(
    Row_.clinician_id.in_(bindparam("ids", expanding=True)),
    Row_.blocked_until > bindparam("since"),
    Row_.blocked_from < bindparam("until"),
    Row_.status != Status.CANCELLED,
    appointments.still_held(Row_),
)

NO_TYPE = literal(0)  # of visit: it is none
_since, _until = (bindparam(name, type_=Instant) for name in ("since", "until"))
_OF_THEM = BusyCalendar.clinician_id.in_(bindparam("ids", expanding=True))

BUSY = (
    select(
        BusyCalendar.id, BusyCalendar.clinician_id, NO_TYPE, BusyTime.starts_at, null(),
        BusyTime.starts_at, BusyTime.ends_at, null(), literal("busy"),
    )
    .join(BusyTime, BusyTime.calendar_id == BusyCalendar.id)
    .where(_OF_THEM, BusyTime.ends_at > _since, BusyTime.starts_at < _until)
)  # fmt: skip
WITHHELD = select(  # nobody knows any more when they are busy: the whole of it is not offered
    BusyCalendar.id, BusyCalendar.clinician_id, NO_TYPE, BusyCalendar.trusted_until, null(),
    _since, _until, null(), literal("withheld"),
).where(_OF_THEM, BusyCalendar.trusted_until < bindparam("now"))  # fmt: skip
TRUSTED = select(  # takes no time, and says until when that is so
    BusyCalendar.id, BusyCalendar.clinician_id, NO_TYPE, BusyCalendar.trusted_until, null(),
    _since, _since, BusyCalendar.trusted_until, literal("trusted"),
).where(_OF_THEM, BusyCalendar.trusted_until >= bindparam("now"))  # fmt: skip
ALL: CompoundSelect[Any] = union_all(TAKEN, BUSY, WITHHELD, TRUSTED)


def busy(
    session: Session, clinician_ids: Iterable[int], window: Interval, *, now: datetime
) -> list[Blocked]:
    """Return what takes up the clinicians' time in the window, holds that ran out left out.

    As it lies in the tables, columns as in TAKEN: whole calendars are read this way, and often.
    """
    asked = {"ids": list(clinician_ids), "since": window.start, "until": window.end}
    return list(run(session, ALL, **asked, now=now, ended=now - HOLD_GRACE))


def taken(
    session: Session, clinician_ids: Iterable[int], window: Interval, *, now: datetime
) -> list[Taken]:
    """Return the same, each as the rules see it."""
    found = busy(session, clinician_ids, window, now=now)
    return [_as_taken(row) for row in found if row[5] < row[6]]


def by_people(session: Session, clinician_id: int, span: Interval, *, now: datetime) -> list[Taken]:
    """Return the appointments and holds alone that take up a clinician's span."""
    asked = {"ids": [clinician_id], "since": span.start, "until": span.end}
    return [_as_taken(row) for row in run(session, TAKEN, **asked, ended=now - HOLD_GRACE)]


def _as_taken(row: Blocked) -> Taken:
    """Read what takes up time."""
    id_, clinician_id, visit_type_id, start, proposal_id, since, until, hold_until, status = row
    return Taken(
        id=id_,
        clinician_id=clinician_id,
        visit_type_id=visit_type_id,
        start=start,
        blocked=Interval(since, until),
        hold_until=hold_until,
        tentative=status == Status.TENTATIVE,
        proposed=proposal_id is not None,
    )
