"""The database handle, and the one way to change what it holds."""

import os
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from functools import wraps
from sqlite3 import Connection as SQLiteConnection
from typing import Any, ParamSpec, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, CursorResult, Engine, Executable, event
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session

P = ParamSpec("P")
R = TypeVar("R")

DEADLOCK, SERIALIZATION = "40P01", "40001"
ONCE = (("appointment", "reference"), ("waiting", "appointment_id"))  # tables and their columns
LOOKING: dict[str, dict[str, str | None]] = {
    "postgresql": {"isolation_level": "AUTOCOMMIT"},
    "sqlite": {"sqlite_begin": None},
}
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # what was confirmed survives a power cut
    "busy_timeout=10000",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # append-only tables: REPLACE would walk past their triggers
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
)


class Model(DeclarativeBase):
    """Base of every table."""


class CommitUnknown(Exception):
    """The connection went while the database was told to keep something: it may have, or not.

    Nobody tries again by themselves; whoever presses again is answered by what was kept.
    """


db = SQLAlchemy(model_class=Model)


def reading() -> Session:
    """Return the session for looking; nothing is written outside a transaction.

    Looking needs none: the database is spared the beginning and the end of one.
    """
    session: Session = db.session()
    if not session.in_transaction():
        session.connection(execution_options=LOOKING[session.get_bind().dialect.name])
    return session


def run(
    session: Session,
    statement: Executable,
    **values: Any,  # noqa: ANN401  whatever the statement asks for
) -> CursorResult[*tuple[Any, ...]]:
    """Run a statement that was made once, with this time's values.

    Making a statement anew takes five times as long as running it.
    """
    return session.connection().execute(statement, values)


@contextmanager
def transaction() -> Iterator[Session]:
    """Keep everything done inside, or nothing.

    Use cases open it, once each; nobody else commits.
    """
    session: Session = db.session()
    session.rollback()  # end the reading done so far: nothing is written outside
    with _turn(session):
        session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        try:
            yield session
            _commit(session)
        except BaseException:
            session.rollback()
            raise


def _commit(session: Session) -> None:
    try:
        session.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise CommitUnknown from error
        raise


@contextmanager
def _turn(session: Session) -> Iterator[None]:
    """Stand in line for the one writer that SQLite has.

    Its own waiting is a lottery: who waits longest asks least often, and loses.  The lock goes
    with the process that holds it, however that ends.
    """
    path = session.get_bind().engine.url.database
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    line = os.open(f"{path}-turn", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        flock(line, LOCK_EX)
        yield
    finally:
        os.close(line)


def retried(use_case: Callable[P, R]) -> Callable[P, R]:
    """Do a use case once more when the database gave up on it through nobody's fault.

    PostgreSQL ends one of two that wait for each other; its server may be restarted, and what
    was not committed never was; a reference may be drawn twice; and of two who put somebody on
    the waiting list at once the second finds it done.
    """

    @wraps(use_case)
    def attempt(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return use_case(*args, **kwargs)
        except DBAPIError as error:
            if not _worth_another_try(error):
                raise
        db.session.rollback()
        return use_case(*args, **kwargs)

    return attempt


def _worth_another_try(error: DBAPIError) -> bool:
    if error.connection_invalidated:
        return True
    if isinstance(error, IntegrityError):
        said = str(error.orig)
        return any(table in said and column in said for table, column in ONCE)
    return getattr(error.orig, "sqlstate", None) in (DEADLOCK, SERIALIZATION)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: object, _record: object) -> None:
    if isinstance(connection, SQLiteConnection):
        connection.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "checkout")
def _leave_dead(connection: Any, _record: object, _proxy: object) -> None:  # noqa: ANN401  any driver's
    """Take another connection when the server has ended this one: it said so unasked."""
    if isinstance(connection, SQLiteConnection):
        return
    if connection.closed or _heard(connection.fileno()):
        raise DisconnectionError


def _heard(socket: int) -> bool:
    waiting = select.poll()
    waiting.register(socket, select.POLLIN)
    return bool(waiting.poll(0))


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        how = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        if how is not None:
            connection.exec_driver_sql(f"BEGIN {how}")
