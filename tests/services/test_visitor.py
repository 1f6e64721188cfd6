from datetime import timedelta

from flask import Flask

from app.services import appointment, clinic, visitor
from app.storage import models
from tests.clinics import TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.services.looking import counts, held, rows, statements

MINUTE = timedelta(minutes=1)


def test_a_session_is_found_by_its_handle_and_by_nothing_in_the_database(guest: Guest) -> None:
    (row,) = rows(models.Visitor)

    assert guest.visit.id == row.id
    assert guest.handle not in str(vars(row))
    assert visitor.find(row.id, now=MONDAY_8AM) is None
    assert visitor.find("", now=MONDAY_8AM) is None
    assert visitor.find("\0", now=MONDAY_8AM) is None


def test_a_session_and_its_hold_and_person_are_found_by_one_question(guest: Guest) -> None:
    kept = guest.hold()
    guest.say()

    with statements() as asked:
        found = visitor.find(guest.handle, now=MONDAY_8AM)

    assert len(asked) == 1
    assert found is not None
    assert (found[0].hold, found[1].clinic) == (kept, clinic.load().revision)
    assert found[0].person is not None


def test_whoever_does_nothing_for_half_an_hour_has_left(guest: Guest) -> None:
    assert visitor.find(guest.handle, now=MONDAY_8AM + 30 * MINUTE)
    assert visitor.find(guest.handle, now=MONDAY_8AM + 31 * MINUTE) is None


def test_whoever_goes_on_stays_for_twelve_hours_at_most(guest: Guest, clock: StoppedClock) -> None:
    for _ in range(36):
        guest.now = clock.forward(minutes=20)
        visitor.touch(guest.visit, now=clock.now)

    assert visitor.find(guest.handle, now=clock.now)
    assert visitor.find(guest.handle, now=clock.forward(seconds=1)) is None


def test_being_seen_is_written_every_five_minutes_only(guest: Guest) -> None:
    visit = guest.visit

    with statements() as soon:
        visitor.touch(visit, now=MONDAY_8AM + 5 * MINUTE)
    with statements() as later:
        visitor.touch(visit, now=MONDAY_8AM + 6 * MINUTE)

    assert (len(soon), len(later)) == (0, 1)


def test_leaving_gives_the_time_back_and_forgets_what_was_said(guest: Guest) -> None:
    guest.hold()
    guest.say(question="canary")

    visitor.leave(guest.visit)

    assert held() == []
    left = counts()
    assert (left["visitor"], left["patient"], left["intake"]) == (0, 0, 0)


def test_leaving_after_a_booking_keeps_what_was_booked(guest: Guest) -> None:
    reference = guest.book()

    visitor.leave(guest.visit)

    left = counts()
    assert (left["appointment"], left["patient"], left["intake"]) == (1, 1, 1)
    assert left["visitor_grant"] == 0
    made = rows(models.Appointment)[0]
    token = appointment.path(made.id, 0).removeprefix("/a/")
    assert appointment.open_link(token, visit=None, network="x", now=MONDAY_8AM)[1] == reference


def test_leaving_twice_is_leaving_once(guest: Guest) -> None:
    visit = guest.visit
    visitor.leave(visit)

    visitor.leave(visit)

    assert counts()["visitor"] == 0


def test_t09_networks_are_kept_as_keys_that_change_every_day(app: Flask) -> None:
    today = visitor.network_key("192.0.2.0/24", now=MONDAY_8AM)
    tomorrow = visitor.network_key("192.0.2.0/24", now=MONDAY_8AM + days(1))
    other = visitor.network_key("192.0.3.0/24", now=MONDAY_8AM)

    assert len({today, tomorrow, other}) == 3
    assert today == visitor.network_key("192.0.2.0/24", now=MONDAY_8AM + timedelta(hours=3))
    Guest(MONDAY_8AM).book(wish(TUESDAY_NOON))
    for table in (models.Visitor, models.Tally):
        for row in rows(table):
            assert "192.0.2" not in str(vars(row))
