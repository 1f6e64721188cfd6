"""Whoever books or moves while a colleague closes that very time: refused, nothing by half."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.domain.clinic import Clinic
from app.domain.desk_refusals import ClinicClosed
from app.domain.proposal import Kind
from app.domain.refusals import HoldClosed, NotOffered
from app.services import booking, closing, desk_booking, desk_moving, hold, moving, proposal
from app.services import clinic as clinics
from app.services.desk_booking import Call
from app.services.seen import mark
from app.storage.database import db
from app.storage.visitors import Visit
from tests.arranging import AFTERNOON, close
from tests.clinics import Guest, person, wish
from tests.conftest import MONDAY_8AM
from tests.offers import EVENING
from tests.services.flood import book as wait_for_the_link
from tests.services.flood import by_link, confirm
from tests.services.looking import booked, everything
from tests.services.people import THURSDAY, take
from tests.staffing import hire

NOON = wish()


def refused(press: Callable[[], Any], why: type[Exception]) -> None:
    """Press a button of a page that is older than the closure."""
    before = everything()

    with pytest.raises(why):
        press()

    assert everything() == before


def book(visit: Visit, clinic: Clinic) -> str:
    assert visit.hold is not None
    return booking.book(visit.hold.id, visit=visit, clinic=clinic, exempt=False, now=MONDAY_8AM)


def test_no_time_is_kept_that_was_closed_since_the_list_was_shown(guest: Guest) -> None:
    visit, clinic = guest.visit, clinics.load()
    close(AFTERNOON, hire())

    refused(
        lambda: hold.take(NOON, visit=visit, clinic=clinic, exempt=True, now=MONDAY_8AM),
        NotOffered,
    )


@pytest.mark.parametrize("as_it_was", [True, False])
def test_a_kept_time_that_was_closed_is_not_booked(guest: Guest, as_it_was: bool) -> None:
    guest.hold(NOON)
    guest.say()
    visit, clinic = guest.visit, clinics.load()
    close(AFTERNOON, hire())

    if not as_it_was:
        visit, clinic = guest.visit, clinics.load()
    refused(lambda: book(visit, clinic), HoldClosed)
    assert booking.details(guest.visit) is not None


def test_a_time_that_is_opened_again_is_theirs_still(guest: Guest) -> None:
    guest.hold(NOON)
    guest.say()
    jo = hire()
    number = close(AFTERNOON, jo)
    was = mark(closing.find(number, actor=jo))
    closing.take_back(number, was=was, actor=jo, now=MONDAY_8AM)

    reference = book(guest.visit, clinics.load())

    assert booked(reference).starts_at == NOON.start


def test_a_time_beside_the_closure_is_booked_as_if_nothing_was(guest: Guest) -> None:
    guest.hold(wish(NOON.start - timedelta(hours=2)))
    guest.say()
    visit, clinic = guest.visit, clinics.load()
    close(AFTERNOON, hire())

    assert book(visit, clinic)


@pytest.mark.parametrize("as_it_was", [True, False])
def test_an_appointment_does_not_move_into_time_that_was_closed(
    guest: Guest, reference: str, as_it_was: bool
) -> None:
    take(guest, reference, NOON)
    visit, clinic = guest.visit, clinics.load()
    close(AFTERNOON, hire())

    seen = visit if as_it_was else guest.visit
    refused(
        lambda: moving.move(
            reference, NOON, actor=guest.actor, visit=seen, clinic=clinic, now=MONDAY_8AM
        ),
        HoldClosed,
    )
    assert booked(reference).starts_at == THURSDAY.start


def test_a_closed_time_is_not_kept_longer(guest: Guest) -> None:
    guest.hold(NOON)
    visit = guest.visit
    close(AFTERNOON, hire())

    refused(lambda: hold.extend(visit, now=MONDAY_8AM + timedelta(minutes=2)), HoldClosed)


def test_a_booking_that_waits_for_its_link_is_not_confirmed_into_closed_time(
    pressed: datetime,
) -> None:
    reference = wait_for_the_link(Guest(pressed), NOON)
    close(AFTERNOON, hire())
    reader = by_link(reference, pressed)

    refused(lambda: confirm(reference, reader), HoldClosed)


def test_the_desk_books_nobody_into_time_that_a_colleague_just_closed(app: Flask) -> None:
    jo, clinic = hire(), clinics.load()
    close(AFTERNOON, jo)
    call = Call(key="k", wish=NOON, person=person())

    refused(lambda: desk_booking.book(call, actor=jo, clinic=clinic, now=MONDAY_8AM), ClinicClosed)


def test_the_desk_moves_nobody_into_time_that_a_colleague_just_closed(reference: str) -> None:
    jo, clinic = hire(), clinics.load()
    close(AFTERNOON, jo)

    refused(
        lambda: desk_moving.move(
            reference, NOON, revision=0, actor=jo, clinic=clinic, now=MONDAY_8AM
        ),
        ClinicClosed,
    )


def test_nobody_is_offered_time_that_a_colleague_just_closed(reference: str) -> None:
    jo, clinic = hire(), clinics.load()
    close(AFTERNOON, jo)

    refused(
        lambda: proposal.make(
            reference, [NOON], Kind.EARLIER, answer_by=EVENING, actor=jo, clinic=clinic,
            now=MONDAY_8AM,
        ),
        NotOffered,
    )  # fmt: skip


WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_books_while_the_closure_is_being_saved_waits_for_it_and_is_refused(
    app: Flask, guest: Guest
) -> None:
    guest.hold(NOON)
    guest.say()
    visit, clinic = guest.visit, clinics.load()
    assert visit.hold is not None
    db.session.rollback()

    def press() -> str:
        with app.app_context():
            return book(visit, clinic)

    with ThreadPoolExecutor(1) as another, db.engine.connect() as colleague:
        colleague.execute(text("SELECT id FROM clinician WHERE id = 1 FOR NO KEY UPDATE"))
        ended = "UPDATE appointment SET hold_until = :then WHERE id = :id"
        then = MONDAY_8AM - timedelta(minutes=1)
        colleague.execute(text(ended), {"then": then, "id": visit.hold.id})
        pressed = another.submit(press)
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watch:
            while not watch.execute(WAITING).scalar():
                assert not pressed.done()
        colleague.commit()

    assert isinstance(pressed.exception(), HoldClosed)
