"""The primer and the safety check that this clinic shows, in the reader's language."""

from flask import current_app

from app.content import library
from app.content.previsit import PreVisit
from app.content.primer import Primer
from app.content.safety import SafetyCheck
from app.settings import Settings
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
    )


def primer() -> Primer:
    """Return the primer."""
    return library.primer(copy())


def safety() -> SafetyCheck:
    """Return the safety check."""
    return library.safety(copy())


def previsit() -> PreVisit:
    """Return the form before the visit."""
    return library.previsit(copy())
