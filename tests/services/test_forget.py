from datetime import timedelta

from flask import Flask
from sqlalchemy import insert

from app.services import forget, link
from app.storage import models
from app.storage.database import db
from app.storage.types import new_id
from tests.clinics import TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import counts, everything, held, rows, statements

HOUR = timedelta(hours=1)


def read(guest: Guest, *, seen: timedelta) -> str:
    """Let somebody have begun a reading and written something in it."""
    at = MONDAY_8AM - seen
    id_ = new_id()
    db.session.execute(
        insert(models.Reading).values(
            id=id_, code_hash=id_, edition="e", language="en", jurisdiction="us",
            answered_by="self", started_at=at, seen_at=at,
        )
    )  # fmt: skip
    db.session.execute(
        insert(models.RecordEntry).values(
            reading_id=id_, seq=1, at=at, kind="page", subject="p", edition="e", shown_sha="s",
            language="en", answered_by="self", payload=b"words", salt=b"salt", commitment="c",
            link="l",
        )
    )  # fmt: skip
    db.session.commit()
    return id_


def test_details_of_somebody_who_did_not_book_go_with_their_session(guest: Guest) -> None:
    guest.hold()
    guest.say(question="canary")

    forget.run(now=MONDAY_8AM + timedelta(minutes=29))
    assert counts()["intake"] == 1

    forget.run(now=MONDAY_8AM + timedelta(minutes=31))
    left = counts()
    assert (left["visitor"], left["patient"], left["intake"]) == (0, 0, 0)


def test_what_was_booked_is_kept(guest: Guest) -> None:
    guest.book()
    before = counts()

    forget.run(now=MONDAY_8AM + days(3))

    after = counts()
    for kept in ("appointment", "patient", "intake", "mail", "journal"):
        assert after[kept] == before[kept]
    assert (after["visitor"], after["visitor_grant"], after["tally"]) == (0, 0, 0)


def test_a_hold_is_kept_for_an_hour_after_it_ran_out(guest: Guest) -> None:
    kept = guest.hold()

    forget.run(now=kept.until + HOUR)
    assert len(held()) == 1

    forget.run(now=kept.until + HOUR + timedelta(seconds=1))
    assert held() == []


def test_a_session_that_is_over_leaves_its_hold_to_run_out(guest: Guest) -> None:
    guest.hold()

    forget.run(now=MONDAY_8AM + timedelta(minutes=31))

    (row,) = held()
    assert row.held_by is None
    assert Guest(MONDAY_8AM + timedelta(minutes=31)).hold()


def test_yesterdays_counts_are_forgotten_even_when_nobody_came_since(app: Flask) -> None:
    link.request("a@example.org", language="en", now=MONDAY_8AM)

    forget.run(now=MONDAY_8AM + days(1))
    assert counts()["tally"] == 1

    forget.run(now=MONDAY_8AM + days(2))
    assert counts()["tally"] == 0


def test_a_reading_that_led_to_nothing_is_forgotten_after_thirty_days(guest: Guest) -> None:
    old, young = read(guest, seen=days(31)), read(guest, seen=days(29))

    forget.run(now=MONDAY_8AM + timedelta(minutes=31))

    assert [row.id for row in rows(models.Reading)] == [young]
    assert {row.reading_id for row in rows(models.RecordEntry)} == {young} != {old}


def test_a_reading_that_led_to_an_appointment_is_kept(guest: Guest) -> None:
    reading_id = read(guest, seen=days(31))
    reference = guest.book(wish(TUESDAY_NOON))
    db.session.query(models.Appointment).filter_by(reference=reference).update(
        {"reading_id": reading_id}
    )
    db.session.commit()

    forget.run(now=MONDAY_8AM + timedelta(minutes=31))

    assert [row.payload for row in rows(models.RecordEntry)] == [b"words"]


def test_with_nothing_to_forget_nothing_is_written(guest: Guest) -> None:
    guest.book()
    before = everything()
    db.session.rollback()

    with statements() as asked:
        forget.run(now=MONDAY_8AM)

    assert everything() == before
    assert all(one.lstrip().startswith("SELECT") for one in asked)
    assert not any("FOR" in one.split() for one in asked)


def test_forgetting_twice_is_forgetting_once(guest: Guest) -> None:
    guest.hold()
    guest.say()
    later = MONDAY_8AM + days(2)
    forget.run(now=later)
    before = everything()

    forget.run(now=later)

    assert everything() == before
