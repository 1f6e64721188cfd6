"""Years of history cost nothing: no step of a person's way reads a whole table that grows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from app.services import appointment, cancelling, hold, moving, offer, outbox, visitor
from app.services import clinic as clinics
from app.storage.database import db
from tests.clinics import GENERAL, TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM, Make
from tests.services.looking import booked

GROWING = ("appointment", "patient", "intake", "mail", "journal", "reading", "record_entry",
           "visitor_grant")  # fmt: skip  # sessions and counts do not: they are forgotten
Asked = list[tuple[str, Any]]


@pytest.fixture
def asked(make_app: Make, sqlite_url: str) -> Iterator[Asked]:
    """Give what SQLite is asked from now on, with its values."""
    collected: Asked = []

    def note(
        _c: object, _k: object, statement: str, values: object, _x: object, many: bool
    ) -> None:
        if not many and statement.split()[0] in ("SELECT", "UPDATE", "DELETE"):
            collected.append((statement, values))

    with make_app(sqlite_url).app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        yield collected


def whole_tables(asked: Asked) -> set[str]:
    """Return each statement that reads a growing table from end to end."""
    db.session.remove()
    connection = db.engine.raw_connection()
    try:
        return {
            f"{step[3]}: {statement}"
            for statement, values in asked
            for step in connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", values)
            if step[3].startswith("SCAN") and step[3].split()[1] in GROWING
        }
    finally:
        connection.close()


def test_booking_moving_and_cancelling_read_no_whole_table(asked: Asked) -> None:
    guest, later = Guest(MONDAY_8AM), wish(TUESDAY_NOON + days(2))
    guest.hold()
    guest.say()
    guest.say()
    kept = guest.hold(later)
    offer.find(offer.Search(visit_type_id=GENERAL), clinics.load(), now=MONDAY_8AM)
    hold.extend(guest.visit, now=MONDAY_8AM)
    reference = guest.confirm(kept.id)
    guest.confirm(kept.id)
    made = booked(reference)
    token = appointment.path(made.id, 0).removeprefix("/a/")
    guest.open_link(token)
    clinic, actor = clinics.load(), guest.actor
    wanted = wish(TUESDAY_NOON + days(3))
    visit = guest.visit
    moving.take(
        reference, wanted, actor=actor, visit=visit, clinic=clinic, exempt=False, now=MONDAY_8AM
    )
    moving.move(reference, wanted, actor=actor, visit=guest.visit, clinic=clinic, now=MONDAY_8AM)
    cancelling.cancel(reference, actor=actor, clinic=clinic, now=MONDAY_8AM)
    guest.hold(later)
    hold.release(guest.visit)
    visitor.touch(guest.visit, now=MONDAY_8AM + timedelta(minutes=6))
    visitor.leave(guest.visit)

    assert whole_tables(asked) == set()


def test_a_workers_round_reads_no_whole_table(asked: Asked) -> None:
    Guest(MONDAY_8AM).book()
    asked.clear()
    mail = outbox.lease(now=MONDAY_8AM, owner="w")
    assert mail is not None
    outbox.handed_over(mail.id, "w", sender="book@x.example", now=MONDAY_8AM)

    assert whole_tables(asked) == set()
