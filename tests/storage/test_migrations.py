from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, text

from app.clock import system_clock
from app.services import readiness
from app.settings import ROOT
from app.storage import health
from app.storage.database import Model, db
from tests.conftest import Make

ON_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%'"
ON_POSTGRES = """
    SELECT 'column', table_name, column_name, data_type || is_nullable
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', tablename, indexname, indexdef
      FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
      FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function', '', proname, prosrc
      FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
      WHERE lanname = 'plpgsql' AND pronamespace = 'public'::regnamespace
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, make_app: Make, tmp_path: Path) -> Flask:
    """Give a clinic whose database has nothing in it yet."""
    if request.param == "sqlite":
        return make_app(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    server = request.getfixturevalue("postgres_server")
    return make_app(server.create_database(f"empty_{abs(hash(tmp_path)):x}"))


def schema(connection: Connection) -> set[tuple[str, ...]]:
    """Return everything that the database is made of, guard and triggers too."""
    query = ON_SQLITE if connection.dialect.name == "sqlite" else ON_POSTGRES
    found = {tuple(map(str, row)) for row in connection.execute(text(query))}
    return {row for row in found if "alembic_version" not in "".join(row)}


def test_migrations_build_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Model.metadata) == []


def test_migrations_go_down_to_nothing_and_up_to_the_same_again(empty: Flask) -> None:
    with empty.app_context():
        upgrade()
        with db.engine.connect() as connection:
            before = schema(connection)
        downgrade(revision="base")
        with db.engine.connect() as connection:
            between = schema(connection)
        upgrade()
        with db.engine.connect() as connection:
            after = schema(connection)

    assert between == set()
    assert after == before
    assert any("no_overlap" in "".join(row) for row in after)
    assert any("append-only" in "".join(row) for row in after)


def test_the_newest_migration_is_the_last_file() -> None:
    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()

    assert health.newest_migration() == head


def test_an_empty_database_says_that_migrations_are_missing(empty: Flask) -> None:
    with empty.app_context():
        assert readiness.check(now=system_clock()) == ["migrations_missing"]


def test_an_older_database_says_that_migrations_are_missing(app: Flask) -> None:
    db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    db.session.commit()

    assert "migrations_missing" in readiness.check(now=system_clock())
