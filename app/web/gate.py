"""Until the database is as this release wants it, the clinic answers "not ready"."""

import logging

from flask import Flask, abort, current_app, request

from app.services import readiness, start
from app.web.clock import now

log = logging.getLogger(__name__)

OPEN = ("operator.health", "operator.ready", "operator.metrics", "assets.file")


def init_app(app: Flask) -> None:
    """Look once, before the first page: migrations applied, the guard in its place."""
    app.extensions["ready"] = False
    app.before_request(_look)


def guide_faults() -> list[str]:
    """Say what is wrong with what would be shown, by file and line; for the log only."""
    return start.check(current_app.extensions["settings"])


def _look() -> None:
    if current_app.extensions["ready"] or request.endpoint in OPEN:
        return
    wrong = readiness.blocking(now=now()) or guide_faults()
    if wrong:
        log.error("not serving: %s", ", ".join(wrong))
        abort(503)
    current_app.extensions["ready"] = True
