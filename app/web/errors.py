"""How a refusal or a fault looks from outside: a sentence and what to do, never a trace."""

import logging
from types import TracebackType

from flask import Flask, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from app.domain.refusals import NotYours, Refused, SafetyCheckNeeded
from app.storage.database import db
from app.web.csrf import typed
from app.web.refusals import say, status

log = logging.getLogger(__name__)

Trace = tuple[type[BaseException], BaseException, TracebackType | None]
PAGES = {
    400: "errors/bad_request.html",
    404: "errors/not_found.html",
    405: "errors/not_found.html",
    413: "errors/too_large.html",
    503: "errors/unavailable.html",
}


def init_app(app: Flask) -> None:
    """Answer every refusal nobody caught with a page, not a stack trace."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(PoolTimeout, _database_error)
    app.register_error_handler(Exception, _fault)


def refused(refusal: Refused) -> ResponseReturnValue:
    """Say no kindly; what is not the person's looks as if it were not there."""
    if isinstance(refusal, NotYours):
        return render_template("errors/not_found.html"), 404
    if isinstance(refusal, SafetyCheckNeeded):
        return redirect(url_for("patient.start.start", again=1), code=303)
    page = render_template("errors/refused.html", code=refusal.code, sentence=say(refusal))
    return page, status(refusal)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):  # without a trusted host no page can name an address
        return "This address is not ours.", 400, {"Content-Type": "text/plain; charset=utf-8"}
    code = error.code or 500
    if code < 400:
        return error
    return _page(PAGES.get(code, "errors/bad_request.html"), code)


def _database_error(error: Exception) -> ResponseReturnValue:
    """Bring back what was typed: nothing was written, and pressing again is safe."""
    log.error("database fault %s", type(getattr(error, "orig", error)).__name__)
    db.session.rollback()
    g.plain_page = True
    page = render_template("errors/unavailable.html", fields=typed(), action=request.path)
    return page, 503, {"Retry-After": "60"}


def _fault(error: Exception) -> ResponseReturnValue:
    log.error("fault %s", type(error).__name__, exc_info=_frames_only(error))
    db.session.rollback()
    return _page("errors/server_error.html", 500)


def _frames_only(error: Exception) -> Trace:
    """Keep where it happened and drop what it said: a message may hold a name."""
    return type(error), RuntimeError(type(error).__name__), error.__traceback__


def _page(template: str, code: int) -> ResponseReturnValue:
    g.plain_page = True  # the page may not ask the database for anything
    return render_template(template), code
