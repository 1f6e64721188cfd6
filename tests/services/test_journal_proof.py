"""The journal is bound line by line: whoever changes one behind its guard is found (T35)."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Executable, delete, insert, text, update
from sqlalchemy.exc import DBAPIError

from app.services import journal_proof
from app.services.journal_proof import Fault
from app.storage import journal, models
from app.storage.database import db, transaction
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows

Entry, Link = models.JournalEntry, models.JournalLink
LATER = MONDAY_8AM + timedelta(minutes=11)


def write(number: int, **change: Any) -> None:
    with transaction() as session:
        for _ in range(number):
            journal.note(
                session, "book", actor="patient", appointment_id=None, now=MONDAY_8AM,
                **({"start": "2027-03-02T17:00:00+00:00"} | change),
            )  # fmt: skip


def faults() -> list[Fault]:
    db.session.rollback()
    return list(journal_proof.check().faults)


def behind_the_guard(statement: Executable) -> None:
    """Change the database as somebody who owns it, and whom no trigger stops."""
    with transaction() as session:
        for name in ("journal", "journal_link"):
            for moment in ("UPDATE", "DELETE"):
                there = "IF EXISTS " + f"{name}_no_{moment}"
                on_table = "" if session.get_bind().dialect.name == "sqlite" else f" ON {name}"
                session.execute(text(f"DROP TRIGGER {there}{on_table}"))
        session.execute(statement)


@pytest.fixture
def ids(app: Flask) -> list[int]:
    """Give five lines that are bound."""
    write(5, doctor="Dr Ana Rivera é")
    journal_proof.bind(now=LATER)
    return sorted(row.id for row in rows(Entry))


def test_t35_a_journal_that_nobody_changed_holds(ids: list[int]) -> None:
    proof = journal_proof.check()

    assert (proof.lines, proof.bound, proof.faults) == (5, ids[-1], ())
    assert journal_proof.holds(proof.head)


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "cancel"},
        {"actor": "staff:x"},
        {"change": {"start": "2027-03-02T18:00:00+00:00"}},
        {"at": MONDAY_8AM + timedelta(microseconds=1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_t35_the_line_that_somebody_changed_is_named_and_no_other(
    ids: list[int], change: dict[str, Any]
) -> None:
    behind_the_guard(update(Entry).where(Entry.id == ids[2]).values(change))

    assert faults() == [Fault(line=ids[2], code="altered")]


def test_t35_a_line_that_was_taken_away_or_slipped_in_is_named(ids: list[int]) -> None:
    behind_the_guard(delete(Entry).where(Entry.id == ids[1]))
    behind_the_guard(delete(Link).where(Link.journal_id == ids[3]))

    assert [Fault(line=ids[1], code="gone"), Fault(line=ids[3], code="slipped_in")] == faults()[:2]


def test_t35_an_end_that_was_cut_off_shows_by_a_head_that_was_noted(ids: list[int]) -> None:
    head = journal_proof.check().head
    for table, column in ((Link, Link.journal_id), (Entry, Entry.id)):
        behind_the_guard(delete(table).where(column > ids[2]))

    assert faults() == []
    assert not journal_proof.holds(head)


def test_t35_whoever_has_no_key_cannot_bind_a_changed_line_anew(ids: list[int]) -> None:
    behind_the_guard(update(Entry).where(Entry.id == ids[-1]).values(verb="cancel"))
    behind_the_guard(update(Link).where(Link.journal_id == ids[-1]).values(link="0" * 64))

    assert faults() == [Fault(line=ids[-1], code="altered")]


def test_t35_links_are_only_added(ids: list[int]) -> None:
    for statement in (update(Link).values(link="x"), delete(Link)):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(statement)
        db.session.rollback()


def test_lines_are_bound_when_they_settled_and_once(app: Flask) -> None:
    write(3)
    with transaction() as session:
        session.execute(insert(Entry).values(at=LATER, actor="x", verb="x", change={}))

    bound = [journal_proof.bind(now=MONDAY_8AM + timedelta(minutes=9)),
             journal_proof.bind(now=LATER), journal_proof.bind(now=LATER)]  # fmt: skip

    assert bound == [0, 3, 0]


def test_t35_two_workers_bind_the_same_lines_alike(ids: list[int]) -> None:
    kept = {row.journal_id: row.link for row in rows(Link)}
    behind_the_guard(delete(Link))

    journal_proof.bind(now=LATER)

    db.session.rollback()
    assert {row.journal_id: row.link for row in rows(Link)} == kept


def test_t35_a_command_names_the_line(site: Flask) -> None:
    with site.app_context():
        write(2)
        journal_proof.bind(now=LATER)
        head = journal_proof.check().head
        fine = flask(site, "--head", head)
        cut = flask(site, "--head", "0" * 64)
        first = min(row.id for row in rows(Entry))
        behind_the_guard(update(Entry).where(Entry.id == first).values(actor="somebody"))
        found = flask(site)

    assert fine[0] == 0
    assert head in fine[1]
    assert cut[0] == 1
    assert "its end was cut off" in cut[1]
    assert found[0] == 1
    assert f"line {first} is not as it was written (altered)" in found[1]


def flask(site: Flask, *words: str) -> tuple[int, str]:
    ran = site.test_cli_runner().invoke(args=["journal", "verify", *words])
    return ran.exit_code, ran.output
