"""Which languages the clinic speaks: those that somebody has written a catalogue in."""

from flask import Flask, current_app, g, request, session
from flask_babel import Babel, get_locale

from app.content import when
from app.domain.clinic import Clinic
from app.settings import Settings
from app.web.visitor import clinic_as_it_is

OURS = "en"  # what the texts are written in; every other language is a folder
CHOSEN = "language"  # in the cookie


def init_app(app: Flask) -> None:
    """Look once which catalogues there are."""
    settings: Settings = app.extensions["settings"]
    found = settings.translations.glob("*/LC_MESSAGES/messages.mo")
    app.extensions["languages"] = (OURS, *sorted(file.parts[-3] for file in found))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(settings.translations)
    Babel(app, default_locale=OURS, locale_selector=_locale)


def offered() -> tuple[str, ...]:
    """Return the languages a person can choose, ours first."""
    known: tuple[str, ...] = current_app.extensions["languages"]
    return known


def names() -> dict[str, str]:
    """Return what each language is called by those who speak it."""
    return {language: when.language_name(language) for language in offered()}


def current() -> str:
    """Return the language of this page, such as es."""
    locale = get_locale()
    return str(locale.language) if locale else OURS


def _locale() -> str:
    """Take what the address names, else what the person chose, else what their browser asks for.

    A farewell names it in its query: by then nothing is kept of who chose it.

    Whoever asks for nothing gets the clinic's own.
    """
    known = _clinic()
    named = (request.view_args or {}).get("language", request.args.get("language"))
    chosen = next((one for one in (named, session.get(CHOSEN)) if one in offered()), None)
    if chosen is None:
        asked = request.accept_languages.best_match(offered())
        chosen = asked or (known.language if known else OURS)
    return when.as_written_in(chosen, known.country if known else "")


def _clinic() -> Clinic | None:
    """Return the clinic; a page that may not ask for it uses the last seen."""
    if g.get("plain_page"):
        seen: Clinic | None = current_app.extensions.get("last_frame", (None, None))[0]
        return seen
    return clinic_as_it_is()
