"""Going back to the page that something was chosen on."""

from urllib.parse import urlsplit

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException


def page_at(to: str, *, language: str | None = None) -> str:
    """Return the page of ours that an address names; the first one for any other address.

    An address that says its language leads to the same page in the *language*, which a query
    then does not name any more.
    """
    try:
        parts = urlsplit(to)
        endpoint, named = current_app.url_map.bind("").match(parts.path, method="GET")
    except (HTTPException, ValueError):
        return url_for("patient.start.start")
    path = parts.path
    if language and "language" in named:
        path = url_for(endpoint, **{**named, "language": language})
    query = _without_language(parts.query) if language else parts.query
    return f"{path}?{query}" if query else path


def _without_language(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if not pair.startswith("language="))
