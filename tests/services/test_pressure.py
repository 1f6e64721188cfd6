"""A flood of bookings (T08): seen, lasting, and over."""

from datetime import datetime, timedelta
from itertools import islice

from flask import Flask

from app.services import booking, forget, pressure, readiness, visitor
from app.services import clinic as clinics
from tests.clinics import Guest, wish
from tests.conftest import MONDAY_8AM
from tests.services.flood import (
    HOUR,
    MINUTE,
    book,
    by_link,
    confirm,
    flood,
    press,
    statuses,
    times,
    verbs,
)
from tests.services.looking import statements


def test_t08_of_two_hundred_bookings_at_once_all_but_the_first_wait_and_come_free(
    app: Flask,
) -> None:
    references = flood(200)
    later = MONDAY_8AM + timedelta(seconds=200)

    assert statuses(references) == {"booked": 10, "tentative": 190}
    assert readiness.numbers(now=later)["foreword_pressure"] == 1
    patient = book(Guest(later), next(islice(times(), 200, None)))
    assert confirm(patient, by_link(patient, later)).appointment.status == "booked"

    after = later + HOUR + MINUTE
    assert Guest(after).hold(list(islice(times(), 200))[-1], exempt=True)
    forget.run(now=later + 2 * HOUR + MINUTE)
    assert statuses(references) == {"booked": 10, "cancelled": 190}
    assert statuses([patient]) == {"booked": 1}
    assert verbs()["lapse"] == 190


def test_t08_pressure_ends_after_ten_quiet_minutes_and_the_journal_tells(app: Flask) -> None:
    flood(12)
    last = MONDAY_8AM + timedelta(seconds=12)

    pressure.watch(now=last + 9 * MINUTE)
    assert clinics.load().under_pressure(now=last + 9 * MINUTE)
    pressure.watch(now=last + 22 * MINUTE)
    pressure.watch(now=last + 22 * MINUTE)

    assert clinics.load().pressure_until is None
    assert (verbs()["pressure_on"], verbs()["pressure_off"]) == (1, 1)
    assert statuses([book(Guest(last + 22 * MINUTE), wish())])["booked"] == 1


def test_t08_while_it_goes_on_the_pressure_does_too(app: Flask) -> None:
    flood(12)
    first = clinics.load().pressure_until
    for tried, wanted in enumerate(islice(times(), 12, 24)):
        now = MONDAY_8AM + 5 * MINUTE + timedelta(seconds=tried)
        book(Guest(now, network=f"203.0.{tried}.0/24"), wanted)

    pressure.watch(now=now)

    until = clinics.load().pressure_until
    assert first is not None
    assert until is not None
    assert until > first
    assert verbs()["pressure_on"] == 1


def test_t08_with_no_worker_pressure_ends_by_itself(pressed: datetime) -> None:
    assert statuses([book(Guest(pressed + HOUR))]) == {"booked": 1}


def test_t08_in_normal_times_watching_writes_nothing_and_asks_little(app: Flask) -> None:
    Guest(MONDAY_8AM).book()

    with statements() as asked:
        pressure.watch(now=MONDAY_8AM + MINUTE)

    assert len(asked) <= 2
    assert all(statement.startswith("SELECT") for statement in asked)


def test_t08_pressure_reaches_a_session_with_the_statement_it_asks_anyway(app: Flask) -> None:
    guest = Guest(MONDAY_8AM)
    kept = guest.hold()
    guest.say()
    press(MONDAY_8AM + HOUR)
    clinics.load()

    with statements() as asked:
        found = visitor.find(guest.handle, now=MONDAY_8AM)
        assert found is not None
        clinic = clinics.load(revision=found[1].clinic)
        reference = booking.book(
            kept.id, visit=found[0], clinic=clinic, exempt=False, now=MONDAY_8AM
        )

    assert len(asked) <= 6, asked
    assert statuses([reference]) == {"tentative": 1}
