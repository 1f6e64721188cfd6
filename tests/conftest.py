"""A clinic for every test: migrated tables, a stopped clock, and no network but loopback."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache

from app import cli
from app.factory import create_app, without_pages
from app.settings import ROOT, Settings
from app.storage.database import db
from tests.clinics import set_up
from tests.support import audit, postgres
from tests.support.rules import KnownRule

Flask.url_rule_class = KnownRule
MONDAY_8AM = datetime(2027, 3, 1, 13, tzinfo=UTC)  # 8 am in Knoxville, 7 am in Nashville


def settings_for(database_url: str, instance: Path) -> Settings:
    """Return the settings of a test's own clinic."""
    return Settings(
        database_url=database_url,
        base_url="http://localhost",
        secret_keys=("a secret of the tests",),
        link_keys=("a link key of the tests",),
        field_keys=(("k1", bytes(32)),),
        instance=instance,
        primer=ROOT / "primer",
        argon2_mib=1,
    )


@dataclass
class StoppedClock:
    """A clock that moves only when a test says so."""

    now: datetime = field(default=MONDAY_8AM)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        """Let time pass."""
        self.now += timedelta(**by)
        return self.now


def migrated(settings: Settings) -> None:
    """Make the tables by the migrations, as a clinic does, and set the test clinic up."""
    app = create_app(settings)
    cli.init_app(app)
    with app.app_context():
        upgrade()
        set_up(db.session())
        db.session.commit()
        db.session.remove()
        db.engine.dispose()  # the last connection folds the write-ahead log in


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SQLite clinic made once, to be copied for each test."""
    folder = tmp_path_factory.mktemp("pristine")
    path = folder / "clinic.sqlite"
    migrated(settings_for(f"sqlite:///{path}", folder))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """Give a private PostgreSQL with a clinic to be copied for each test."""
    server = postgres.start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def pristine_postgres(
    postgres_server: postgres.Server, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Give the name of a migrated database that serves as the template of the others."""
    url = postgres_server.create_database("pristine")
    migrated(settings_for(url, tmp_path_factory.mktemp("pristine_postgres")))
    return "pristine"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a clinic of the test's own: each test runs on both databases."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("pristine"), tmp_path / "clinic.sqlite")
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("pristine_postgres")
    server: postgres.Server = request.getfixturevalue("postgres_server")
    name = f"clinic_{abs(hash(tmp_path)):x}"
    yield server.create_database(name, template=template)
    server.drop_database(name)


@pytest.fixture
def sqlite_url(pristine: Path, tmp_path: Path) -> str:
    """Give a SQLite clinic to tests that are about pages and not about databases."""
    return f"sqlite:///{shutil.copy(pristine, tmp_path / 'clinic.sqlite')}"


@pytest.fixture
def clock() -> StoppedClock:
    """Give the clinic's clock, stopped on a Monday morning."""
    return StoppedClock()


Make = Callable[..., Flask]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Keep templates compiled from one clinic of a test to the next."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def waited() -> list[datetime]:
    """Give the instants for which somebody would have had to wait; in tests nobody does."""
    return []


@pytest.fixture
def make_app(
    tmp_path: Path, clock: StoppedClock, compiled: FileSystemBytecodeCache, waited: list[datetime]
) -> Iterator[Make]:
    """Give a way to start a clinic on a database, with settings of the test's own."""
    made: list[Flask] = []
    audited: list[list[str]] = []

    def make(database_url: str, **changes: Any) -> Flask:
        settings = replace(settings_for(database_url, tmp_path), **changes)
        app = create_app(settings, clock=clock, wait=waited.append)
        cli.init_app(app)
        app.jinja_env.bytecode_cache = compiled
        audited.append(audit.every_page(app))
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    assert not any(audited), [fault for faults in audited for fault in faults]


@pytest.fixture
def app(database_url: str, tmp_path: Path, clock: StoppedClock) -> Iterator[Flask]:
    """Give a clinic without its pages, on SQLite and on PostgreSQL, with its context pushed."""
    app = without_pages(settings_for(database_url, tmp_path), clock=clock)
    cli.init_app(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def site(make_app: Make, sqlite_url: str) -> Flask:
    """Give a clinic on SQLite for tests that press its pages."""
    return make_app(sqlite_url)
