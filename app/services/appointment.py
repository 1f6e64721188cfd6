"""An appointment after booking: opened by its link, and seen."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from app.domain import booking as rules
from app.domain.actor import Actor
from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.refusals import (
    AlreadyCancelled,
    AlreadyOver,
    NotConfirmed,
    NotYours,
    TooManyTries,
    UnlockNeeded,
    WrongBirthDate,
)
from app.services import visitor
from app.storage import appointments, people, sealing, tallies, visitors
from app.storage.database import reading, retried, transaction
from app.storage.models import Status
from app.storage.visitors import Visit

ID = re.compile("[a-z2-7]{20}")
LINK = "appointment"  # what links are signed for


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An appointment and what may still be done with it."""

    appointment: Appointment
    change_until: datetime
    changeable: bool
    over: bool

    @property
    def tentative(self) -> bool:
        """Say whether it waits for its link to be pressed."""
        return self.appointment.status == Status.TENTATIVE

    @property
    def lapsed(self) -> bool:
        """Say whether it waited too long, and its time came free."""
        return self.cancelled and self.appointment.booked_at is None

    @property
    def cancelled(self) -> bool:
        """Say whether it was cancelled."""
        return self.appointment.status == Status.CANCELLED


def path(appointment_id: str, link_version: int) -> str:
    """Return the path of a patient's link; nothing of it is stored."""
    signed = sealing.of(reading()).signed(LINK, f"{appointment_id}|{link_version}")
    return f"/a/{appointment_id}.{signed}"


def linked(token: str, *, now: datetime) -> Appointment:
    """Return the appointment that a link means.

    Unknown, garbled, revoked and expired links are one refusal, NotYours, after the same work.
    """
    appointment_id, _, mac = token.partition(".")
    known = appointment_id if ID.fullmatch(appointment_id) else ""  # asked for all the same
    found = appointments.find(reading(), appointments.by_id(known))
    version = found.link_version if found else 0
    good = sealing.of(reading()).is_signed(LINK, f"{appointment_id}|{version}", mac)
    if found is None or not good or now > found.interval.end + rules.LINK_LASTS:
        raise NotYours
    return found


@retried
def open_link(
    token: str, *, visit: Visit | None, network: str, now: datetime
) -> tuple[str | None, str]:
    """Let the session see the link's appointment; return (its new handle, reference).

    Granting is all it does.  A session that opened the link before keeps its handle.  Raises
    what `linked` raises.
    """
    found = linked(token, now=now)
    if visit is not None and found.id in actor(visit).by_link:
        return None, found.reference
    with transaction() as session:
        handle = visitor.renew(session, visit, network=network, now=now)
        visitors.grant(
            session,
            visitor.id_of(handle),
            found.id,
            link_version=found.link_version,
            by_link=True,
            granted_at=now,
        )
    return handle, found.reference


def actor(visit: Visit | None) -> Actor:
    """Return the session as somebody who asks for something, with what its links opened."""
    if visit is None:
        raise NotYours
    granted = visitors.grants(reading(), visit.id)
    return Actor(
        visitor_id=visit.id,
        grants=frozenset(one.appointment_id for one in granted),
        unlocked=frozenset(one.appointment_id for one in granted if one.unlocked),
        by_link=frozenset(one.appointment_id for one in granted if one.by_link),
    )


def find(reference: str, *, actor: Actor, clinic: Clinic, now: datetime) -> View:
    """Return an appointment, or refuse as if there were none."""
    return view(mine(reference, actor), clinic, now=now)


def mine(reference: str, actor: Actor) -> Appointment:
    """Return the actor's appointment, or refuse as if there were none."""
    found = appointments.find(reading(), appointments.by_reference(reference))
    if found is None:
        raise NotYours
    actor.needs(found.id)
    return found


def view(appointment: Appointment, clinic: Clinic, *, now: datetime) -> View:
    """Say what may still be done with an appointment."""
    visit_type = clinic.visit_types[appointment.wish.visit_type_id]
    change_until = appointment.interval.start - visit_type.change_until
    coming = appointment.status == Status.BOOKED
    return View(
        appointment=appointment,
        change_until=change_until,
        changeable=coming and now <= change_until and now < appointment.interval.start,
        over=now >= appointment.interval.start,
    )


def words(reference: str, *, actor: Actor) -> dict[str, object]:
    """Return the health words of a visit, for somebody who gave the birth date too."""
    appointment = mine(reference, actor)
    if appointment.id not in actor.unlocked:
        raise UnlockNeeded
    if appointment.intake_id is None:  # booked at the desk, where nobody asks for health words
        return {"needs": appointment.needs}
    return people.words(reading(), appointment.intake_id)


@retried
def unlock(reference: str, birth_date: date, *, actor: Actor, now: datetime) -> None:
    """Show health words in this session from now on; five wrong tries an hour, then phone."""
    appointment = mine(reference, actor)
    right = appointment.person.birth_date == birth_date
    with transaction() as session:
        tries = tallies.this_hour(session, "unlock", appointment.id, now=now)
        if right and tries <= rules.UNLOCK_TRIES:
            visitors.unlock(session, actor.visitor_id, appointment.id, now=now)
    if tries > rules.UNLOCK_TRIES:
        raise TooManyTries
    if not right:
        raise WrongBirthDate


def changeable(reference: str, actor: Actor, clinic: Clinic, *, now: datetime) -> Appointment:
    """Return the actor's appointment if it may still be moved or cancelled online.

    Raises NotYours, AlreadyCancelled, NotConfirmed, AlreadyOver, TooLate.
    """
    appointment = mine(reference, actor)
    if appointment.status == Status.CANCELLED:
        raise AlreadyCancelled
    if appointment.status == Status.TENTATIVE:
        raise NotConfirmed
    if appointment.status != Status.BOOKED:
        raise AlreadyOver  # the person is here
    visit_type = clinic.visit_types[appointment.wish.visit_type_id]
    rules.check_change(appointment.interval, visit_type.change_until, now=now)
    return appointment
