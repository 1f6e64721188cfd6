"""Proving records: whatever is changed in one of them is found."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Executable, case, column, delete, select, table, text, update
from sqlalchemy.orm import Session

from app.content.library import Copy
from app.content.primer import Primer
from app.domain.refusals import NotYours
from app.services import proof, reading
from app.settings import ROOT
from app.storage import readings
from app.storage.database import db, transaction
from app.storage.models import RecordEntry
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.services.editions import TODAY
from tests.services.reading import read_all, stand

COLUMNS = [column.name for column in RecordEntry.__table__.columns if column.name != "reading_id"]
NOTED = (
    "edition", "language", "jurisdiction", "answered_by", "started_at", "bundle_sha", "build",
    "length", "head", "seal",
)  # fmt: skip
# The tables without what they know of types: forged values go in as they are.
ENTRY = table("record_entry", *(column(name) for name in ("reading_id", *COLUMNS)))
READING = table("reading", *(column(name) for name in ("words", "withdrawn_at", *NOTED)))
K1 = (ENTRY.c.kind == "statement") & (ENTRY.c.subject == "K1")
LAST = ENTRY.c.kind == "end"


@pytest.fixture
def proved(reader: Guest, primer: Primer) -> str:
    """Give the id of a reading that was read to its end, and whose record holds."""
    read_all(reader, primer)
    stand(reader, primer, K1="talk", K2="skip")
    assert proof.check(TODAY) == []
    return reader.visit.reading_id or ""


@pytest.fixture
def owner(proved: str) -> Session:
    """Give the database to somebody who owns it, and whom no trigger stops."""
    session: Session = db.session()
    session.rollback()
    on_table = " ON record_entry" if session.get_bind().dialect.name == "postgresql" else ""
    for moment in ("UPDATE", "DELETE"):
        session.execute(text(f"DROP TRIGGER record_entry_no_{moment}{on_table}"))
    session.commit()
    return session


def found(owner: Session, change: Executable) -> set[str]:
    """Say what is found after a change, and take the change back."""
    owner.execute(change)
    owner.expire_all()
    codes = {fault.code for fault in proof.check(TODAY)}
    owner.rollback()
    return codes


def otherwise(value: Any) -> Iterator[object]:
    """Change a byte at the beginning, in the middle and at the end; the rules try them all."""
    if isinstance(value, bytes):
        for place in (0, len(value) // 2, len(value) - 1):
            yield value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :]
    elif isinstance(value, str):
        for place in (0, len(value) // 2, len(value) - 1):
            yield value[:place] + chr(ord(value[place]) ^ 1) + value[place + 1 :]
    elif isinstance(value, datetime):
        yield value + timedelta(microseconds=1)
    else:
        yield value + 1000


@pytest.mark.parametrize("name", COLUMNS)
def test_t35_any_byte_changed_in_an_entry_is_found(owner: Session, name: str) -> None:
    kept = owner.execute(select(ENTRY.c[name]).where(K1)).scalar_one()
    changes = [(new, update(ENTRY).where(K1).values({name: new})) for new in otherwise(kept)]

    missed = [new for new, change in changes if not found(owner, change)]

    assert missed == []


@pytest.mark.parametrize("name", NOTED)
def test_t35_any_byte_changed_in_what_a_reading_began_with_is_found(
    owner: Session, name: str
) -> None:
    kept = owner.execute(select(READING.c[name])).scalar_one()
    changes = [(new, update(READING).values({name: new})) for new in otherwise(kept)]

    missed = [new for new, change in changes if not found(owner, change)]

    assert missed == []


NOTHING = {"payload": None, "salt": None}
SWAPPED = case((ENTRY.c.subject == "K1", "K2"), else_="K1")
FORGERIES: dict[str, Executable] = {
    "the last entry cut off": delete(ENTRY).where(LAST),
    "an entry taken out": delete(ENTRY).where(K1),
    "all entries taken away": delete(ENTRY),
    "two entries swapped": update(ENTRY).where(ENTRY.c.kind == "statement").values(subject=SWAPPED),
    "one answer emptied": update(ENTRY).where(K1).values(NOTHING),
    "all answers emptied": update(ENTRY).values(NOTHING),
    "half of an answer emptied": update(ENTRY).where(K1).values(salt=None),
    "other words of the clinic": update(READING).values(words='{"clinic_phone": "1"}'),
    "a withdrawal that nobody asked for": update(READING).values(withdrawn_at=READING.c.started_at),
    "no seal": update(READING).values(seal=None),
    "as if it were from before": update(READING).values(seal=None, length=0, bundle_sha=""),
}


@pytest.mark.parametrize("how", FORGERIES)
def test_t35_a_forged_record_is_found(owner: Session, how: str) -> None:
    assert found(owner, FORGERIES[how])


def test_t35_an_entry_moved_to_another_record_is_found(owner: Session, primer: Primer) -> None:
    other = Guest(MONDAY_8AM, way="primer")
    reading.start(visit=other.visit, primer=primer, answered_by="self", now=MONDAY_8AM)
    to_another = update(ENTRY).where(LAST).values(reading_id=other.visit.reading_id)

    assert found(owner, to_another) >= {"altered", "cut"}


def test_a_fault_names_the_record_and_the_entry(owner: Session, proved: str) -> None:
    seq = owner.execute(select(ENTRY.c.seq).where(K1)).scalar_one()
    owner.execute(update(ENTRY).where(K1).values(language="xx"))

    (fault,) = proof.check(TODAY)

    assert (fault.record, fault.entry, fault.code) == (proved, seq, "altered")
    owner.rollback()


def edited(folder: Path, file: str, old: str, new: str) -> Copy:
    """Say that the editions are elsewhere, with one word changed."""
    shutil.copytree(ROOT / "primer", folder / "primer")
    path = folder / "primer" / "2026-11-21" / file
    words = path.read_text(encoding="utf-8")
    assert old in words
    path.write_text(words.replace(old, new, 1), encoding="utf-8")
    return replace(TODAY, folder=folder / "primer")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("en/05-risks.md", "Bleeding or nerve harm", "Bleeding, nerve harm"),
        ("en/statements.yaml", "I ", "We "),
        ("packs/us.yaml", "911", "912"),
        ("en/checks.yaml", "question: ", "question: Well, "),
        ("references.yaml", "text: ", "text: See "),
    ],
)
def test_words_of_the_edition_changed_afterwards_are_found(
    proved: str, tmp_path: Path, file: str, old: str, new: str
) -> None:
    today = edited(tmp_path, file, old, new)

    assert {fault.code for fault in proof.check(today)} == {"edition_changed"}


def test_an_edition_that_is_gone_or_broken_is_said_to_be(proved: str, tmp_path: Path) -> None:
    broken = edited(tmp_path, "en/05-risks.md", "id: S5", "id: S55")
    gone = replace(TODAY, folder=tmp_path)

    assert [fault.code for fault in proof.check(broken)] == ["edition_changed"]
    assert [fault.code for fault in proof.check(gone)] == ["edition_gone"]


def test_a_record_holds_after_the_clinic_took_another_phone(proved: str) -> None:
    assert proof.check(replace(TODAY, clinic_phone="(865) 555-0999")) == []


def test_a_reading_from_before_records_had_a_beginning_is_proved_by_its_chain(
    owner: Session, proved: str
) -> None:
    owner.execute(delete(ENTRY))
    owner.execute(update(READING).values(bundle_sha="", length=0, head="", seal=None))

    assert proof.check(TODAY) == []
    owner.rollback()


def test_an_appointment_nobody_has_is_refused_and_one_without_reading_holds(
    guest: Guest, reference: str
) -> None:
    assert proof.check(TODAY, reference) == []
    with pytest.raises(NotYours):
        proof.check(TODAY, "NO-SUCH")


def test_erased_and_forgotten_readings_leave_nothing_to_prove(proved: str) -> None:
    with transaction() as session:
        session.execute(text("UPDATE visitor SET reading_id = NULL"))
        readings.erase(session, [proved])
        readings.drop(session, [proved])

    assert proof.check(TODAY) == []
