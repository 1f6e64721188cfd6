"""Appointments that lost their time: who they are, and how their calls ended."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, delete, insert, select
from sqlalchemy.orm import Session

from app.domain.rehousing import Call, Coming
from app.storage.adding import add_or_change
from app.storage.coming import STANDING, WHO, Standing, coming_from
from app.storage.database import run
from app.storage.models import Appointment, Patient, Rehousing

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


class Lost(NamedTuple):
    """An appointment that lost its time, and what was done about it."""

    coming: Coming
    status: str
    stood_at: datetime
    called: Call | None
    called_at: datetime | None


LOST = (
    select(*WHO, Appointment.status, Rehousing.stood_at, Rehousing.called, Rehousing.called_at)
    .join(Patient, Patient.id == Appointment.patient_id)
    .outerjoin(Rehousing, Rehousing.appointment_id == Appointment.id)
    .order_by(Appointment.starts_at, Appointment.id)
)


def of_closure(session: Session, closure_id: int, clinician_ids: Collection[int]) -> list[Lost]:
    """Return what a closure took the time of, in calendars."""
    return _lost(session, Rehousing.closure_id == closure_id, clinician_ids)


def of_all(
    session: Session, ids: Collection[str], clinician_ids: Collection[int], *, since: datetime
) -> list[Lost]:
    """Return some appointments, and whatever lost its time since an instant."""
    which = Appointment.id.in_(list(ids)) | (Rehousing.lost_at >= since)
    return _lost(session, which, clinician_ids)


def _lost(
    session: Session, which: ColumnElement[bool], clinician_ids: Collection[int]
) -> list[Lost]:
    theirs = Appointment.clinician_id.in_(list(clinician_ids))
    return [_read(row) for row in run(session, LOST.where(which, theirs))]


def _read(row: Row[Any]) -> Lost:
    return Lost(
        coming=coming_from(row),
        status=row.status,
        stood_at=row.stood_at or row.starts_at,
        called=Call(row.called) if row.called else None,
        called_at=row.called_at,
    )


def called(
    session: Session, appointment_id: str, stood_at: datetime, outcome: Call, *, now: datetime
) -> None:
    """Note how a call ended, of an appointment that nobody noted before too."""
    noted = {"called": outcome, "called_at": now}
    row = {
        "appointment_id": appointment_id,
        "closure_id": None,
        "lost_at": now,
        "stood_at": stood_at,
    }
    add_or_change(session, Rehousing, row | noted, noted)
