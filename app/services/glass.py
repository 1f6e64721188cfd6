"""Breaking the glass: a clinician who does not treat somebody now reads their words, and says why.

The reason is in the journal, and every owner is told by mail that it happened.
"""

from datetime import datetime, timedelta

from app.domain.appointment import Appointment
from app.domain.desk_refusals import ReasonNeeded
from app.domain.letter import LetterKind, one_line
from app.domain.refusals import NotYours
from app.domain.staff import Permission, Staff
from app.services import staff_mail
from app.storage import appointments, journal
from app.storage.database import reading, retried, transaction

BROKEN = "break_glass"
AHEAD, AFTER = timedelta(days=365), timedelta(days=180)  # of a visit: so long it is its doctor's
LASTS = timedelta(minutes=30)  # that the page stays open to whoever said why
SHORTEST, LONGEST = 10, 200  # letters of a reason


def find(reference: str, actor: Staff) -> Appointment:
    """Return an appointment whose words the actor may have a reason to read, or refuse."""
    actor.needs(Permission.READ_HEALTH)
    found = appointments.find(reading(), appointments.by_reference(reference))
    if found is None:
        raise NotYours
    return found


def is_open(about: Appointment, actor: Staff, *, now: datetime) -> bool:
    """Say whether somebody may read what was written for a visit: theirs, or with a reason."""
    return _is_theirs(about, actor, now) or bool(
        journal.noted_since(
            reading(), BROKEN, actor=actor.signature, appointment_id=about.id, after=now - LASTS
        )
    )


def _is_theirs(about: Appointment, actor: Staff, now: datetime) -> bool:
    """Say whether somebody treats this patient: the visit is theirs, and not long over."""
    near = about.interval.start - AHEAD <= now <= about.interval.end + AFTER
    return near and actor.treats(about.wish.clinician_id)


@retried
def break_(reference: str, reason: str, *, actor: Staff, now: datetime) -> None:
    """Open an appointment's words to the actor for a while; pressing twice opens once.

    Raises NotYours, and ReasonNeeded for less than a few words.
    """
    about = find(reference, actor)
    if is_open(about, actor, now=now):
        return
    said = one_line(reason)[:LONGEST]
    if len(said) < SHORTEST:
        raise ReasonNeeded
    with transaction() as session:
        journal.note(
            session, BROKEN, actor=actor.signature, appointment_id=about.id, now=now, reason=said
        )
        staff_mail.owe_owners(session, LetterKind.STAFF_GLASS_BROKEN, now=now)
