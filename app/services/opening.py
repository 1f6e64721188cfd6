"""Opening hours of one day, and taking them back."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain import arranging
from app.domain.clinic import Clinic
from app.domain.desk_refusals import InThePast
from app.domain.hours import Opening
from app.domain.staff import Staff
from app.services import arrangement, breaking, hours
from app.storage import hours as rules
from app.storage import journal
from app.storage.database import retried, transaction

OPEN, TAKE_BACK = "open", "take_back_opening"


def find(opening_id: int, *, clinic: Clinic, actor: Staff) -> tuple[int, Opening] | None:
    """Return (whose, an opening) if it is the actor's to change, or none if it is gone."""
    for clinician_id, theirs in clinic.hours.items():
        for one in theirs.openings:
            if one.id == opening_id:
                hours.check_whose(clinician_id, clinic, actor)
                return clinician_id, one
    return None


@retried
def open_day(
    clinician_id: int, opening: Opening, *, clinic: Clinic, actor: Staff, now: datetime
) -> None:
    """Open some hours of one day.  Twice is once.  Raises NotAllowed, InThePast."""
    hours.check_whose(clinician_id, clinic, actor)
    with transaction() as session:
        before = arrangement.locked(session, clinician_id)
        theirs = before.hours[clinician_id]
        if any(replace(one, id=0) == opening for one in theirs.openings):
            return
        zone = before.locations[opening.location_id].zone
        if opening.day < now.astimezone(zone).date():
            raise InThePast
        rules.keep(session, opening, clinician_id=clinician_id)
        more = replace(theirs, openings=(*theirs.openings, opening))
        after = arranging.with_hours(before, clinician_id, more)
        arrangement.give_back(session, before, after, actor=actor, now=now)
        _note(session, OPEN, clinician_id, [None, opening], actor, now)


@retried
def take_back(
    clinician_id: int, opening_id: int, *, seen: str, clinic: Clinic, actor: Staff, now: datetime
) -> None:
    """Take the opening of a day back.  Twice is once.  Raises NotAllowed, WouldBreak."""
    hours.check_whose(clinician_id, clinic, actor)
    with transaction() as session:
        before = arrangement.locked(session, clinician_id)
        theirs = before.hours[clinician_id]
        known = next((one for one in theirs.openings if one.id == opening_id), None)
        if known is None:
            return
        left = tuple(one for one in theirs.openings if one is not known)
        after = arranging.with_hours(before, clinician_id, replace(theirs, openings=left))
        lost = breaking.agreed(session, before, after, seen=seen, now=now)
        rules.drop(session, known)
        arrangement.keep(session, after, lost, closure_id=None, actor=actor, now=now)
        _note(session, TAKE_BACK, clinician_id, [known, None], actor, now)


def _note(
    session: Session,
    verb: str,
    clinician_id: int,
    change: list[Opening | None],
    actor: Staff,
    now: datetime,
) -> None:
    journal.note(
        session, verb, actor=actor.signature, appointment_id=None, now=now,
        clinician=clinician_id, opening=[one and _said(one) for one in change],
    )  # fmt: skip


def _said(opening: Opening) -> dict[str, Any]:
    """Return an opening as the journal keeps it."""
    return {
        "day": str(opening.day),
        "location": opening.location_id,
        "minutes": [opening.from_minute, opening.until_minute],
        "ways": [opening.in_person, opening.video],
    }
