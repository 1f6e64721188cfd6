"""Appointments that lose their time, as a page shows them before anybody loses anything."""

from dataclasses import dataclass

from app.domain.clinic import Clinic
from app.domain.hours_refusals import WouldBreak
from app.domain.rehousing import Coming
from app.services import breaking
from app.web.reception.there import there


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One of them, in words."""

    reference: str
    name: str
    phone: str
    email: str
    moment: str
    what: str
    doctor: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """All of them, and the letters by which the form says that they were seen."""

    seen: str
    lines: list[Line]


def sight(refusal: WouldBreak, clinic: Clinic) -> Sight:
    """Return what would break, to be seen before it does."""
    lines = [line(one, clinic) for one in refusal.lost]
    return Sight(seen=breaking.sight(refusal.lost), lines=lines)


def line(one: Coming, clinic: Clinic) -> Line:
    """Put an appointment into words."""
    return Line(
        reference=one.reference,
        name=one.name,
        phone=one.phone,
        email=one.email,
        moment=there(one.interval.start, one.wish.location_id, clinic),
        what=clinic.visit_types[one.wish.visit_type_id].name,
        doctor=clinic.clinicians[one.wish.clinician_id].name,
        place=clinic.locations[one.wish.location_id].name,
    )
