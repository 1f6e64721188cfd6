"""The primer and the safety check that this clinic shows, in the reader's language."""

from flask import current_app

from app.content import library
from app.content.previsit import PreVisit
from app.content.primer import Primer
from app.content.safety import SafetyCheck
from app.domain.edition import Signature
from app.services import edition
from app.settings import Settings
from app.web.clock import now
from app.web.languages import current
from app.web.visitor import clinic_as_it_is


def copy() -> library.Copy:
    """Say which edition this request shows."""
    settings: Settings = current_app.extensions["settings"]
    clinic = clinic_as_it_is()
    place = settings.primer, clinic.edition, clinic.jurisdiction
    language = library.written_in(current(), *place)
    shown = clinic.said_in(language)
    return library.Copy(
        folder=settings.primer,
        edition=shown.edition,
        language=language,
        jurisdiction=shown.jurisdiction,
        clinic_phone=shown.phone,
        nurse_line=shown.nurse_line,
        limits=tuple(shown.safety_limits.items()),
        instruments=shown.instruments,
    )


def signature() -> Signature | None:
    """Return whose name stands under the guide in the reader's language."""
    return edition.signature(clinic_as_it_is(), copy())


def rests() -> bool:
    """Say whether a person goes through the guide with patients, since nobody looked it over."""
    return edition.rests(clinic_as_it_is(), copy(), now=now())


def days_to_review() -> int:
    """Say in how many days somebody must have looked the guide over; below zero it is late."""
    clinic = clinic_as_it_is()
    return (library.front(copy()).review_by - clinic.day_at(now())).days


def offered() -> bool:
    """Say whether patients may read the guide here just now."""
    return clinic_as_it_is().primer_on and not rests()


def primer() -> Primer:
    """Return the primer."""
    return library.primer(copy())


def safety() -> SafetyCheck:
    """Return the safety check."""
    return library.safety(copy())


def previsit() -> PreVisit:
    """Return the form before the visit."""
    return library.previsit(copy())
