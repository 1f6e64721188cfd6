"""How much may be held at once: of a day, by a network (T07)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.domain.appointment import Wish
from app.domain.booking import HOLD
from app.domain.refusals import DayNearlyFull, Refused, SlotTaken, TooManyHolds
from tests.clinics import NASHVILLE, OKAFOR, SECOND, TUESDAY_NOON, Guest, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import held, set_rule


def on_tuesday(number: int) -> Wish:
    """The times of Tuesday one after the other, half an hour apart."""
    nine = TUESDAY_NOON - timedelta(hours=3)
    return wish(nine + number * timedelta(minutes=30))


def test_a_day_takes_so_many_visits_of_a_type_and_no_more(guest: Guest) -> None:
    set_rule(SECOND, max_per_day=2)
    for number in (0, 2):
        Guest(MONDAY_8AM).book(replace(on_tuesday(number), visit_type_id=SECOND))

    with pytest.raises(SlotTaken):
        guest.hold(replace(on_tuesday(4), visit_type_id=SECOND))

    assert guest.hold(on_tuesday(4))
    wednesday = on_tuesday(4).start + timedelta(days=1)
    assert guest.hold(wish(wednesday, visit_type_id=SECOND))


def wishes_over_days(number: int) -> list[Wish]:
    """Times of different days, so that no day is nearly full."""
    return [
        replace(on_tuesday(n // 8), start=on_tuesday(n // 8).start + n % 8 * timedelta(days=7))
        for n in range(number)
    ]


def test_t07_one_network_holds_six_times_at_once(app: Flask) -> None:
    answers = []
    for wanted in wishes_over_days(60):
        try:
            Guest(MONDAY_8AM).hold(wanted)
            answers.append("held")
        except Refused as refusal:
            answers.append(refusal.code)

    assert answers == ["held"] * 6 + ["too_many_holds"] * 54
    assert len(held()) == 6


def test_t07_somebody_from_another_network_still_finds_a_time(app: Flask) -> None:
    *held_before, wanted = wishes_over_days(7)
    for one in held_before:
        Guest(MONDAY_8AM).hold(one)

    with pytest.raises(TooManyHolds):
        Guest(MONDAY_8AM).hold(wanted)

    assert Guest(MONDAY_8AM, network="198.51.100.0/24").hold(wanted)


def test_t07_after_ten_minutes_the_network_may_hold_again(app: Flask) -> None:
    *held_before, wanted = wishes_over_days(7)
    for one in held_before:
        Guest(MONDAY_8AM).hold(one)

    assert Guest(MONDAY_8AM + HOLD).hold(wanted)


def test_t07_a_clinics_own_network_may_hold_as_often_as_it_likes(app: Flask) -> None:
    kept = [Guest(MONDAY_8AM).hold(on_tuesday(number), exempt=True) for number in range(10)]

    assert len({one.id for one in kept}) == len(held()) == 10


def test_t07_a_fifth_of_a_doctors_day_may_be_held_at_once(app: Flask) -> None:
    def guest(number: int) -> Guest:
        return Guest(MONDAY_8AM, network=f"198.51.{number}.0/24")

    for number in range(2):
        guest(number).hold(on_tuesday(number))  # 14 are free then, and a fifth of them is 2

    with pytest.raises(DayNearlyFull):
        guest(9).hold(on_tuesday(9))

    assert guest(10).hold(wish(on_tuesday(9).start + timedelta(days=1)))
    assert guest(11).hold(wish(clinician_id=OKAFOR, location_id=NASHVILLE))
    assert guest(12).hold(on_tuesday(9), exempt=True)


def test_t07_two_times_of_a_nearly_full_day_may_still_be_held(app: Flask) -> None:
    for number in range(12):
        Guest(MONDAY_8AM).book(on_tuesday(number))

    first, second = (
        Guest(MONDAY_8AM, network=f"198.51.{number}.0/24").hold(on_tuesday(number))
        for number in (12, 13)
    )

    assert first.id != second.id
    with pytest.raises(DayNearlyFull):
        Guest(MONDAY_8AM, network="203.0.113.0/24").hold(on_tuesday(14))


def test_changing_ones_mind_uses_up_no_limit(guest: Guest) -> None:
    for number in range(16):
        guest.hold(on_tuesday(number))

    assert len(held()) == 1
