"""The database lets nobody change the journal or the education record (T35)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from app.storage import models
from app.storage.database import db
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows

MINUTE = timedelta(minutes=1)


def line(**values: Any) -> dict[str, Any]:
    return {"at": MONDAY_8AM, "actor": "patient", "verb": "book", "change": {}} | values


def refused(statement: Any) -> bool:
    """Say whether the database refuses to change what was written."""
    try:
        db.session.execute(statement)
    except DBAPIError as error:
        return "append-only" in str(error.orig)
    finally:
        db.session.rollback()
    return False


def test_t35_the_journal_is_only_written_on(app: Flask) -> None:
    db.session.execute(insert(models.JournalEntry).values(**line(id=1)))
    db.session.commit()
    statements = [
        update(models.JournalEntry).values(verb="x"),
        update(models.JournalEntry).values(actor="x").where(models.JournalEntry.id == 1),
        delete(models.JournalEntry),
    ]
    if db.engine.dialect.name == "sqlite":
        statements.append(
            text("REPLACE INTO journal (id, at, actor, verb, change)"
                 " VALUES (1, '2027-01-01', 'x', 'x', '{}')")  # type: ignore[arg-type]
        )  # fmt: skip
    else:
        statements.append(text("TRUNCATE journal"))  # type: ignore[arg-type]

    assert all(refused(statement) for statement in statements)
    assert [row.verb for row in rows(models.JournalEntry)] == ["book"]


@pytest.fixture
def entry(app: Flask) -> dict[str, Any]:
    db.session.add(
        models.Reading(
            id="r", code_hash="c", edition="e", language="en", jurisdiction="us",
            answered_by="self", started_at=MONDAY_8AM, seen_at=MONDAY_8AM,
        )
    )  # fmt: skip
    db.session.flush()
    values: dict[str, Any] = {
        "reading_id": "r", "seq": 1, "at": MONDAY_8AM, "kind": "page", "subject": "p",
        "edition": "e", "shown_sha": "s", "language": "en", "answered_by": "self",
        "payload": b"words", "salt": b"salt", "commitment": "c", "link": "l",
    }  # fmt: skip
    db.session.execute(insert(models.RecordEntry).values(**values))
    db.session.commit()
    return values


def test_t35_no_column_of_the_record_is_changed(entry: dict[str, Any]) -> None:
    for column, value in entry.items():
        other: object = value + 1 if isinstance(value, int) else value * 2 if not isinstance(
            value, datetime) else value + MINUTE  # fmt: skip
        assert refused(update(models.RecordEntry).values({column: other})), column
    assert refused(delete(models.RecordEntry))
    assert refused(delete(models.Reading)) is False  # refused, but as a row that others need


def test_t35_erasure_takes_the_words_and_the_salt_and_nothing_else(entry: dict[str, Any]) -> None:
    nothing: dict[str, Any] = {"payload": None, "salt": None}
    assert refused(update(models.RecordEntry).values(payload=None))
    assert refused(update(models.RecordEntry).values(salt=None))
    assert refused(update(models.RecordEntry).values(**nothing, commitment="x"))
    assert refused(update(models.RecordEntry).values(**nothing, link="x"))

    db.session.execute(update(models.RecordEntry).values(**nothing))
    db.session.commit()

    (row,) = rows(models.RecordEntry)
    assert (row.payload, row.salt, row.commitment, row.link) == (None, None, "c", "l")
    assert refused(update(models.RecordEntry).values(payload=b"other words", salt=b"salt"))


def test_t35_only_an_erased_entry_may_be_dropped(entry: dict[str, Any]) -> None:
    db.session.execute(update(models.RecordEntry).values(payload=None, salt=None))
    db.session.commit()

    db.session.execute(delete(models.RecordEntry))
    db.session.commit()

    assert rows(models.RecordEntry) == []
