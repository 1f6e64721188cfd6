"""Counting how the guide is read."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.content.primer import Primer
from app.services import figures, forget, reading
from app.storage.database import db
from app.storage.models import Reading, ReadingCount
from tests.clinics import Guest, days
from tests.conftest import MONDAY_8AM
from tests.services.reading import answer, check_of, read_all, stand, wrong


def begun(primer: Primer, number: int) -> list[Guest]:
    """Let some people begin to read."""
    guests = [Guest(MONDAY_8AM, way="primer") for _ in range(number)]
    for guest in guests:
        reading.start(visit=guest.visit, primer=primer, answered_by="self", now=MONDAY_8AM)
    return guests


def counted() -> dict[str, int]:
    """Return what is kept of readings that went."""
    db.session.rollback()
    return {row.key: row.count for row in db.session.scalars(select(ReadingCount))}


def test_people_who_read_now_are_counted_by_how_far_they_are(app: Flask, primer: Primer) -> None:
    for guest in begun(primer, 6):
        q1 = check_of(primer, "Q1")
        answer(guest, q1, wrong(q1))
        read_all(guest, primer)
        stand(guest, primer, K1="talk", K2="understand")
    for guest in begun(primer, 5):
        reading.turn_page(primer.page(3), visit=guest.visit, now=MONDAY_8AM)

    (young,) = figures.count(now=MONDAY_8AM)
    (later,) = figures.count(now=MONDAY_8AM + days(2))

    assert young.started == 11
    assert young.way == {"finished": 6, "stopped": 0, "reading": 5}
    assert later.way == {"finished": 6, "stopped": 5, "reading": 0}
    assert later.stopped == {"S2": 5}
    assert later.missed["Q1"] == {"missed": 6, "right": 0}
    assert later.answered["K1"] == {"talk": 6, "skip": 0, "understand": 0}
    assert later.minutes == {"05": 6}


def test_four_people_are_not_told(app: Flask, primer: Primer) -> None:
    begun(primer, 4)

    (found,) = figures.count(now=MONDAY_8AM + days(2))

    assert found.started is None
    assert found.way["stopped"] is None


def test_counts_stay_when_readings_go_and_nobody_is_counted_twice(
    app: Flask, primer: Primer
) -> None:
    guests = begun(primer, 6)
    for guest in guests:
        reading.turn_page(primer.page(1), visit=guest.visit, now=MONDAY_8AM)
    (before,) = figures.count(now=MONDAY_8AM + days(2))

    for _ in range(2):
        forget.run(now=MONDAY_8AM + days(31))

    assert db.session.scalars(select(Reading)).all() == []
    assert counted() == {"started": 6, "stopped": 6, "stopped:S0": 6}
    (after,) = figures.count(now=MONDAY_8AM + days(31))
    assert after == before


def test_a_reading_that_was_booked_is_counted_after_thirty_days_and_stays(
    reader: Guest, primer: Primer
) -> None:
    read_all(reader, primer)
    stand(reader, primer, K1="talk")
    reader.book()

    forget.run(now=MONDAY_8AM + days(29))
    young = counted()
    forget.run(now=MONDAY_8AM + days(31))
    forget.run(now=MONDAY_8AM + days(32))

    assert young == {}
    assert counted()["finished"] == 1
    assert len(db.session.scalars(select(Reading)).all()) == 1


def test_an_old_reading_alone_is_reason_enough_to_forget(reader: Guest) -> None:
    forget.run(now=MONDAY_8AM + timedelta(hours=13))  # the session ends
    forget.run(now=MONDAY_8AM + days(3))  # and whatever else was left of that day

    forget.run(now=MONDAY_8AM + days(31))

    assert db.session.scalars(select(Reading)).all() == []
