"""How long reception stays signed in without a sign of life: the clinic's choice."""

from datetime import datetime

from app.domain.refusals import Refused
from app.domain.staff import Permission, Staff
from app.storage import journal, staff_sessions
from app.storage.database import reading, retried, transaction

CHOICES = (30, 480)  # half an hour, or a shift with a lock after ten minutes


def minutes() -> int:
    """Return how long it is."""
    return staff_sessions.desk_minutes(reading())


@retried
def choose(actor: Staff, text: str, *, now: datetime) -> None:
    """Choose one of the two."""
    actor.needs(Permission.STAFF)
    chosen = next((one for one in CHOICES if str(one) == text), None)
    if chosen is None:
        raise Refused
    with transaction() as session:
        staff_sessions.set_desk_minutes(session, chosen)
        journal.note(session, "desk_minutes", actor=actor.signature, appointment_id=None, now=now,
                     minutes=chosen)  # fmt: skip
