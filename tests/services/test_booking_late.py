"""Booking a hold that ran out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.booking import HOLD
from app.domain.refusals import HoldEnded
from app.services import booking, visitor
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from tests.clinics import GENERAL, SECOND, TUESDAY_NOON, Guest, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, counts, set_rule


def test_a_hold_that_ran_out_is_booked_while_nobody_took_it(guest: Guest) -> None:
    kept = guest.hold()
    guest.say()
    guest.now = MONDAY_8AM + timedelta(minutes=25)

    reference = guest.confirm(kept.id)

    assert booked(reference).status == Status.BOOKED


def test_a_hold_that_ran_out_and_was_taken_is_not_booked(guest: Guest) -> None:
    kept = guest.hold()
    guest.say()
    seen = guest.visit
    late = MONDAY_8AM + timedelta(minutes=11)
    other = Guest(late, network="198.51.100.0/24")
    other.hold()
    before = counts()

    with pytest.raises(HoldEnded):
        booking.book(kept.id, visit=seen, clinic=clinics.load(), exempt=False, now=late)

    assert counts() == before


def test_a_hold_that_ran_out_does_not_make_a_day_too_full(guest: Guest) -> None:
    set_rule(SECOND, max_per_day=1)
    kept = guest.hold(wish(visit_type_id=SECOND))
    guest.say()
    late = MONDAY_8AM + timedelta(minutes=11)
    Guest(late).book(wish(TUESDAY_NOON + timedelta(hours=2), visit_type_id=SECOND))
    guest.now = late

    with pytest.raises(HoldEnded):
        guest.confirm(kept.id)


def test_a_hold_that_ran_out_does_not_book_the_past(guest: Guest) -> None:
    set_rule(GENERAL, notice_minutes=0)
    kept = guest.hold(wish(MONDAY_8AM + timedelta(hours=1)))
    guest.say()
    guest.now += timedelta(minutes=25)
    visitor.touch(guest.visit, now=guest.now)
    guest.now += timedelta(minutes=25)
    visitor.touch(guest.visit, now=guest.now)
    guest.now += timedelta(minutes=20)

    with pytest.raises(HoldEnded):
        guest.confirm(kept.id)


def test_a_hold_that_others_may_take_ends_with_the_grace(guest: Guest) -> None:
    guest.hold()

    other = Guest(MONDAY_8AM + HOLD + timedelta(seconds=31)).hold()

    assert db.session.scalar(select(models.Appointment.id)) == other.id
