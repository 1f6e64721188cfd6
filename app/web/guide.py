"""The primer and the safety check that this clinic shows, in the reader's language."""

from flask import current_app
from flask_babel import get_locale

from app.content import library
from app.content.previsit import PreVisit
from app.content.primer import Primer
from app.content.safety import SafetyCheck
from app.settings import Settings
from app.web.visitor import clinic

WRITTEN = ("en",)  # languages that an edition is written in; others read English


def copy() -> library.Copy:
    """Say which edition this request shows."""
    settings: Settings = current_app.extensions["settings"]
    shown = clinic()
    language = str(get_locale() or "en").partition("_")[0]
    return library.Copy(
        folder=settings.primer,
        edition=shown.edition,
        language=language if language in WRITTEN else "en",
        jurisdiction=shown.jurisdiction,
        clinic_phone=shown.phone,
        nurse_line=shown.nurse_line,
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
