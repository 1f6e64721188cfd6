"""Appointment cards that the desk hands out: when, where, with whom, and the link to scan."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.refusals import AlreadyCancelled, NotConfirmed
from app.domain.staff import Permission, Staff
from app.services import attending, desk, looked
from app.services.appointment import View, path, view
from app.storage import appointments
from app.storage.database import reading, retried
from app.storage.models import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card before it is put into words; *link* is the path that its code leads to."""

    view: View
    link: str


@retried
def of_appointment(reference: str, *, actor: Staff, clinic: Clinic, now: datetime) -> Card:
    """Return one card; raises NotYours, AlreadyCancelled, NotConfirmed."""
    about = attending.find(reference, actor)
    if about.status == Status.CANCELLED:
        raise AlreadyCancelled
    if about.status == Status.TENTATIVE:
        raise NotConfirmed
    looked.note("card", actor=actor, appointment_id=about.id, now=now)
    return _card(about, clinic, now=now)


@retried
def of_day(
    on: date, *, location_id: int | None = None, actor: Staff, clinic: Clinic, now: datetime
) -> list[Card]:
    """Return the cards of whoever is still to come on a day, in its order."""
    actor.needs(Permission.RUN_DAY)
    board = desk.day(on, location_id=location_id, actor=actor, clinic=clinic, now=now)
    coming = [one.reference for one in board.planned if one.status == Status.BOOKED]
    found = appointments.listed(reading(), appointments.by_references(coming))
    looked.note("cards", actor=actor, now=now, day=on.isoformat(), many=len(found))
    return [_card(one, clinic, now=now) for one in found]


def _card(about: Appointment, clinic: Clinic, *, now: datetime) -> Card:
    return Card(view=view(about, clinic, now=now), link=path(about.id, about.link_version))
