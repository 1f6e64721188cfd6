"""Which times may be offered, to whom, and what is refused before anything is held."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.appointment import Wish
from app.domain.proposal import AlreadyOffered, Kind, TooManyOffered
from app.domain.refusals import NotOffered, SlotTaken
from tests.clinics import FOLLOW_UP, GENERAL, OKAFOR, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.offers import SOONER, WEDNESDAY, asked, held_times, offer, say
from tests.services.looking import booked, set_rule
from tests.services.people import FRIDAY, THURSDAY

NOON, TWO = SOONER


def test_somebody_is_asked_one_thing_at_a_time(reference: str) -> None:
    offer(reference)

    with pytest.raises(AlreadyOffered):
        offer(reference, WEDNESDAY)
    assert held_times() == [NOON.start, TWO.start]


def test_after_an_answer_they_may_be_asked_again(reference: str) -> None:
    made = offer(reference)
    say(asked(made), made)

    assert offer(reference, WEDNESDAY)
    assert held_times() == [WEDNESDAY.start]


def test_a_time_that_is_taken_is_not_offered_and_nothing_else_is_held(reference: str) -> None:
    Guest(MONDAY_8AM).hold(TWO)

    with pytest.raises(SlotTaken):
        offer(reference)
    assert held_times() == []


@pytest.mark.parametrize(
    "odd",
    [wish(NOON.start - days(2)), wish(NOON.start.replace(hour=4)),
     wish(NOON.start.replace(minute=1)), wish(visit_type_id=FOLLOW_UP), THURSDAY,
     wish(NOON.start.replace(year=9998)), wish(clinician_id=99)],
)  # fmt: skip
def test_what_is_no_time_for_the_visit_is_not_offered(reference: str, odd: Wish) -> None:
    with pytest.raises(NotOffered):
        offer(reference, odd)
    assert held_times() == []


def test_nobody_chooses_among_six_times(reference: str) -> None:
    times = [wish(NOON.start + timedelta(hours=hour)) for hour in range(-3, 3)]

    with pytest.raises(TooManyOffered):
        offer(reference, *times)


def test_times_that_overlap_the_old_one_and_each_other_may_be_offered(reference: str) -> None:
    set_rule(GENERAL, step_minutes=10)
    near = [wish(THURSDAY.start + timedelta(minutes=minutes)) for minutes in (-10, 10)]
    made = offer(reference, *near)

    say(asked(made), made, near[1])

    assert booked(reference).starts_at == near[1].start


def test_an_offer_to_another_doctor_locks_and_frees_both(reference: str) -> None:
    elsewhere = replace(NOON, clinician_id=OKAFOR, location_id=2)
    made = offer(reference, elsewhere, kind=Kind.REHOUSE)

    say(asked(made), made, elsewhere)

    assert booked(reference).clinician_id == OKAFOR
    assert Guest(MONDAY_8AM).hold(THURSDAY)


def test_offers_do_not_make_a_day_look_as_if_many_chose_on_it(reference: str) -> None:
    other = Guest(MONDAY_8AM).book(FRIDAY)
    offer(reference, *SOONER)
    offer(other, *(wish(NOON.start + timedelta(hours=hour)) for hour in (-1, 1, 3)))

    assert Guest(MONDAY_8AM).hold(wish(NOON.start - timedelta(hours=2)))
