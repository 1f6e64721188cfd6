"""The whole database as one file, and what such a file holds."""

import os
import sqlite3
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import which
from typing import Any

from sqlalchemy import create_engine, func, make_url, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.storage import health, journal_links
from app.storage.database import db
from app.storage.models import Reading

SNAPSHOT = "SELECT pg_export_snapshot()"


class CannotDump(Exception):
    """The copy was not made, or not put back; the message says why, without a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How a database stands: its last migration, its rows by table, and where its chains end."""

    migration: str
    rows: dict[str, int]
    journal: tuple[int, str]
    records: str


def copy(to: Path) -> Stand:
    """Copy the database as it is at one instant, whoever writes meanwhile."""
    to.touch(mode=0o600)
    if db.engine.dialect.name == "sqlite":
        source = db.engine.raw_connection()
        with sqlite3.connect(to) as target:
            source.driver_connection.backup(target, pages=-1)  # type: ignore[union-attr]  # SQLite's
        target.close()
        source.close()
        return sound(to)
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        snapshot = connection.scalar(text(SNAPSHOT))
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges",
             f"--snapshot={snapshot}", f"--file={to}")  # fmt: skip
        return _stand(Session(connection))


def sound(path: Path) -> Stand:
    """Say how a SQLite file stands; raises CannotDump for one that is broken or not ours."""
    engine = create_engine(f"sqlite:///{path}")
    try:
        with Session(engine) as session:
            if session.scalar(text("PRAGMA integrity_check")) != "ok":
                raise CannotDump("The database in it is broken (integrity_check).")
            if not health.guard_present(session):
                raise CannotDump("What refuses double bookings is missing in it.")
            return _stand(session)
    except DBAPIError as error:
        raise CannotDump("What is in it is not a database of ours.") from error
    finally:
        engine.dispose()


def put_back(dump: Path) -> None:
    """Fill the empty PostgreSQL database that the settings name, all of it or nothing."""
    with db.engine.connect() as connection:
        if health.migration_head(Session(connection)) is not None:
            raise CannotDump("That database is not empty: make a new one, and name it.")
    _run(
        "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", str(dump), into="-d"
    )


def listed(dump: Path) -> None:
    """Read through a PostgreSQL dump without a server."""
    _run("pg_restore", "--file=/dev/null", str(dump), into=None)


def _stand(session: Session) -> Stand:
    tables = db.metadata.sorted_tables
    ends = sha256()
    for row in session.execute(
        select(Reading.id, Reading.length, Reading.head).order_by(Reading.id)
    ):
        ends.update(f"{row.id} {row.length} {row.head}\n".encode())
    return Stand(
        migration=health.migration_head(session) or "",
        rows={
            one.name: session.scalar(select(func.count()).select_from(one)) or 0 for one in tables
        },
        journal=journal_links.last(session),
        records=ends.hexdigest(),
    )


def _run(program: str, *words: str, into: str | None = "") -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, seen by nobody."""
    found = which(program)
    if found is None:
        raise CannotDump(f"{program} is missing: it comes with PostgreSQL's client programs.")
    url = make_url(str(db.engine.url.render_as_string(hide_password=False)))
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    where: list[str] = [] if into is None else [*filter(None, [into]), plain]
    password: dict[str, Any] = {"PGPASSWORD": str(url.password)} if url.password else {}
    ran = subprocess.run(  # noqa: S603  a program of PostgreSQL's, by its whole path
        [found, *words, *where], env={**os.environ, **password}, capture_output=True, check=False
    )
    if ran.returncode:
        raise CannotDump(f"{program} ended with {ran.returncode}: is it as new as the server?")
