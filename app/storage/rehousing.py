"""Appointments that lost their time: who they are, and how their calls ended."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.domain.rehousing import Coming
from app.storage.coming import STANDING, Standing
from app.storage.database import run
from app.storage.models import Appointment, Rehousing

CLOSED = (
    STANDING.add_columns(Rehousing.closure_id)
    .join(Rehousing, Rehousing.appointment_id == Appointment.id)
    .where(Rehousing.closure_id.is_not(None))
)


def lose(
    session: Session, lost: Iterable[Coming], *, closure_id: int | None, now: datetime
) -> None:
    """Write down that appointments lost their time, instead of what was known of them before."""
    rows = [
        {
            "appointment_id": one.id,
            "closure_id": closure_id,
            "lost_at": now,
            "stood_at": one.interval.start,
        }
        for one in lost
    ]
    if rows:
        ids = [row["appointment_id"] for row in rows]
        session.execute(delete(Rehousing).where(Rehousing.appointment_id.in_(ids)))
        session.execute(insert(Rehousing), rows)


def forget(session: Session, closure_id: int) -> None:
    """Forget whom a closure cost their time: it is taken back."""
    session.execute(delete(Rehousing).where(Rehousing.closure_id == closure_id))


def standing(
    session: Session, clinician_ids: Iterable[int], *, now: datetime
) -> list[tuple[int, Standing]]:
    """Return (closure, where it stands) of the coming appointments that a closure took aim at."""
    found = run(session, CLOSED, ids=list(clinician_ids), now=now)
    return [(row.closure_id, Standing(*row[:-1])) for row in found]
