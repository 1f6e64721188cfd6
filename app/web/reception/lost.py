"""Appointments that lose their time, as a page shows them before anybody loses anything."""

from dataclasses import dataclass
from datetime import datetime

from app.content import when
from app.domain.clinic import Clinic
from app.domain.hours_refusals import WouldBreak
from app.domain.rehousing import Coming
from app.services import breaking
from app.web.layout import language


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
        moment=moment(one.interval.start, one.wish.location_id, clinic),
        what=clinic.visit_types[one.wish.visit_type_id].name,
        doctor=clinic.clinicians[one.wish.clinician_id].name,
        place=clinic.locations[one.wish.location_id].name,
    )


def moment(start: datetime, location_id: int, clinic: Clinic) -> str:
    """Say when something begins, on the clock of its place."""
    return when.day_and_clock(start, clinic.locations[location_id].zone, language())
