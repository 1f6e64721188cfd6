"""A form comes from our own page, or it does nothing."""

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import BadRequest

OURS = ("same-origin", "none")
SECRET_FIELDS = ("csrf_token", "password", "code", "credential", "proof", "proof_credential")


def init_app(app: Flask) -> None:
    """Ask every form for its token; one token a session, so that many tabs work.

    Under `Referrer-Policy: no-referrer` browsers send no Referer: the library's check of it
    would refuse every form over TLS.  Sec-Fetch-Site says the same and is sent.
    """
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_SSL_STRICT=False)
    app.before_request(_refuse_foreign)
    CSRFProtect(app)

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> ResponseReturnValue:
        return _send_again(), 400


def _refuse_foreign() -> None:
    site = request.headers.get("Sec-Fetch-Site", "none")
    if request.method not in ("GET", "HEAD", "OPTIONS") and site not in OURS:
        current_app.logger.warning("form from another site refused")
        raise BadRequest


def _send_again() -> str:
    """Bring back what was typed, with a fresh token and a button to send it again."""
    return render_template("errors/session_ended.html", fields=typed(), action=request.path)


def typed() -> list[tuple[str, str]]:
    """Return what the person typed into the form that they sent, in its order; no secrets."""
    return [
        (name, value)
        for name, values in request.form.lists()
        if name not in SECRET_FIELDS
        for value in values
    ]
