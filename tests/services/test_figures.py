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

    (young,) = figures.count(lambda _edition: primer, now=MONDAY_8AM)
    (later,) = figures.count(lambda _edition: primer, now=MONDAY_8AM + days(2))

    assert young.started is None
    assert young.way == {"finished": 6, "stopped": None, "reading": 5}
    assert later.way == {"finished": 6, "stopped": 5, "reading": None}


def test_every_row_of_the_guide_is_there_so_that_none_tells_by_its_absence(
    app: Flask, primer: Primer
) -> None:
    begun(primer, 5)

    (found,) = figures.count(lambda _edition: primer, now=MONDAY_8AM + days(2))

    assert list(found.stopped) == ["", *(page.id for page in primer.pages)]
    assert list(found.answered) == [item.id for item in primer.statements.items]
    assert found.missed["Q2"] == {"missed": None, "right": None}


def test_without_its_files_an_edition_has_no_rows(app: Flask, primer: Primer) -> None:
    begun(primer, 5)

    (found,) = figures.count(lambda _edition: None, now=MONDAY_8AM + days(2))

    assert found.way["stopped"] == 5
    assert (found.missed, found.answered) == ({}, {})


def test_an_edition_that_four_people_began_is_not_told(app: Flask, primer: Primer) -> None:
    begun(primer, 4)

    assert figures.count(lambda _edition: primer, now=MONDAY_8AM + days(2)) == []


def test_counts_stay_when_readings_go_and_nobody_is_counted_twice(
    app: Flask, primer: Primer
) -> None:
    guests = begun(primer, 6)
    for guest in guests:
        reading.turn_page(primer.page(1), visit=guest.visit, now=MONDAY_8AM)
    (before,) = figures.count(lambda _edition: primer, now=MONDAY_8AM + days(2))

    for _ in range(2):
        forget.run(now=MONDAY_8AM + days(31))

    assert db.session.scalars(select(Reading)).all() == []
    assert counted() == {"started": 6, "stopped": 6, "stopped:S0": 6}
    (after,) = figures.count(lambda _edition: primer, now=MONDAY_8AM + days(31))
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


def test_a_reading_somebody_went_on_with_at_the_last_moment_goes_with_their_session(
    reader: Guest, primer: Primer
) -> None:
    code = reading.code(reader.visit) or ""
    forget.run(now=MONDAY_8AM + days(3))
    late = MONDAY_8AM + days(30) - timedelta(minutes=1)
    last = Guest(late, way="primer")
    reading.resume(code, visit=last.visit, network="192.0.2.1", now=late)

    forget.run(now=late + timedelta(minutes=20))
    still_read = len(db.session.scalars(select(Reading)).all())
    forget.run(now=late + timedelta(minutes=40))

    assert still_read == 1
    assert db.session.scalars(select(Reading)).all() == []
    assert counted()["started"] == 1


def test_an_old_reading_alone_is_reason_enough_to_forget(reader: Guest) -> None:
    forget.run(now=MONDAY_8AM + timedelta(hours=13))  # the session ends
    forget.run(now=MONDAY_8AM + days(3))  # and whatever else was left of that day

    forget.run(now=MONDAY_8AM + days(31))

    assert db.session.scalars(select(Reading)).all() == []
