"""The waiting list at the desk: put on, offered a time now, taken off."""

from dataclasses import replace

import pytest
from flask import Flask

from app.domain.appointment import Wish
from app.domain.proposal import AlreadyOffered
from app.domain.refusals import NotOffered, NotYours
from app.domain.waiting import NotWaiting, Wishes
from app.services import clinic as clinics
from app.services import waiting, waiting_offers
from app.storage import models
from app.storage.models import JournalEntry
from tests.clinics import GENERAL, OKAFOR, Guest, days, person, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.offers import held_times
from tests.services.looking import rows
from tests.services.people import THURSDAY
from tests.staffing import hire

ANY = Wishes(visit_type_id=GENERAL)
SATURDAYS = Wishes(visit_type_id=GENERAL, weekdays=frozenset({5}))


@pytest.fixture
def place(app: Flask) -> str:
    """Give the place of a caller without mail who can only come on Saturdays."""
    return waiting.put_on_new(
        replace(person(), email=""), SATURDAYS, actor=hire(), clinic=clinics.load(),
        now=MONDAY_8AM,
    )  # fmt: skip


def offer_now(place: str, wanted: Wish | None = None) -> str:
    return waiting_offers.offer_now(
        place, wanted or wish(), actor=hire(), clinic=clinics.load(), now=MONDAY_8AM
    )


def test_the_desk_offers_a_time_that_was_not_asked_for(place: str) -> None:
    assert offer_now(place)

    assert held_times() == [wish().start]
    assert rows(models.Mail) == []  # no address: somebody calls


def test_two_offers_at_once_are_refused(place: str) -> None:
    offer_now(place)

    with pytest.raises(AlreadyOffered):
        offer_now(place, wish(THURSDAY.start))


def test_another_kind_of_visit_is_not_offered(place: str) -> None:
    with pytest.raises(NotOffered):
        offer_now(place, wish(visit_type_id=3))


def test_who_was_taken_off_is_offered_nothing(place: str) -> None:
    jo = hire()
    waiting.take_off(place, actor=jo, now=MONDAY_8AM)

    for act in (lambda: offer_now(place),
                lambda: waiting.take_off(place, actor=jo, now=MONDAY_8AM)):  # fmt: skip
        with pytest.raises(NotWaiting):
            act()
    with pytest.raises(NotYours):
        waiting.take_off("nobody", actor=jo, now=MONDAY_8AM)
    assert held_times() == []


def test_the_journal_says_who_put_them_on_the_list(app: Flask) -> None:
    reference, jo = appoint(THURSDAY.start), hire()

    waiting.put_on(reference, ANY, actor=jo, clinic=clinics.load(), now=MONDAY_8AM)

    (line,) = rows(JournalEntry, JournalEntry.verb == "wait")
    assert line.actor == jo.signature


def test_a_time_with_another_doctor_is_offered_by_who_sees_that_calendar(app: Flask) -> None:
    reference = appoint(wish().start + days(9))
    waiting.put_on(reference, ANY, actor=hire(), clinic=clinics.load(), now=MONDAY_8AM)
    (place,) = rows(models.Waiting)

    made = offer_now(place.id, wish(clinician_id=OKAFOR, location_id=2))

    assert made
    assert Guest(MONDAY_8AM).hold(wish())
