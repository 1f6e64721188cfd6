"""The appointment as a file for a calendar program."""

from flask import Response, current_app

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.letter import Letter, LetterKind
from app.ics.copies import links
from app.ics.entry import entry_of
from app.ics.invitation import CalendarAppointment, publish
from app.services.appointment import View
from app.settings import Settings
from app.storage.models import Status
from app.web import guide
from app.web.download import download
from app.web.layout import language
from app.web.visitor import clinic


def answer(view: View) -> Response:
    """Give the file; it is a copy, which later changes do not reach."""
    body = publish(_entry(view), stamp=view.appointment.changed_at)
    return download(body, "appointment.ics", "text/calendar; charset=utf-8; method=PUBLISH")


def elsewhere(view: View) -> list[tuple[str, str]]:
    """Return (calendar on the web, address that puts a copy there)."""
    place = clinic().locations[view.appointment.wish.location_id]
    return links(_entry(view), place.zone)


def _entry(view: View) -> CalendarAppointment:
    settings: Settings = current_app.extensions["settings"]
    number = guide.safety().emergency_number
    letter = letter_of(view.appointment, clinic(), language(), emergency_number=number)
    return entry_of(letter, host=clinic().host(settings.host))


def letter_of(about: Appointment, shown: Clinic, spoken: str, *, emergency_number: str) -> Letter:
    """Return what a calendar may know of an appointment, as its mails have it."""
    wish, place = about.wish, shown.locations[about.wish.location_id]
    cancelled = about.status == Status.CANCELLED
    return Letter(
        kind=LetterKind.CANCELLED if cancelled else LetterKind.BOOKED,
        language=spoken,
        stamp=about.changed_at,
        recipient_address=about.person.email,
        clinic_name=shown.name,
        clinic_phone=shown.phone,
        clinic_address=shown.email,
        emergency_number=emergency_number,
        appointment_id=about.id,
        sequence=about.sequence,
        patient_name=about.person.name,
        clinician_name=shown.clinicians[wish.clinician_id].name,
        place_name=place.name,
        place_address=place.address,
        directions=place.directions,
        video=wish.video,
        interval=about.interval,
        zone=place.zone,
        reference=about.reference,
    )
