import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from app import cli
from app.factory import create_app
from app.settings import Settings
from app.storage import models
from app.storage.database import db, retried, transaction
from tests.clinics import TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM, Make
from tests.services.looking import booked, counts, rows

TALLY = {"key": "k", "day": MONDAY_8AM.date(), "count": 1}


def test_everything_done_in_a_transaction_is_kept(app: Flask) -> None:
    with transaction() as session:
        session.execute(insert(models.Tally).values(**TALLY))

    assert len(rows(models.Tally)) == 1


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt, SystemExit])
def test_nothing_is_kept_of_a_transaction_that_fails(
    app: Flask, fault: type[BaseException]
) -> None:
    def fail() -> None:
        with transaction() as session:
            session.execute(insert(models.Tally).values(**TALLY))
            raise fault

    with pytest.raises(fault):
        fail()

    assert rows(models.Tally) == []
    with transaction() as session:
        session.execute(insert(models.Tally).values(**TALLY))


def test_what_was_changed_outside_a_transaction_is_not_kept_by_the_next_one(app: Flask) -> None:
    db.session.execute(insert(models.Tally).values(**TALLY))

    with transaction() as session:
        session.execute(text("SELECT 1"))

    assert rows(models.Tally) == []


def test_a_reference_drawn_twice_is_drawn_again(app: Flask) -> None:
    guest = Guest(MONDAY_8AM)
    first, second = guest.book(), guest.book(wish(TUESDAY_NOON + days(1)))
    drawn = iter([first, "HB-NEW-ONE"])

    @retried
    def rename() -> str:
        reference = next(drawn)
        with transaction() as session:
            known = models.Appointment.reference == second
            session.execute(update(models.Appointment).where(known).values(reference=reference))
        return reference

    assert rename() == "HB-NEW-ONE"
    assert booked("HB-NEW-ONE")


def test_another_broken_rule_is_not_tried_again(app: Flask) -> None:
    tries = []

    @retried
    def write() -> None:
        tries.append(1)
        with transaction() as session:
            session.execute(insert(models.Tally).values(TALLY | {"key": None}))

    with pytest.raises(IntegrityError):
        write()
    assert len(tries) == 1


@pytest.mark.parametrize(("state", "tried"), [("40P01", 2), ("40001", 2), ("22012", 1)])
def test_f06_what_postgresql_gave_up_is_tried_once_more(app: Flask, state: str, tried: int) -> None:
    if db.engine.dialect.name == "sqlite":
        return  # one writer: nobody waits for each other
    tries = []

    @retried
    def give_up() -> None:
        tries.append(1)
        with transaction() as session:
            session.execute(insert(models.Tally).values(**TALLY))
            session.execute(text(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$"))

    with pytest.raises(DBAPIError):
        give_up()
    assert len(tries) == tried
    assert counts()["tally"] == 0


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("busy_timeout", 10000),
    ],
)
def test_sqlite_is_as_safe_as_it_can_be(
    make_app: Make, sqlite_url: str, pragma: str, value: object
) -> None:
    with make_app(sqlite_url).app_context():
        assert db.session.execute(text(f"PRAGMA {pragma}")).scalar_one() == value


def test_files_of_an_installation_are_read_by_nobody_else(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        settings = Settings.from_env({"INSTANCE_DIR": str(tmp_path / "instance")})
        app = create_app(settings)
        cli.init_app(app)
        with app.app_context():
            upgrade()
            with transaction() as session:
                session.execute(insert(models.Tally).values(**TALLY))
            modes = {path.name: path.stat().st_mode & 0o777 for path in settings.instance.iterdir()}
            db.session.remove()
            db.engine.dispose()
    finally:
        os.umask(before)

    assert {"foreword.sqlite", "foreword.sqlite-wal", "secret_key.key"} <= set(modes)
    assert set(modes.values()) == {0o600}
    assert settings.instance.stat().st_mode & 0o777 == 0o700


def test_an_instant_comes_back_as_it_was_in_utc(app: Flask) -> None:
    lord_howe = timezone(timedelta(hours=10, minutes=30))
    instant = datetime(2027, 3, 1, 9, 0, 0, 123456, tzinfo=lord_howe)

    with transaction() as session:
        session.execute(
            insert(models.JournalEntry).values(at=instant, actor="a", verb="v", change={})
        )

    (row,) = rows(models.JournalEntry)
    assert row.at == instant
    assert row.at.tzinfo is UTC


def test_a_time_without_a_zone_is_not_stored(app: Flask) -> None:
    naive = datetime(2027, 3, 1, 9)  # noqa: DTZ001  what is refused

    with pytest.raises(StatementError, match="naive"):
        db.session.execute(
            insert(models.JournalEntry).values(at=naive, actor="a", verb="v", change={})
        )


def test_instants_are_compared_as_instants_in_the_database(app: Flask) -> None:
    earlier = datetime(2027, 3, 1, 12, tzinfo=timezone(timedelta(hours=14)))
    later = datetime(2027, 3, 1, 1, tzinfo=UTC)
    for at in (later, earlier):
        db.session.execute(
            insert(models.JournalEntry).values(at=at, actor="a", verb="v", change={})
        )
    db.session.commit()

    found = rows(models.JournalEntry, models.JournalEntry.at < later)

    assert [row.at for row in found] == [earlier]
