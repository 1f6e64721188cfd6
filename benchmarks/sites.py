"""The clinic and the floor, started alike: same settings of gunicorn, same kind of database."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from sqlalchemy.engine import make_url

from app import cli
from app.clock import system_clock
from app.factory import create_app
from app.settings import Settings
from benchmarks import dataset
from benchmarks.dataset import Size
from tests.support import postgres, processes

STEADY = "--max-requests=0"  # no worker is renewed while it is measured; on both sides
OURS = {"EXEMPT_NETWORKS": "127.0.0.0/8", "GUNICORN_CMD_ARGS": STEADY}


@dataclass
class House:
    """Where everything of one run lives: a folder, a PostgreSQL, the databases made so far."""

    folder: Path
    stack: ExitStack
    now: datetime = field(default_factory=system_clock)
    server: postgres.Server | None = None
    made: dict[tuple[str, str, Size], str] = field(default_factory=dict)
    copies: int = 0

    def postgres(self) -> postgres.Server:
        """Return the PostgreSQL, as safe and as slow as a real one."""
        if self.server is None:
            self.server = postgres.start(durable=True)
            self.stack.callback(self.server.stop)
        return self.server

    def clinic(self, kind: str, size: Size | None = None) -> str:
        """Return the address of a database of its own with a clinic in it."""
        return self._copy("clinic", kind, size or Size())

    def floor(self, kind: str, size: Size | None = None) -> str:
        """Return the same for the floor."""
        return self._copy("floor", kind, size or Size())

    def empty(self, kind: str) -> str:
        """Return the address of a database of its own with nothing in it."""
        self.copies += 1
        if kind == "sqlite":
            return f"sqlite:///{self.folder}/empty_{self.copies}.sqlite"
        return self.postgres().create_database(f"empty_{self.copies}")

    def _copy(self, what: str, kind: str, size: Size) -> str:
        key = (what, kind, size)
        self.copies += 1
        if kind == "sqlite":
            if key not in self.made:
                self.made[key] = str(self.folder / f"{what}_{len(self.made)}.sqlite")
                self._fill(what, f"sqlite:///{self.made[key]}", size)
            path = self.folder / f"copy_{self.copies}.sqlite"
            shutil.copy(self.made[key], path)
            return f"sqlite:///{path}"
        if key not in self.made:
            self.made[key] = f"{what}_{len(self.made)}"
            self._fill(what, self.postgres().create_database(self.made[key]), size)
        return self.postgres().create_database(f"copy_{self.copies}", template=self.made[key])

    def _fill(self, what: str, url: str, size: Size) -> None:
        if what == "floor":
            dataset.fill_floor(plain(url), size, now=self.now)
        else:
            dataset.fill_clinic(self.application(url), size, now=self.now)

    def application(self, url: str) -> Flask:
        """Build the clinic's application on a database, with the keys of its processes."""
        env = processes.environment(url, self.folder, **OURS)
        app = create_app(Settings.from_env(env))
        cli.init_app(app)
        return app

    @contextmanager
    def serve_clinic(self, url: str, *, workers: int = 2) -> Iterator[processes.Site]:
        """Serve the clinic."""
        site = processes.start_site(url, self.folder, workers=workers, tls=False, **OURS)
        try:
            yield site
        finally:
            site.stop()

    @contextmanager
    def serve_floor(self, url: str, *, size: int = 0, workers: int = 2) -> Iterator[processes.Site]:
        """Serve the floor; *size* is how many bytes its page has."""
        port = processes.free_port()
        settings = {"FLOOR_DATABASE": plain(url), "FLOOR_BYTES": str(size), "PORT": str(port)}
        env = processes.environment(url, self.folder, GUNICORN_CMD_ARGS=STEADY, **settings)
        log = self.folder / "floor.log"
        command = ["gunicorn", "--config=python:benchmarks.floor_server", f"--workers={workers}"]
        process = processes.start(command, env=env, log=log)
        site = processes.Site(f"http://127.0.0.1:{port}", process, log)
        try:
            processes.wait_until(partial(answers, port), process, log)
            yield site
        finally:
            site.stop()


@contextmanager
def house() -> Iterator[House]:
    """Make a place for a run, and leave nothing of it behind."""
    with TemporaryDirectory(prefix="foreword-bench-") as folder, ExitStack() as stack:
        yield House(Path(folder), stack)


def plain(url: str) -> str:
    """Return an address as the databases' own libraries read it."""
    if url.startswith("sqlite"):
        return url.removeprefix("sqlite:///")
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def answers(port: int, path: str = "/") -> bool:
    """Say whether somebody answers there, whatever they say."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return bool(connection.getresponse().status)
    except OSError:
        return False
    finally:
        connection.close()
