"""Reading the guide aloud to somebody on the phone, for the appointment they have."""

import secrets
from datetime import datetime

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.refusals import AlreadyOver
from app.domain.staff import Staff
from app.services import attending, to_read, visitor
from app.storage import journal, visitors
from app.storage.database import retried, transaction
from app.storage.models import Status

READ_ALOUD = "read_aloud"


def may_begin(about: Appointment, clinic: Clinic) -> bool:
    """Say whether there is something to read to somebody who is to come, or is here already."""
    return about.status in (Status.BOOKED, Status.ARRIVED) and to_read.is_open(about, clinic)


@retried
def begin(reference: str, *, actor: Staff, clinic: Clinic, now: datetime) -> str:
    """Begin a visitor's session in which a colleague reads; return its handle.

    It may see no appointment: what is read is bound to this one by the colleague's own right.
    Raises NotYours, and AlreadyOver where nothing is to be read any more.
    """
    about = attending.find(reference, actor)
    if not may_begin(about, clinic):
        raise AlreadyOver
    handle = secrets.token_urlsafe(32)
    with transaction() as session:
        visitors.add(
            session, id=visitor.id_of(handle), created_at=now, seen_at=now, way="primer",
            safety_at=None, network_key=visitor.network_key(actor.id, now=now),
            reading_id=to_read.goes_on_with(about, aloud=True),
        )  # fmt: skip
        journal.note(session, READ_ALOUD, actor=actor.signature, appointment_id=about.id, now=now)
    return handle
