"""Getting on the waiting list and off it: what is asked for, and how many may."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from app.domain.refusals import (
    AlreadyOver,
    NotOffered,
    NotYours,
    PhoneOnly,
    PrimerNeeded,
    SafetyCheckNeeded,
)
from app.domain.waiting import TooManyWaiting, Wishes
from app.services import cancelling, forget, waiting
from app.services import clinic as clinics
from app.services.waiting_offers import Rounds
from app.storage import models, visitors
from app.storage.database import transaction
from tests.clinics import CONSULTATION, Guest, days
from tests.conftest import MONDAY_8AM
from tests.offers import answer_of, held_times
from tests.services.in_line import RIVERAS, TUESDAYS, join, offers, wait
from tests.services.looking import rows
from tests.staffing import hire


def test_the_guide_is_asked_for_as_when_booking(guest: Guest) -> None:
    with pytest.raises(PrimerNeeded):
        join(guest, Wishes(visit_type_id=CONSULTATION))
    guest.now += days(2)
    guest.handle = Guest(MONDAY_8AM + days(2)).handle
    assert join(guest)


def test_the_safety_check_is_asked_for_as_when_booking(app: Flask) -> None:
    guest = Guest(MONDAY_8AM)
    with transaction() as session:
        visitors.change(session, guest.visit.id, safety_at=None)

    with pytest.raises(SafetyCheckNeeded):
        join(guest)


def test_children_are_put_on_the_list_by_phone(guest: Guest) -> None:
    with pytest.raises(PhoneOnly):
        join(guest, birth_date=date(2015, 1, 1))


def test_one_address_has_three_wishes_at_most(guest: Guest) -> None:
    for name in ("Ann", "Ben", "Cem"):
        join(guest, email="m@example.org", name=name)

    with pytest.raises(TooManyWaiting):
        join(guest, email="M@example.org", name="Dee")
    assert join(guest, email="other@example.org")


def test_one_network_joins_five_times_a_day_at_most(guest: Guest) -> None:
    for name in ("Ann", "Ben", "Cem", "Dee", "Eva"):
        join(guest, name=name)

    with pytest.raises(TooManyWaiting):
        join(guest, name="Fay")
    assert len(rows(models.Waiting)) == 5


@pytest.mark.parametrize(
    "odd", [replace(RIVERAS, clinician_ids=frozenset({99})),
            replace(RIVERAS, location_ids=frozenset({99})), Wishes(visit_type_id=99)]
)  # fmt: skip
def test_what_the_clinic_does_not_have_cannot_be_waited_for(guest: Guest, odd: Wishes) -> None:
    with pytest.raises(NotOffered):
        join(guest, odd)
    assert rows(models.Waiting) == []


def test_asking_twice_is_one_place_with_the_newer_wishes(guest: Guest, reference: str) -> None:
    wait(guest, reference)
    wait(guest, reference, RIVERAS)

    (only,) = rows(models.Waiting)
    assert (only.part, only.since) == ("any", MONDAY_8AM)


def test_pressing_twice_is_one_place_and_other_wishes_are_another(guest: Guest) -> None:
    first = join(guest, email="m@example.org")

    assert join(guest, email="M@example.org", phone="+18655550111") == first
    assert join(guest, email="other@example.org", name="marian  hale") == first  # the phone
    assert join(guest, RIVERAS, email="m@example.org") != first
    assert len(rows(models.Waiting)) == 2


def test_a_press_too_many_at_the_limit_is_still_the_same_place(guest: Guest) -> None:
    places = [join(guest, email="m@example.org", name=name) for name in ("Ann", "Ben", "Cem")]

    assert join(guest, email="m@example.org", name="Cem") == places[2]


def test_t11_nobody_waits_with_somebody_elses_appointment(guest: Guest, reference: str) -> None:
    stranger = Guest(MONDAY_8AM)

    with pytest.raises(NotYours):
        wait(stranger, reference)
    with pytest.raises(NotYours):
        waiting.leave(reference, actor=stranger.actor, now=MONDAY_8AM)
    assert rows(models.Waiting) == []


def test_leaving_the_list_gives_the_offer_back(guest: Guest, reference: str) -> None:
    wait(guest, reference)
    Rounds().run(now=MONDAY_8AM)

    for _ in range(2):
        waiting.leave(reference, actor=guest.actor, now=MONDAY_8AM)

    assert held_times() == []
    assert answer_of(offers()[0].id) == "withdrawn"
    assert Rounds().run(now=MONDAY_8AM) == 0


def test_the_list_forgets_who_has_no_appointment_to_give_up(guest: Guest, reference: str) -> None:
    wait(guest, reference, replace(TUESDAYS, weekdays=frozenset({5})))
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)

    Rounds().run(now=MONDAY_8AM)

    (place,) = rows(models.Waiting)
    assert place.closed == "over"
    with pytest.raises(AlreadyOver):
        wait(guest, reference)


def test_who_left_is_forgotten_after_a_month(guest: Guest) -> None:
    place = join(guest)
    Rounds().run(now=MONDAY_8AM)
    waiting.take_off(place, actor=hire(), now=MONDAY_8AM)

    forget.run(now=MONDAY_8AM + days(31))

    assert rows(models.Waiting) == rows(models.Proposal) == rows(models.Patient) == []
