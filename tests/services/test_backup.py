"""Backups: the whole book, proved, sealed, thinned out, and made safe before it is opened again."""

import json
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from app.domain.staff import Role
from app.domain.subscription import Source
from app.services import backup, irrevocable, journal_proof, restoring, subscription
from app.services.backup import Place
from app.storage import age, models
from app.storage.database import db, transaction
from app.storage.dump import CannotDump
from app.storage.models import MailState
from tests.clinics import Guest, days
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows
from tests.services.people import THURSDAY
from tests.staffing import give_app, hire, session_of
from tests.support import postgres

LATER = MONDAY_8AM + timedelta(minutes=11)
IDENTITY, RECIPIENT = age.new_identity()
KEYS = {"SECRET_KEY": ("s" * 16,), "LINK_KEY": ("l" * 16,), "FIELD_KEYS": ("k1:" + "00" * 32,)}


@pytest.fixture
def place(app: Flask, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Give where backups go; PostgreSQL's own programs are as new as its server."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    place = Place(folder=tmp_path / "backups", recipient=RECIPIENT, scratch=scratch, keys=KEYS)
    if db.engine.dialect.name == "sqlite":
        yield place
        return
    with postgres.on_path(request.getfixturevalue("postgres_server")):
        yield place


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "opened"
    folder.mkdir()
    return folder


def test_t35_a_backup_says_where_journal_and_records_end_and_only_its_owner_reads_it(
    place: Place, scratch: Path, guest: Guest
) -> None:
    reference = guest.book(THURSDAY)
    journal_proof.bind(now=LATER)

    made = backup.write(place, now=LATER)

    opened = restoring.open_(made, IDENTITY, scratch)
    restoring.check(opened)
    assert made.stat().st_mode & 0o777 == 0o600
    assert reference.encode() not in made.read_bytes()
    assert opened.manifest["journal"] == [1, journal_proof.check().head]
    assert opened.manifest["rows"]["appointment"] == 1
    assert (opened.manifest["keys"], opened.keys["FIELD_KEYS"]) == (["k1"], ["k1:" + "00" * 32])
    assert list(place.scratch.iterdir()) == []


def test_t37_a_readable_backup_is_asked_for_by_name_and_has_no_keys(
    place: Place, scratch: Path
) -> None:
    made = backup.write(replace(place, recipient=None), now=LATER)

    with tarfile.open(made) as tar:
        assert set(tar.getnames()) == {"manifest.json", "book"}
    restoring.check(restoring.open_(made, None, scratch))


def test_f16_a_book_that_is_not_the_one_of_the_manifest_is_refused(
    place: Place, scratch: Path
) -> None:
    opened = restoring.open_(backup.write(place, now=LATER), IDENTITY, scratch)
    whole = opened.book.read_bytes()
    opened.book.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    with pytest.raises(CannotDump, match="SHA-256"):
        restoring.check(opened)


def test_f16_nothing_is_taken_out_of_a_file_but_what_we_pack(place: Place, scratch: Path) -> None:
    made = backup.write(replace(place, recipient=None), now=LATER)
    (scratch / "evil").touch()
    with tarfile.open(made, "a") as tar:
        for name in ("../outside", "/outside", "notes"):
            tar.add(scratch / "evil", name)
    (scratch / "evil").unlink()

    restoring.check(restoring.open_(made, None, scratch))

    assert {path.name for path in scratch.iterdir()} == {"manifest.json", "book"}
    assert not (scratch.parent / "outside").exists()


def test_old_backups_go_but_never_the_last_three_nor_what_is_not_ours(place: Place) -> None:
    for hours in range(5):
        backup.write(place, now=MONDAY_8AM + timedelta(hours=hours))
    (place.folder / "foreword-notes.txt").touch()
    after = MONDAY_8AM + days(40)

    due = backup.is_due(place.folder, now=after)
    backup.write(place, now=after)

    assert due
    assert not backup.is_due(place.folder, now=after + timedelta(minutes=59))
    assert [at for at, _ in backup.listing(place.folder)] == [
        MONDAY_8AM + timedelta(hours=3), MONDAY_8AM + timedelta(hours=4), after,
    ]  # fmt: skip
    assert (place.folder / "foreword-notes.txt").exists()


def test_f16_a_restored_book_ends_sessions_codes_and_mails_that_were_due(app: Flask) -> None:
    jo = hire()
    session_of(jo)
    give_app(jo)
    due, coming = MONDAY_8AM, MONDAY_8AM + days(2)
    mail = {"kind": "x", "sequence": 0, "lead_hours": 0, "language": "en", "state": "owed",
            "attempts": 0, "owed_at": due}  # fmt: skip
    with transaction() as session:
        for number, at in enumerate((due, coming)):
            row = mail | {"sequence": number, "due_at": at, "next_try_at": at}
            session.execute(insert(models.Mail).values(row))

    kept_back = restoring.settle(MONDAY_8AM, None, resend=False, now=LATER)

    assert kept_back == 1
    assert [one.state for one in sorted(rows(models.Mail), key=lambda one: one.sequence)] == [
        MailState.WITHDRAWN, MailState.OWED,
    ]  # fmt: skip
    assert rows(models.StaffSession) == []
    (factor,) = rows(models.StaffFactor)
    assert factor.counter == int(LATER.timestamp()) // 30 + 1


def test_f16_what_was_revoked_after_the_backup_stays_revoked(
    app: Flask, guest: Guest, tmp_path: Path
) -> None:
    guest.book(THURSDAY)
    left, demoted, phone_lost = hire(), hire(name="Ben"), hire(name="Cem")
    give_app(phone_lost)
    subscription.make(Source(clinician_id=1), "Her phone", actor=hire(Role.OWNER), now=MONDAY_8AM)
    before = everything()
    change(left.id, left_at=LATER, password_hash=None)
    change(demoted.id, role="clinician", clinician_id=1)
    with transaction() as session:
        session.execute(update(models.Appointment).values(link_version=3))
        session.execute(delete(models.StaffFactor))
        session.execute(delete(models.Subscription))
    irrevocable.keep(tmp_path, now=LATER)
    restore(before)
    last = irrevocable.newest(tmp_path, since=MONDAY_8AM)

    restoring.settle(MONDAY_8AM, last, resend=False, now=LATER)

    accounts = {one.id: one for one in rows(models.StaffAccount)}
    assert (accounts[left.id].left_at, accounts[left.id].password_hash) == (LATER, None)
    assert (accounts[demoted.id].role, accounts[phone_lost.id].role) == ("clinician", "reception")
    assert rows(models.StaffFactor) == rows(models.Subscription) == []
    assert [one.link_version for one in rows(models.Appointment)] == [3]


def test_f16_a_list_that_is_older_than_the_backup_is_not_used(app: Flask, tmp_path: Path) -> None:
    irrevocable.keep(tmp_path, now=MONDAY_8AM)

    assert irrevocable.newest(tmp_path, since=LATER) is None
    assert irrevocable.is_due(tmp_path, now=LATER)
    assert json.loads((tmp_path / irrevocable.NAME).read_text())["at"] == MONDAY_8AM.isoformat()


def change(staff_id: str, **values: object) -> None:
    with transaction() as session:
        theirs = models.StaffAccount.id == staff_id
        session.execute(update(models.StaffAccount).where(theirs).values(**values))


def everything() -> list[tuple[object, list[dict[str, object]]]]:
    """Remember the rows that the test changes."""
    tables = (models.StaffAccount, models.StaffFactor, models.Appointment, models.Subscription)
    return [
        (one, [dict(row) for row in db.session.execute(select(one.__table__)).mappings()])
        for one in tables
    ]


def restore(before: list[tuple[object, list[dict[str, object]]]]) -> None:
    """Let the rows be as they were."""
    with transaction() as session:
        for model, known in before:
            for row in known:
                session.merge(model(**row))  # type: ignore[operator]  # a model
