"""Changing hours: under the lock of the calendars, as they are at that moment."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.booking import HOLD_GRACE
from app.domain.clinic import Clinic
from app.domain.proposal import Answer, Kind
from app.domain.rehousing import Coming
from app.domain.staff import Staff
from app.services import breaking, proposal
from app.storage import clinic as clinics
from app.storage import coming, holds, journal, proposals, rehousing

LOSE, REGAIN = "lose_time", "regain_time"


def locked(session: Session, clinician_id: int | None) -> Clinic:
    """Return the clinic as it is, while nobody else books with a clinician, or with any (None)."""
    if clinician_id is None:
        holds.lock_every_calendar(session)
    else:
        holds.lock_calendars(session, [clinician_id])
    return clinics.load(session)


def keep(
    session: Session,
    after: Clinic,
    lost: Iterable[Coming],
    *,
    closure_id: int | None,
    actor: Staff,
    now: datetime,
) -> None:
    """Write down who lost their time by a change, and let every process see the new hours.

    Whoever holds such a time, and has not booked it yet, cannot any more.
    """
    rehousing.lose(session, lost, closure_id=closure_id, now=now)
    ids = [one.id for one in lost]
    journal.note_each(session, LOSE, ids, actor=actor.signature, now=now, closure=closure_id)
    held = breaking.outside(after, holds.standing(session, after.clinicians, now=now))
    if held:
        holds.keep_until(session, held, now - 2 * HOLD_GRACE)  # no late press is in time
    clinics.changed(session)


def give_back(
    session: Session, before: Clinic, after: Clinic, *, actor: Staff, now: datetime
) -> None:
    """Write down who has their time again, and let every process see the new hours.

    Other times that were offered to them meanwhile are taken back.
    """
    standing = coming.standing(session, before.clinicians, now=now)
    ids = sorted(breaking.outside(before, standing) - breaking.outside(after, standing))
    journal.note_each(session, REGAIN, ids, actor=actor.signature, now=now)
    for one in proposals.of_appointments(session, ids):
        if one.kind is Kind.REHOUSE and one.answer is None:
            proposal.end(session, one, Answer.WITHDRAWN, actor=actor.signature, now=now)
    clinics.changed(session)


def put_in_use(
    session: Session, before: Clinic, after: Clinic, *, seen: str, actor: Staff, now: datetime
) -> None:
    """Take or give back the times of appointments as a doctor or a place ends or comes back.

    *seen* says which of them somebody saw that lose theirs.  Raises WouldBreak.
    """
    lost = breaking.agreed(session, before, after, seen=seen, now=now)
    give_back(session, before, after, actor=actor, now=now)
    keep(session, after, lost, closure_id=None, actor=actor, now=now)
