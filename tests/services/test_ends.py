"""Where journal and records end, told to the owners once a day (T35)."""

from datetime import timedelta
from hashlib import sha256

import pytest
from flask import Flask
from sqlalchemy import text, update

from app.content.primer import Primer
from app.domain.letter import LetterKind
from app.domain.staff import Role
from app.services import ends, journal_proof, letters, outbox, proof
from app.services.proof import Fault
from app.storage import models
from app.storage.database import db, transaction
from tests.clinics import Guest, days
from tests.conftest import MONDAY_8AM
from tests.services.editions import TODAY
from tests.services.looking import rows
from tests.services.people import THURSDAY
from tests.services.reading import read_all
from tests.staffing import hire

LATER = MONDAY_8AM + 2 * journal_proof.SETTLES


def mails() -> list[models.Mail]:
    return list(rows(models.Mail, models.Mail.kind == LetterKind.STAFF_ENDS))


def noted() -> list[dict[str, object]]:
    return [line.change for line in rows(models.JournalEntry, models.JournalEntry.verb == "ends")]


@pytest.fixture
def record(reader: Guest, primer: Primer) -> models.Reading:
    """Give the record of somebody who read to the end and booked."""
    read_all(reader, primer)
    reader.book(THURSDAY)
    found: list[models.Reading] = rows(models.Reading)
    return found[0]


def test_t35_the_owners_get_the_journals_end_once_a_day_with_todays_line_in_it(app: Flask) -> None:
    mira, _jo = hire(Role.OWNER), hire()

    told = [ends.tell(now=MONDAY_8AM), ends.tell(now=MONDAY_8AM + timedelta(hours=9))]
    journal_proof.bind(now=LATER)
    mail = outbox.lease(now=LATER, owner="w")
    assert mail is not None
    letter = letters.letter(mail.id, base_url="http://x", emergency_number="911", now=LATER)

    assert told == [True, False]
    assert [one.staff_id for one in mails()] == [mira.id]
    assert letter is not None
    assert (letter.recipient_address, letter.head) == (mira.email, journal_proof.check().head)
    assert letter.line == max(line.id for line in rows(models.JournalEntry))
    assert journal_proof.holds(letter.head)
    assert ends.tell(now=MONDAY_8AM + days(1))


def test_nothing_leaves_before_the_days_line_is_bound(app: Flask) -> None:
    hire(Role.OWNER)

    ends.tell(now=MONDAY_8AM)

    assert outbox.lease(now=MONDAY_8AM + journal_proof.SETTLES, owner="w") is None


def test_t35_each_record_that_was_written_in_is_noted_and_the_next_day_none(
    record: models.Reading,
) -> None:
    ends.tell(now=MONDAY_8AM + days(1))
    ends.tell(now=MONDAY_8AM + days(2))

    assert [change["records"] for change in noted()] == [
        {record.id: [record.length, record.head]}, {},
    ]  # fmt: skip
    assert proof.check(TODAY) == []


def test_t35_a_record_that_was_written_anew_with_every_key_is_found(record: models.Reading) -> None:
    ends.tell(now=MONDAY_8AM + days(1))
    forged = sha256(b"another end").hexdigest()
    on_table = " ON record_entry" if db.engine.dialect.name == "postgresql" else ""
    entry = models.RecordEntry
    with transaction() as session:  # as somebody who owns the database
        session.execute(text(f"DROP TRIGGER record_entry_no_UPDATE{on_table}"))
        session.execute(update(entry).where(entry.seq == record.length).values(link=forged))

    found = proof.check(TODAY)

    (made,) = rows(models.Appointment)
    assert Fault(record=made.reference, entry=record.length, code="rewritten") in found
