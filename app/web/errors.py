"""How a refusal or a fault looks from outside: a sentence and what to do, never a trace."""

import logging
import sys
from types import TracebackType

from flask import Flask, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from app.domain.refusals import NotYours, Refused, SafetyCheckNeeded
from app.storage.database import CommitUnknown, db
from app.web.csrf import too_late, typed
from app.web.refusals import say, status

log = logging.getLogger(__name__)

Trace = tuple[type, BaseException, TracebackType] | tuple[None, None, None]
PAGES = {
    400: "errors/bad_request.html",
    404: "errors/not_found.html",
    413: "errors/too_large.html",
    503: "errors/unavailable.html",
}


def init_app(app: Flask) -> None:
    """Answer every refusal nobody caught with a page, not a stack trace."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(PoolTimeout, _database_error)
    app.register_error_handler(CommitUnknown, _database_error)
    app.register_error_handler(Exception, _fault)
    app.log_exception = _note  # type: ignore[method-assign]  # a fault while answering a fault


def refused(refusal: Refused) -> ResponseReturnValue:
    """Say no kindly; what is not the person's looks as if it were not there."""
    if isinstance(refusal, (NotYours, SafetyCheckNeeded)) and (page := too_late()) is not None:
        return page, status(refusal)
    if isinstance(refusal, NotYours):
        return render_template("errors/not_found.html"), 404
    if isinstance(refusal, SafetyCheckNeeded):
        return redirect(url_for("patient.start.start", again=1), code=303)
    page = render_template("errors/refused.html", code=refusal.code, sentence=say(refusal))
    return page, status(refusal)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):  # without a trusted host no page can name an address
        return "This address is not ours.", 400, {"Content-Type": "text/plain; charset=utf-8"}
    original = getattr(error, "original_exception", None)
    if isinstance(original, (DBAPIError, PoolTimeout, CommitUnknown)):
        return _database_error(original)
    code = error.code or 500
    if code < 400:
        return error
    page, _code = _page(PAGES.get(code, "errors/bad_request.html"), code)
    allowed = ", ".join(getattr(error, "valid_methods", None) or ())
    return page, code, {"Allow": allowed} if allowed else {}


def _database_error(error: Exception) -> ResponseReturnValue:
    """Bring back what was typed: nothing is half done, and pressing again is safe."""
    log.error("database fault %s", type(getattr(error, "orig", error)).__name__)
    db.session.rollback()
    g.plain_page = True
    page = render_template("errors/unavailable.html", fields=typed())
    return page, 503, {"Retry-After": "60"}


def _fault(_error: Exception) -> ResponseReturnValue:
    _note(sys.exc_info())
    db.session.rollback()
    return _page("errors/server_error.html", 500)


def _note(exc_info: Trace) -> None:
    """Write down where it happened and not what it said: a message may hold a name."""
    kind, _error, frames = exc_info
    name = kind.__name__ if kind else "unknown"
    log.error("fault %s", name, exc_info=(RuntimeError, RuntimeError(name), frames))


def _page(template: str, code: int) -> tuple[str, int]:
    g.plain_page = True  # the page may not ask the database for anything
    return render_template(template), code
