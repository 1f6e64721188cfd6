"""What became of visits: one statement for a period, however many doctors there are."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from app.domain.interval import Interval
from app.storage import models
from app.storage.database import run

Row_ = models.Appointment
MARGIN = timedelta(days=2)  # more than any buffer: a visit's own start decides
_moved = (models.JournalEntry.appointment_id == Row_.id) & (models.JournalEntry.verb == "move")
BOOKED = select(
    Row_.clinician_id,
    Row_.location_id,
    Row_.visit_type_id,
    Row_.status,
    Row_.starts_at,
    Row_.booked_at,
    exists().where(_moved).label("moved"),
).where(
    Row_.clinician_id.in_(bindparam("ids", expanding=True)),
    Row_.blocked_until > bindparam("since"),
    Row_.blocked_until < bindparam("latest"),
    Row_.starts_at >= bindparam("since"),
    Row_.starts_at < bindparam("until"),
    Row_.booked_at.is_not(None),
)


class Booked(NamedTuple):
    """One visit that somebody booked."""

    clinician_id: int
    location_id: int
    visit_type_id: int
    status: str
    start: datetime
    booked_at: datetime
    moved: bool


def booked(session: Session, clinician_ids: Collection[int], window: Interval) -> list[Booked]:
    """Return what was booked with some clinicians and begins in a window."""
    asked = {"since": window.start, "until": window.end, "latest": window.end + MARGIN}
    return [Booked(*row) for row in run(session, BOOKED, ids=list(clinician_ids), **asked)]
