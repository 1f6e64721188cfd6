"""Moving an appointment at the desk: to any five minutes that are open, or over another's."""

from datetime import datetime

from app.domain.appointment import Appointment, Wish
from app.domain.clinic import Clinic
from app.domain.refusals import (
    AlreadyCancelled,
    AlreadyOver,
    ChangedMeanwhile,
    NotConfirmed,
    NotOffered,
    NotYours,
    SlotTaken,
    UnknownAnswer,
)
from app.domain.staff import Permission, Staff
from app.services import attending, elsewhere, moving
from app.services import clinic as clinics
from app.services.day import anybody_at, check_open, visit_type_of
from app.storage import holds
from app.storage.database import retried, transaction
from app.storage.models import Status

OVERLAPS = ("doctor_agreed", "urgent", "together", "other")
REFUSED = {Status.CANCELLED: AlreadyCancelled, Status.TENTATIVE: NotConfirmed}


@retried
def move(
    reference: str,
    wish: Wish,
    *,
    overlap: str | None = None,
    revision: int,
    actor: Staff,
    clinic: Clinic,
    now: datetime,
) -> None:
    """Move an appointment, and owe the mail that says so; twice is once.

    *overlap* names why two may be there at one time, for whoever may allow it.  Raises
    NotYours, ChangedMeanwhile, InThePast, NotOffered, ClinicClosed, SlotTaken, NotAllowed, and
    AlreadyOver, AlreadyCancelled or NotConfirmed for what is not to be moved.
    """
    found = attending.find(reference, actor)
    if not actor.sees(wish.clinician_id):
        raise NotYours
    if found.wish == wish:
        return
    if found.status != Status.BOOKED:
        raise REFUSED.get(Status(found.status), AlreadyOver)
    if found.revision != revision:
        raise ChangedMeanwhile
    check_overlap(overlap, actor)
    _move(found, wish, overlap, actor, clinic, now=now)


def check_overlap(overlap: str | None, actor: Staff) -> None:
    """Refuse two at one time from whoever may not allow it, or without a reason that we know."""
    if overlap is not None:
        actor.needs(Permission.OVERLAP)
        if overlap not in OVERLAPS:
            raise UnknownAnswer


def _move(
    found: Appointment,
    wish: Wish,
    overlap: str | None,
    actor: Staff,
    clinic: Clinic,
    *,
    now: datetime,
) -> None:
    if wish.visit_type_id != found.wish.visit_type_id:
        raise NotOffered
    visit_type = visit_type_of(wish, clinic)
    with transaction() as session:
        holds.lock_calendars(session, [found.wish.clinician_id, wish.clinician_id])
        check_open(wish, clinics.as_it_is(session, clinic), now=now)
        blocked = visit_type.blocked(wish.start)
        taken = anybody_at(session, wish.clinician_id, blocked, but=found.id, now=now)
        if taken and overlap is None:
            raise SlotTaken
        away = elsewhere.check(
            session,
            wish.clinician_id,
            visit_type.interval(wish.start),
            allowed=overlap is not None,
            now=now,
        )
        reason = overlap if taken else None
        moving.put(
            session, found, wish, clinic,
            overlap=reason, despite=overlap if away else None, actor=actor.signature, now=now,
        )  # fmt: skip
        elsewhere.allow(session, found.id, found.sequence + 1, away, actor=actor, now=now)
