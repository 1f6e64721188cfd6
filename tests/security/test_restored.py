"""A book that is lost and put back from its backup, by the commands that a clinic has (F16)."""

import json
import os
from pathlib import Path

import pytest
from flask import Flask

from app import worker
from app.services import backup, clinic, irrevocable, journal_proof
from app.settings import Settings, WrongSetting
from app.storage import age, in_use, models
from app.storage.database import db
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM, Make, StoppedClock
from tests.services.looking import rows
from tests.services.people import THURSDAY
from tests.support import postgres

IDENTITY, RECIPIENT = age.new_identity()


@pytest.fixture
def identity(tmp_path: Path) -> Path:
    path = tmp_path / "identity"
    path.write_text(IDENTITY)
    return path


@pytest.fixture
def site(make_app: Make, sqlite_url: str) -> Flask:
    return make_app(sqlite_url, backup_recipient=RECIPIENT)


def flask(site: Flask, *words: object) -> tuple[int, str]:
    ran = site.test_cli_runner().invoke(args=[str(word) for word in words])
    return ran.exit_code, ran.output


def book_somebody(site: Flask, clock: StoppedClock) -> str:
    with site.app_context():
        reference = Guest(MONDAY_8AM).book(THURSDAY)
        journal_proof.bind(now=clock.forward(minutes=11))
        db.session.remove()
        db.engine.dispose()
    return reference


def backed_up(site: Flask, tmp_path: Path) -> Path:
    code, said = flask(site, "backup", "--to", tmp_path / "backups")
    assert code == 0, said
    (file,) = (tmp_path / "backups").glob("*.age")
    return file


def references(site: Flask) -> list[str | None]:
    with site.app_context():
        found = [row.reference for row in rows(models.Appointment)]
        db.session.remove()
        db.engine.dispose()
    return found


def test_f16_a_book_that_was_overwritten_is_back_as_it_was(
    site: Flask, clock: StoppedClock, tmp_path: Path, identity: Path
) -> None:
    reference = book_somebody(site, clock)
    file = backed_up(site, tmp_path)
    book = site.extensions["settings"].book
    book.write_bytes(b"not a book any more" * 4096)

    proved = flask(site, "restore", file, "--identity", identity, "--verify")
    untouched = book.read_bytes()[:3]
    done = flask(site, "restore", file, "--identity", identity)

    assert proved[0] == done[0] == 0, (proved[1], done[1])
    assert "Its journal and its records hold." in proved[1]
    assert untouched == b"not"
    assert references(site) == [reference]
    (aside,) = book.parent.glob("before-restore-*")
    assert (aside / book.name).read_bytes().startswith(b"not a book")
    assert book.stat().st_mode & 0o777 == 0o600
    with site.app_context():
        assert journal_proof.check().faults == ()
        assert rows(models.JournalEntry)[-1].verb == "restored"


def test_f16_nothing_is_put_under_a_clinic_that_is_open(
    site: Flask, tmp_path: Path, identity: Path
) -> None:
    file = backed_up(site, tmp_path)
    book = site.extensions["settings"].book
    before = book.read_bytes()
    lock = in_use.share(book)

    refused = flask(site, "restore", file, "--identity", identity)
    os.close(lock)
    after = flask(site, "restore", file, "--identity", identity)

    assert (refused[0], "stop web and worker" in refused[1]) == (3, True)
    assert after[0] == 0, after[1]
    assert before[:16] == book.read_bytes()[:16]


