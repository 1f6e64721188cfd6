"""Moving an appointment at the desk: to any five minutes that are open, or over another's."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.appointment import Appointment, Wish
from app.domain.clinic import Clinic, VisitType
from app.domain.desk_refusals import ClinicClosed, InThePast, TooFarAhead
from app.domain.hours import open_cells
from app.domain.interval import Interval
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
from app.domain.timeline import Grid
from app.services import attending, calendar, doctor_mails, offer
from app.services.day import anybody_at
from app.services.moving import OVERTAKEN, moved_mails, new_time
from app.services.offer import Offer, Search
from app.storage import appointments, holds, journal, mails
from app.storage.database import retried, transaction
from app.storage.models import Status

FARTHEST = timedelta(days=731)  # that anybody books ahead: beyond is a year mistyped
OVERLAPS = ("doctor_agreed", "urgent", "together", "other")
REFUSED = {Status.CANCELLED: AlreadyCancelled, Status.TENTATIVE: NotConfirmed}


def free_times(
    appointment: Appointment | None, search: Search, clinic: Clinic, *, now: datetime
) -> Offer:
    """Return what patients are offered, and what they are not because it is too near."""
    return offer.find(search, clinic.without_notice(), moving=appointment, now=now)


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
    visit_type = _offered(wish, found, clinic)
    interval = Interval(wish.start, wish.start + visit_type.rule.length)
    check_open(wish, interval, clinic, now=now)
    with transaction() as session:
        holds.lock_calendars(session, [found.wish.clinician_id, wish.clinician_id])
        blocked = visit_type.blocked(wish.start)
        taken = anybody_at(session, wish.clinician_id, blocked, but=found.id, now=now)
        if taken and overlap is None:
            raise SlotTaken
        reason = overlap if taken else None
        values = new_time(found, wish, interval, clinic) | {"overlap_reason": reason}
        appointments.change(session, found, values, now=now)
        _tell(session, found, interval, clinic, now=now)
        doctor_mails.owe(session, found.id, clinic, before=found.wish, after=wish, now=now)
        why = {"overlap": reason} if reason else {}
        journal.note(
            session, "move", actor=actor.signature, appointment_id=found.id, now=now,
            start=[found.interval.start.isoformat(), wish.start.isoformat()],
            clinician=[found.wish.clinician_id, wish.clinician_id], **why,
        )  # fmt: skip


def _offered(wish: Wish, found: Appointment, clinic: Clinic) -> VisitType:
    """Refuse a doctor, a place or a way to meet that does not go with the visit."""
    visit_type = clinic.visit_types[found.wish.visit_type_id]
    clinician = clinic.clinicians.get(wish.clinician_id)
    place = clinic.locations.get(wish.location_id)
    known = clinician is not None and place is not None and clinician.active and place.active
    way = visit_type.video if wish.video else visit_type.in_person
    if not (known and way and clinician and visit_type.id in clinician.visit_type_ids):
        raise NotOffered
    if wish.visit_type_id != visit_type.id:
        raise NotOffered
    return visit_type


def check_open(wish: Wish, interval: Interval, clinic: Clinic, *, now: datetime) -> None:
    """Refuse a time that is over or out of sight, or for which the doctor is not in."""
    if wish.start < now:
        raise InThePast
    if wish.start > now + FARTHEST:
        raise TooFarAhead
    day = wish.start.date()
    grid = Grid.of_days(day - timedelta(days=calendar.MARGIN), 2 * calendar.MARGIN + 1)
    if not grid.begins(wish.start):
        raise NotOffered
    stretches = calendar.stretches(clinic, wish.clinician_id, wish.location_id, grid)
    open_ = open_cells(
        [one for one in stretches if (one.video if wish.video else one.in_person)], grid
    )
    if grid.cover(interval) & ~open_:
        raise ClinicClosed


def _tell(
    session: Session, found: Appointment, interval: Interval, clinic: Clinic, *, now: datetime
) -> None:
    mails.withdraw(session, found.id, OVERTAKEN)
    owed: list[dict[str, Any]] = []
    if found.person.email:
        owed = moved_mails(found, interval, clinic, now=now)
    mails.owe(session, owed, now=now)
