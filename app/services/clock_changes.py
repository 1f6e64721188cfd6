"""The next change of each place's clock, with the appointments around it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic, Location
from app.domain.clock_change import ClockChange, next_change
from app.domain.staff import Permission, Staff
from app.storage import appointments, coming
from app.storage.database import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class AtPlace:
    """A place, when its clock is next put, and who comes around then."""

    place: Location
    change: ClockChange | None
    appointments: tuple[Appointment, ...]


def see(actor: Staff, clinic: Clinic, *, now: datetime) -> list[AtPlace]:
    """Return the next change at each place, with the appointments that somebody sees."""
    actor.needs(Permission.SEE_DAY)
    return at_each_place(actor.seen(clinic.clinicians), clinic, now=now)


def at_each_place(
    clinician_ids: Collection[int], clinic: Clinic, *, now: datetime
) -> list[AtPlace]:
    """Return the next change at each place in use, with these doctors' appointments around it."""
    return [
        _at(place, clinician_ids, now=now) for place in clinic.locations.values() if place.active
    ]


def _at(place: Location, clinician_ids: Collection[int], *, now: datetime) -> AtPlace:
    change = next_change(place.zone, after=now)
    found: list[Appointment] = []
    if change is not None:
        around = coming.at_place(place.id, clinician_ids, change.around)
        found = appointments.listed(reading(), around)
    return AtPlace(place=place, change=change, appointments=tuple(found))
