"""Reading in another language: one press, and the same page again."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import refresh
from werkzeug.exceptions import HTTPException

from app.web import languages
from app.web.access import Audience, access
from app.web.patient.reader import go_on_in_this_language

blueprint = Blueprint("language", __name__)


@blueprint.post("/language")
@access(Audience.PUBLIC)
def choose() -> ResponseReturnValue:
    """Keep the language for this session, and go back to the page it was chosen on."""
    language = request.form.get("language")
    if language not in languages.offered():
        abort(400)
    session[languages.CHOSEN] = language
    refresh()
    go_on_in_this_language()
    return redirect(_page(request.form.get("to", "")), code=303)


def _page(to: str) -> str:
    """Return the page of ours that an address names; the first one for any other address."""
    try:
        parts = urlsplit(to)
        endpoint, named = current_app.url_map.bind("").match(parts.path, method="GET")
    except (HTTPException, ValueError):
        return url_for("patient.start.start")
    path = parts.path
    if "language" in named:  # the address says the language too
        path = url_for(endpoint, **{**named, "language": session[languages.CHOSEN]})
    return f"{path}?{parts.query}" if parts.query else path
