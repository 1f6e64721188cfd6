"""The appointment card: what somebody carries to the visit."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from app.content import when
from app.domain.appointment import Wish
from app.domain.clinic import Clinic
from app.services.appointment import View
from app.web.layout import language


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An appointment in words; the patient's name only for whoever gave it or unlocked it."""

    day: str
    clock: str
    zone: str
    whole: str
    clinician: str
    visit_type: str
    where: str
    directions: str
    reference: str
    patient: str | None
    qr_url: str | None


def card(view: View, clinic: Clinic, *, named: bool) -> Card:
    """Put an appointment into words."""
    appointment = view.appointment
    wish, span = appointment.wish, appointment.interval
    place, said = clinic.locations[wish.location_id], language()
    day = when.day(span.start, place.zone, said)
    clock = when.span(span.start, span.end, place.zone, said)
    zone = when.zone_name(place.zone, span.start, said)
    url = url_for("patient.appointment.qr", reference=appointment.reference)
    return Card(
        day=day,
        clock=clock,
        zone=zone,
        whole=f"{day}, {clock}, {zone}",
        clinician=clinic.clinicians[wish.clinician_id].name,
        visit_type=clinic.visit_types[wish.visit_type_id].name,
        where=where(wish, clinic),
        directions="" if wish.video else place.directions,
        reference=appointment.reference,
        patient=appointment.person.name if named else None,
        qr_url=None if view.cancelled or view.tentative else url,
    )


def where(wish: Wish, clinic: Clinic) -> str:
    """Say where somebody goes, with the address."""
    place = clinic.locations[wish.location_id]
    return str(_("By video")) if wish.video else f"{place.name}, {place.address}."


def change_until(view: View, clinic: Clinic) -> str:
    """Say until when an appointment can be moved or cancelled here."""
    zone = clinic.locations[view.appointment.wish.location_id].zone
    return when.day_and_clock(view.change_until, zone, language(), named=clinic.clocks_differ)
