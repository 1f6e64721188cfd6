"""Taking a record back: the answers go, that there were some stays."""

from datetime import datetime

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
        row = readings.lock(session, about.reading_id)
        if row is None or row.withdrawn_at is not None:
            return
        figures.keep(session, [row.id])
        readings.erase(session, [row.id])
        session.expire_all()
        record = Record(session, row, readings.entries(session, row.id), now)
        record.write(Kind.WITHDRAWN, "withdrawn", "", {})
        row.withdrawn_at = now
        readings.let_go(session, row.id)
        previsits.drop(session, about.id)
        journal.note(session, "withdraw", actor="patient", appointment_id=about.id, now=now)
