"""The appointment as a file for a calendar program."""

from flask import Response, current_app

from app.domain.letter import Letter, LetterKind
from app.ics.copies import links
from app.ics.entry import entry_of
from app.ics.invitation import CalendarAppointment, publish
from app.services.appointment import View
from app.settings import Settings
from app.web import guide
from app.web.clock import now
from app.web.layout import language
from app.web.visitor import clinic


def answer(view: View) -> Response:
    """Give the file; it is a copy, which later changes do not reach."""
    body = publish(_entry(view), stamp=view.appointment.changed_at)
    response = Response(body, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return response


def elsewhere(view: View) -> list[tuple[str, str]]:
    """Return (calendar on the web, address that puts a copy there)."""
    return links(_entry(view))


def _entry(view: View) -> CalendarAppointment:
    settings: Settings = current_app.extensions["settings"]
    return entry_of(_letter(view), host=settings.host)


def _letter(view: View) -> Letter:
    about, shown = view.appointment, clinic()
    wish, place = about.wish, shown.locations[about.wish.location_id]
    return Letter(
        kind=LetterKind.BOOKED,
        language=language(),
        stamp=now(),
        recipient_address=about.person.email,
        clinic_name=shown.name,
        clinic_phone=shown.phone,
        clinic_address=shown.email,
        emergency_number=guide.safety().emergency_number,
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