@pytest.mark.parametrize("tenth", range(0, 10, 3))
def test_f16_a_backup_that_was_not_copied_whole_is_refused(
    site: Flask, tmp_path: Path, identity: Path, tenth: int
) -> None:
    file = backed_up(site, tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * tenth // 10])

    code, said = flask(site, "restore", file, "--identity", identity)

    assert (code, "It cannot be opened" in said) == (1, True)
    assert list(site.extensions["settings"].book.parent.glob("before-restore-*")) == []


def test_t37_no_backup_is_made_for_nobody_and_the_wrong_identity_opens_none(
    make_app: Make, site: Flask, tmp_path: Path, identity: Path
) -> None:
    for_nobody = flask(make_app(site.extensions["settings"].database_url), "backup", "--to", "x")
    file = backed_up(site, tmp_path)
    identity.write_text(age.new_identity()[0])

    wrong = flask(site, "restore", file, "--identity", identity, "--verify")
    none = flask(site, "restore", file, "--verify")

    assert (for_nobody[0], "For whom?" in for_nobody[1]) == (1, True)
    assert (wrong[0], "It cannot be opened" in wrong[1]) == (1, True)
    assert (none[0], "--identity" in none[1]) == (1, True)


def test_f16_a_bare_machine_gets_the_keys_with_the_book(
    make_app: Make, site: Flask, clock: StoppedClock, tmp_path: Path, identity: Path
) -> None:
    reference = book_somebody(site, clock)
    file = backed_up(site, tmp_path)
    bare = tmp_path / "bare"
    bare.mkdir(mode=0o700)
    made = bare / "field_keys.key"  # at its first start
    made.write_text(f"k1:{'11' * 32}")
    other = make_app(
        f"sqlite:///{bare}/clinic.sqlite", instance=bare, field_keys=(("k1", b"\x11" * 32),)
    )

    code, said = flask(other, "restore", file, "--identity", identity)

    assert code == 0, said
    assert made.read_text() == f"k1:{bytes(32).hex()}"
    (aside,) = bare.glob("before-restore-*")
    assert (aside / "field_keys.key").read_text() == f"k1:{'11' * 32}"
    assert references(other) == [reference]


def test_f16_keys_that_would_not_open_the_book_stop_the_restore(
    make_app: Make, site: Flask, tmp_path: Path, identity: Path
) -> None:
    file = backed_up(site, tmp_path)
    other = make_app(site.extensions["settings"].database_url, field_keys=(("k9", bytes(32)),))

    refused = flask(other, "restore", file, "--identity", identity)
    flask(other, "restore", file, "--identity", identity, "--keys-to", tmp_path / "keys")

    assert (refused[0], "FIELD_KEYS" in refused[1]) == (1, True)
    assert (tmp_path / "keys" / "field_keys").read_text() == f"k1:{bytes(32).hex()}"


def test_f16_postgresql_is_restored_into_an_empty_database_and_nowhere_else(
    make_app: Make, postgres_server: postgres.Server, pristine_postgres: str, clock: StoppedClock,
    tmp_path: Path, identity: Path,
) -> None:  # fmt: skip
    full = postgres_server.create_database("lost", template=pristine_postgres)
    site = make_app(full, backup_recipient=RECIPIENT)
    reference = book_somebody(site, clock)
    empty = make_app(postgres_server.create_database("found"))

    with postgres.on_path(postgres_server):
        file = backed_up(site, tmp_path)
        refused = flask(site, "restore", file, "--identity", identity)
        done = flask(empty, "restore", file, "--identity", identity)

    assert (refused[0], "not empty" in refused[1]) == (1, True)
    assert done[0] == 0, done[1]
    assert references(empty) == [reference]
    with empty.app_context():
        assert clinic.load().name == "Harbor Clinic"
        db.session.remove()
        db.engine.dispose()


def test_the_worker_makes_a_backup_an_hour_and_the_list_of_what_was_revoked_more_often(
    make_app: Make, sqlite_url: str, clock: StoppedClock, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    site = make_app(sqlite_url, backup_dir=folder, backup_recipient=RECIPIENT)
    numbers, listed = [], []
    with site.app_context():
        one, another = worker.build(site), worker.build(site)
        for minutes in (0, 1, 6, 54, 60):
            clock.forward(minutes=minutes)
            one.round()
            another.round()
            numbers.append(len(backup.listing(folder)))
            listed.append(json.loads((folder / irrevocable.NAME).read_text())["at"][11:16])

    assert numbers == [1, 1, 1, 2, 3]
    assert listed == ["13:00", "13:00", "13:07", "14:01", "15:01"]


def test_t37_backups_are_made_for_somebody_and_never_with_the_identity_itself(
    tmp_path: Path,
) -> None:
    own = {"INSTANCE_DIR": str(tmp_path / "own"), "BACKUP_DIR": str(tmp_path / "backups")}

    assert Settings.from_env(own | {"BACKUP_RECIPIENT": RECIPIENT}).backup_recipient == RECIPIENT
    for wrong in ({}, {"BACKUP_RECIPIENT": IDENTITY}, {"BACKUP_RECIPIENT": "age1"}):
        with pytest.raises(WrongSetting) as told:
            Settings.from_env(own | wrong)
        assert "BACKUP_RECIPIENT" in str(told.value)
        assert IDENTITY not in str(told.value)


def test_an_owner_gets_an_identity_and_its_recipient(site: Flask) -> None:
    said = flask(site, "new-identity")[1]

    assert str(age.identity_of(said).to_public()) == said.split()[3]
