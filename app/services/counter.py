"""Counter proposals: a calendar asked for another time, and the clinic keeps the one there is."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.appointment import Appointment
from app.domain.letter import LetterKind
from app.domain.refusals import AlreadyCancelled, AlreadyOver, NotConfirmed
from app.domain.staff import Staff
from app.services import attending
from app.storage import holds, journal, mails
from app.storage.database import retried, transaction
from app.storage.models import Status

REFUSED = {Status.CANCELLED: AlreadyCancelled, Status.TENTATIVE: NotConfirmed}


@retried
def decline_counter(reference: str, proposed: datetime, *, actor: Staff, now: datetime) -> None:
    """Keep an appointment's time against the one that was proposed; twice is once.

    Raises NotYours, and AlreadyOver, AlreadyCancelled or NotConfirmed where no time is to be kept.
    """
    found = attending.find(reference, actor)
    if found.status != Status.BOOKED:
        raise REFUSED.get(Status(found.status), AlreadyOver)
    with transaction() as session:
        holds.lock_calendars(session, [found.wish.clinician_id])
        keep_time(session, found, proposed, actor=actor, now=now)


def keep_time(
    session: Session, found: Appointment, proposed: datetime, *, actor: Staff, now: datetime
) -> None:
    """Owe the mail that says so, unless it was owed; for a use case that has more to do."""
    before = [one for one in mails.of(session, found.id) if one.kind == LetterKind.COUNTER_DECLINED]
    if (found.sequence, proposed.isoformat()) in {(one.sequence, one.previous) for one in before}:
        return
    if found.person.email:
        mail = {
            "kind": LetterKind.COUNTER_DECLINED,
            "appointment_id": found.id,
            "sequence": found.sequence,
            "lead_hours": len(before),  # the calendar may ask again
            "previous": proposed.isoformat(),
            "language": found.person.language,
            "due_at": now,
        }
        mails.owe(session, [mail], now=now)
    journal.note(session, "keep_time", actor=actor.signature, appointment_id=found.id, now=now)
