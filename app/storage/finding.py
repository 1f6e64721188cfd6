"""Finding people: by a name's beginnings, a birth date, the end of a number, a reference.

Names are looked for in `search_name`, numbers anywhere: both read the whole table of patients,
as no index helps with what may begin at any word (a fifth of a second for 100,000 of them).
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from app.domain.finding import Sought, folded
from app.storage.models import Appointment, Patient, Status

ROWS = 2000  # of fifty people's appointments, the latest first
MADE = Appointment.booked_at.is_not(None) | (Appointment.status == Status.TENTATIVE)


class Row(NamedTuple):
    """One appointment with whom it is of."""

    search_name: str
    birth_date: date
    name: str
    phone: str
    email: str
    booker_name: str | None
    reference: str
    status: str
    start: datetime
    end: datetime
    clinician_id: int
    location_id: int
    visit_type_id: int
    video: bool


def people(
    session: Session, sought: Sought, *, clinician_ids: Collection[int] | None, at_most: int
) -> list[tuple[str, date]]:
    """Return (search name, birth date) of whoever fits; with calendars, only of who comes there."""
    who = (Patient.search_name, Patient.birth_date)
    query = select(*who).join(Appointment, Appointment.patient_id == Patient.id)
    query = query.where(_fits(session, sought), MADE, *_theirs(clinician_ids)).distinct()
    found = session.execute(query.order_by(*who).limit(at_most))
    return [(name, born) for name, born in found]


def appointments(
    session: Session,
    people: Sequence[tuple[str, date]],
    *,
    clinician_ids: Collection[int] | None,
) -> list[Row]:
    """Return the appointments of some people, the latest first, and perhaps of their namesakes."""
    columns = (
        Patient.search_name, Patient.birth_date, Patient.name, Patient.phone, Patient.email,
        Patient.booker_name, Appointment.reference, Appointment.status, Appointment.starts_at,
        Appointment.ends_at,
        Appointment.clinician_id, Appointment.location_id, Appointment.visit_type_id,
        Appointment.video,
    )  # fmt: skip
    names, births = zip(*people, strict=True)
    theirs = Patient.birth_date.in_(births) & Patient.search_name.in_(names)
    query = select(*columns).join(Appointment, Appointment.patient_id == Patient.id)
    query = query.where(theirs, MADE, *_theirs(clinician_ids))
    found: Any = session.execute(query.order_by(Appointment.starts_at.desc()).limit(ROWS))
    return [Row(*row) for row in found]


def _theirs(clinician_ids: Collection[int] | None) -> list[ColumnElement[bool]]:
    return [] if clinician_ids is None else [Appointment.clinician_id.in_(list(clinician_ids))]


def _fits(session: Session, sought: Sought) -> ColumnElement[bool]:
    """Say what fits; signs that mean anything to LIKE are looked for as they are."""
    ways: list[ColumnElement[bool]] = []
    if sought.words:
        end = " " if sought.whole else ""
        name = Patient.search_name + end
        named = [name.contains(f" {word}{end}", autoescape=True) for word in sought.words]
        ways += [and_(*named), Patient.booker_name.in_(_bookers(session, sought))]
    if sought.births:
        ways.append(Patient.birth_date.in_(sought.births))
    if sought.digits:
        ways.append(Patient.phone.contains(sought.digits, autoescape=True))
    if sought.references:
        ways.append(Appointment.reference.in_(sought.references))
    if sought.email:
        ways.append(Patient.email_key.startswith(sought.email, autoescape=True))
    return or_(*ways)


def _bookers(session: Session, sought: Sought) -> list[str]:
    """Return who books for somebody and has such a name: they are few, and folded here."""
    named = select(Patient.booker_name).where(Patient.booker_name.is_not(None)).distinct()
    found = (name for name in session.scalars(named) if name and sought.names(folded(name)))
    return list(islice(found, ROWS))
