"""Taking a record back: the answers go, that there were some stays."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.actor import Actor
from app.domain.reading import Kind
from app.domain.refusals import NotYours
from app.services import figures
from app.services.record import Record
from app.services.record_copy import unlocked
from app.storage import journal, previsits, readings
from app.storage.database import retried, transaction


@retried
def withdraw(reference: str, *, actor: Actor, now: datetime) -> None:
    """Erase what somebody answered, wrote and prepared; the appointment stays.

    Withdrawing twice is withdrawing once.  Raises NotYours, UnlockNeeded.
    """
    about = unlocked(reference, actor)
    if about.reading_id is None:
        raise NotYours
    with transaction() as session:
        if take_back(session, about.reading_id, about.id, now=now):
            journal.note(session, "withdraw", actor="patient", appointment_id=about.id, now=now)


def take_back(session: Session, reading_id: str, appointment_id: str, *, now: datetime) -> bool:
    """Erase a record's answers and its appointment's form; False when that was done before."""
    row = readings.lock(session, reading_id)
    if row is None or row.withdrawn_at is not None:
        return False
    figures.keep(session, [row.id])
    readings.erase(session, [row.id])
    session.expire_all()
    record = Record(session, row, readings.entries(session, row.id), now)
    record.write(Kind.WITHDRAWN, "withdrawn", "", {})
    row.withdrawn_at = now
    readings.let_go(session, row.id)
    previsits.drop(session, appointment_id)
    return True
