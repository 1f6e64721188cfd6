"""Who may book, how often, and from where."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from app.domain.appointment import Wish
from app.domain.refusals import (
    DetailsMissing,
    PhoneOnly,
    SafetyCheckNeeded,
    TooManyAppointments,
    TooManyBookings,
)
from app.services import booking
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from tests.clinics import TUESDAY_NOON, Guest, days, person, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import (
    booked,
    counts,
    held,
    rows,
)
from tests.services.people import someone

HALF_AN_HOUR = timedelta(minutes=30)


def over_days(number: int) -> Wish:
    """Noon on the working days from Tuesday on."""
    return wish(TUESDAY_NOON + days(7 * (number // 4) + number % 4))


def book_from_one_network(number: int, now: datetime = MONDAY_8AM) -> str:
    """Book as one of many people behind one address."""
    guest = Guest(now)
    kept = guest.hold(over_days(number))
    guest.say()
    return guest.confirm(kept.id)


def test_pressing_the_fifth_booking_of_a_network_twice_is_no_refusal(app: Flask) -> None:
    for number in range(4):
        book_from_one_network(number)
    fifth = Guest(MONDAY_8AM)
    kept = fifth.hold(over_days(4))
    fifth.say()
    seen = fifth.visit
    first = fifth.confirm(kept.id)

    again = booking.book(kept.id, visit=seen, clinic=clinics.load(), exempt=False, now=MONDAY_8AM)

    assert again == first


def test_who_comes_must_be_known_first(guest: Guest) -> None:
    kept = guest.hold()

    with pytest.raises(DetailsMissing):
        guest.confirm(kept.id)
    assert len(held()) == 1


def test_a_safety_check_of_yesterday_books_nothing(guest: Guest) -> None:
    kept = guest.hold()
    guest.say()
    seen = replace(guest.visit, safety_at=MONDAY_8AM - timedelta(hours=24, seconds=1))

    with pytest.raises(SafetyCheckNeeded):
        booking.book(kept.id, visit=seen, clinic=clinics.load(), exempt=False, now=MONDAY_8AM)


@pytest.mark.parametrize("birth_date", [date(2009, 3, 2), date(2026, 1, 1)])
def test_somebody_under_eighteen_is_booked_by_phone(guest: Guest, birth_date: date) -> None:
    before = counts()

    with pytest.raises(PhoneOnly):
        guest.say(person(birth_date=birth_date))

    assert counts() == before


def test_on_the_eighteenth_birthday_one_may_book(guest: Guest) -> None:
    guest.say(person(birth_date=date(2009, 3, 1)))

    assert guest.visit.person is not None


def test_one_address_has_three_coming_appointments_however_it_is_written(guest: Guest) -> None:
    for number, email in enumerate(
        ("m.hale@example.org", "M.Hale@Example.org", "M.HALE@EXAMPLE.ORG")
    ):
        someone(number).book(wish(TUESDAY_NOON + days(number)), person(email))
    fourth = someone(9)
    kept = fourth.hold(wish(TUESDAY_NOON + HALF_AN_HOUR))
    fourth.say(person("m.HALE@example.org"))
    before = counts()

    with pytest.raises(TooManyAppointments):
        fourth.confirm(kept.id)

    assert counts() == before
    assert fourth.visit.hold == kept


def test_what_is_over_or_cancelled_does_not_count_among_the_three(guest: Guest) -> None:
    email = "m.hale@example.org"
    references = [
        someone(number).book(wish(TUESDAY_NOON + days(number)), person(email))
        for number in range(3)
    ]
    booked(references[0]).status = Status.CANCELLED
    db.session.commit()

    assert someone(5).book(wish(TUESDAY_NOON + HALF_AN_HOUR), person(email))

    later = Guest(TUESDAY_NOON + days(2))
    assert later.book(wish(TUESDAY_NOON + days(7)), person(email))


def test_one_network_books_five_times_a_day(app: Flask) -> None:
    for number in range(5):
        book_from_one_network(number)
    before = counts()

    with pytest.raises(TooManyBookings):
        book_from_one_network(5)

    after = counts()
    assert (after["mail"], after["journal"]) == (before["mail"], before["journal"])
    assert len(rows(models.Appointment, models.Appointment.status == Status.BOOKED)) == 5


def test_tomorrow_the_network_may_book_again_and_the_clinics_own_always(app: Flask) -> None:
    for number in range(5):
        book_from_one_network(number)

    assert Guest(MONDAY_8AM).book(over_days(5))
    assert book_from_one_network(6, now=MONDAY_8AM + days(1))
