"""Leaving a device: nothing of the person stays on it."""

from flask import redirect, session, url_for
from flask.typing import ResponseReturnValue

from app.web import languages
from app.web.access import Audience, access
from app.web.visitor import leave


@access(Audience.PUBLIC)
def leave_device() -> ResponseReturnValue:
    """End the session on this device."""
    return gone("left")


def gone(said: str) -> ResponseReturnValue:
    """End the session, and say so at the start in the language that was chosen."""
    spoken = session.get(languages.CHOSEN)
    leave()
    response = redirect(url_for("patient.start.start", said=said, language=spoken), code=303)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
