"""The demonstration clinic, made once, and real processes on a copy of it."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from app import cli
from app.clock import system_clock
from app.factory import create_app
from app.services import demo
from app.settings import Settings
from app.storage.database import db
from tests.support.processes import Site, environment, start_site
from tests.web.patient.booking_walk import book, by_link, keep, patient
from tests.web.walker import Walker

ANY_NUMBER = {"EXEMPT_NETWORKS": "127.0.0.0/8"}  # one machine plays many people


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the book of the demonstration clinic as it is today."""
    folder = tmp_path_factory.mktemp("demonstration")
    path = folder / "clinic.sqlite"
    app = create_app(Settings.from_env(environment(f"sqlite:///{path}", folder)))
    cli.init_app(app)
    with app.app_context():
        upgrade()
        demo.load(now=system_clock())
        db.session.remove()
        db.engine.dispose()
    return path


def copy_of(book: Path, folder: Path) -> str:
    """Return the address of a copy of a book that nobody else may read."""
    folder.chmod(0o700)
    return f"sqlite:///{shutil.copy(book, folder / 'clinic.sqlite')}"


@contextmanager
def opened(
    book: Path, folder: Path, *, workers: int = 2, tls: bool = False, **settings: str
) -> Iterator[Site]:
    """Open a clinic's doors on a copy of its book."""
    umask = os.umask(0o077)  # as ./run and the units of a process manager have it
    try:
        site = start_site(
            copy_of(book, folder), folder, workers=workers, tls=tls, **(ANY_NUMBER | settings)
        )
    finally:
        os.umask(umask)
    try:
        yield site
    finally:
        site.stop()


@contextmanager
def behind(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open a served clinic's book behind its back; what is written is kept."""
    book = sqlite3.connect(folder / "clinic.sqlite", timeout=30, isolation_level=None)
    try:
        yield book
    finally:
        book.close()


@pytest.fixture
def holder(site: Flask) -> tuple[Walker, str]:
    """Give somebody with a session, a kept time and an appointment, and its reference."""
    reference = book(patient(site))
    walker = by_link(site, reference)
    walker.be_safe("general")
    keep(walker)
    walker.get("/details")
    return walker, reference
