"""How gunicorn serves the clinic, under `./run` and under a process manager alike."""

import os
import sys
from pathlib import Path

import gunicorn.http.wsgi
from flask import Flask
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from sqlalchemy.exc import DBAPIError

from app.services import clinic, start
from app.storage.database import db


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


_host, _port = os.environ.get("BIND") or "127.0.0.1", os.environ.get("PORT") or "8000"
_memory = Path("/dev/shm")  # noqa: S108 - gunicorn makes its file there safely

wsgi_app = "wsgi:app"
preload_app = True  # read the programs once, share their memory, start workers at once
bind = f"[{_host}]:{_port}" if ":" in _host else f"{_host}:{_port}"
workers = int(os.environ.get("WEB_CONCURRENCY") or _cores())
worker_class = "gthread"
threads = 4
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True  # it would live in the home folder, which may be read-only
forwarded_allow_ips = ""  # only TRUSTED_PROXIES says whom to believe
accesslog = None  # the application logs requests without what people put into addresses
loglevel = "warning"
if os.access(_memory, os.W_OK):
    worker_tmp_dir = str(_memory)  # a heartbeat on a slow disk looks like a hung worker

gunicorn.http.wsgi.SERVER = "foreword"  # no program, no version


class Discreet(Logger):
    """gunicorn's log, without what a request said: its path and headers may be personal."""

    def warning(self, msg: object, *args: object, **more: object) -> None:
        """Say that a request was none, and not what it was."""
        if str(msg).startswith("Invalid request"):
            msg = "A request was refused before the application saw it."
        super().warning(msg, *args, **more)

    def exception(self, msg: object, *args: object, **more: object) -> None:
        """Say where a request went wrong, and not which one it was."""
        kind, _error, trace = sys.exc_info()
        if kind is None or "request" not in str(msg):
            super().exception(msg, *args, **more)
            return
        self.error("Error handling a request", exc_info=(kind, RuntimeError(kind.__name__), trace))


logger_class = Discreet


def on_starting(server: Arbiter) -> None:
    """Stop before anybody is served when the guide cannot be shown; say by file and line why."""
    app: Flask = server.app.wsgi()
    with app.app_context():
        try:
            wrong = start.check(app.extensions["settings"]) if clinic.is_set_up() else []
        except DBAPIError:
            return  # the database is away or empty: every page asks again
        finally:
            db.session.remove()
    if wrong:
        sys.exit("\n".join(["Foreword does not start.", *wrong]))


def post_fork(server: Arbiter, _worker: object) -> None:
    """Let every process open connections of its own."""
    app: Flask = server.app.wsgi()
    with app.app_context():
        db.engine.dispose(close=False)
