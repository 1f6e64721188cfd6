"""Appointments as calendars outside the clinic show them."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.domain.feed import Entry, Window
from app.domain.interval import Interval
from app.storage import models
from app.storage.database import run
from app.storage.models import Status
from app.storage.types import Instant

Row_, Patient = models.Appointment, models.Patient
AT_ONCE = 500  # rows in memory, however many there are
CHANGED_AT = func.coalesce(
    Row_.changed_at,
    Row_.cancelled_at,
    Row_.booked_at,
    Row_.held_at,  # tentative so far
    Row_.starts_at,
    type_=Instant,
)
ENTRY = (
    Row_.id,
    Row_.reference,
    Patient.name,
    Row_.clinician_id,
    Row_.location_id,
    Row_.video,
    Row_.starts_at,
    Row_.ends_at,
    Row_.status,
    Row_.sequence,
    CHANGED_AT.label("changed_at"),
)
SHOWN = or_(  # what lapsed was never told to anybody as certain: it goes without a word
    Row_.status.not_in((Status.HELD, Status.CANCELLED)),
    (Row_.status == Status.CANCELLED)
    & Row_.booked_at.is_not(None)
    & (Row_.cancelled_at >= bindparam("cancelled_since")),
)
IN_WINDOW = (
    select(*ENTRY)
    .join(Patient, Patient.id == Row_.patient_id)
    .where(
        Row_.clinician_id.in_(bindparam("ids", expanding=True)),
        Row_.blocked_until > bindparam("since"),
        Row_.starts_at >= bindparam("since"),
        Row_.starts_at < bindparam("until"),
        SHOWN,
        (Row_.starts_at > bindparam("last_start"))
        | ((Row_.starts_at == bindparam("last_start")) & (Row_.id > bindparam("last_id"))),
    )
    .order_by(Row_.starts_at, Row_.id)
    .limit(AT_ONCE)
)
AT_PLACE = IN_WINDOW.where(Row_.location_id == bindparam("place"))


def entries(
    session: Session,
    clinician_ids: Iterable[int],
    window: Window,
    *,
    location_id: int | None = None,
) -> Iterator[Entry]:
    """Yield the appointments of some calendars in a window, the first first, few at a time."""
    asked: dict[str, Any] = {
        "ids": list(clinician_ids),
        "since": window.span.start,
        "until": window.span.end,
        "cancelled_since": window.cancelled_since,
        "last_start": window.span.start,
        "last_id": "",
    }
    if location_id is not None:
        asked["place"] = location_id
    statement = IN_WINDOW if location_id is None else AT_PLACE
    while rows := run(session, statement, **asked).all():
        yield from map(entry_from, rows)
        if len(rows) < AT_ONCE:
            return
        asked |= {"last_start": rows[-1].starts_at, "last_id": rows[-1].id}


def entry_from(row: Row[Any]) -> Entry:
    """Read an entry from a row that has the columns of ENTRY."""
    return Entry(
        id=row.id,
        reference=row.reference,
        name=row.name,
        clinician_id=row.clinician_id,
        location_id=row.location_id,
        video=row.video,
        interval=Interval(row.starts_at, row.ends_at),
        status=row.status,
        sequence=row.sequence,
        changed_at=row.changed_at,
    )
