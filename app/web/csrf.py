"""A form comes from our own page, or it does nothing."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import BadRequest

from app.web.access import Audience
from app.web.visitor import visit

OURS = ("same-origin", "none")
NO_ORIGIN = "null"  # what a page says that sends no referrer, such as ours
SECRET_FIELDS = ("csrf_token", "password", "code", "credential", "proof", "proof_credential")
WAITS = ("patient.booking.details",)  # keeps what was typed until it is known who somebody is

protect = CSRFProtect()
View = TypeVar("View", bound=Callable[..., object])


def init_app(app: Flask) -> None:
    """Ask every form for its token; one token a session, so that many tabs work.

    Under `Referrer-Policy: no-referrer` browsers send no Referer: the library's check of it
    would refuse every form over TLS.  Sec-Fetch-Site says the same and is sent.
    """
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    app.before_request(_refuse_foreign)
    protect.init_app(app)

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> ResponseReturnValue:
        return _send_again(), 400


def without_token(view: View) -> View:
    """Exempt what needs no cookie: how pages look, and what a device asks by its own password."""
    protect.exempt(view)
    return view


def _refuse_foreign() -> None:
    if request.method not in ("GET", "HEAD", "OPTIONS") and not _from_here():
        current_app.logger.warning("form from another site refused")
        raise BadRequest


def _from_here() -> bool:
    """Believe the browser; one too old for the first word may still say an origin."""
    if (site := request.headers.get("Sec-Fetch-Site")) is not None:
        return site in OURS
    origin = request.headers.get("Origin", NO_ORIGIN)
    return origin == NO_ORIGIN or _host(origin) == _host(request.host_url)


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _send_again() -> str:
    """Bring back what was typed, with a fresh token and a button to send it again.

    Where that leads nowhere, since nobody knows any more who typed it, their words are shown.
    """
    if not _leads_on():
        return render_template("errors/visit_ended.html", words=own_words())
    return render_template("errors/session_ended.html", fields=typed())


def own_words() -> list[str]:
    """Return what was typed in words; the name of a choice has no space in it."""
    return [value for _name, value in typed() if " " in value.strip()]


def too_late() -> str | None:
    """Show the words of somebody whose session ended while they wrote, unless they wait for it."""
    words = own_words()
    if not words or request.endpoint in WAITS or visit() is not None:
        return None
    return render_template("errors/visit_ended.html", words=words)


def _leads_on() -> bool:
    audience = getattr(current_app.view_functions[request.endpoint or ""], "audience", None)
    return (
        audience not in (Audience.VISITOR, Audience.HOLDER)
        or request.endpoint in WAITS
        or visit() is not None
    )


def typed() -> list[tuple[str, str]]:
    """Return what the person typed into the form that they sent, in its order; no secrets."""
    return [
        (name, value)
        for name, values in request.form.lists()
        if name not in SECRET_FIELDS
        for value in values
    ]
