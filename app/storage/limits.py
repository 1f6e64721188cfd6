"""The limits of the safety check that a clinic tightened, each time it did."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.storage.models import Clinic, SafetyLimit


def newest(session: Session) -> dict[str, int]:
    """Return the limits as they stand: of each the value that was set last."""
    rows = session.scalars(select(SafetyLimit).order_by(SafetyLimit.id))
    return {row.item: row.value for row in rows}


def lock_clinic(session: Session) -> None:
    """Let nobody else change the clinic until the transaction ends."""
    session.execute(select(Clinic.id).with_for_update())


def keep(session: Session, item: str, value: int, *, name: str, role: str, now: datetime) -> None:
    """Keep a new value; the old ones stay to be seen.  Every page asks for it from now on."""
    session.add(SafetyLimit(at=now, item=item, value=value, name=name, role=role))
    session.execute(update(Clinic).values(revision=Clinic.revision + 1))
    session.flush()
