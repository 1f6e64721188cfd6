"""Written people meet the safety check: who must be caught is, and few others are.

These are no pilot with patients: that one is still to be done (open.yaml, O4).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.domain.safety import GoOn, Limit, Stop, Tier
from tests.safety.answering import ITEMS, LIMITS, YES, Person, outcome, people

CAUGHT, ORDINARY = people("caught"), people("ordinary")
TIERS = {item.id: item.tier for item in ITEMS}
MUST_STOP = [item.id for item in ITEMS if item.tier is not Tier.BOOK_AND_TELL]
COUNTED = {"E1", "E8", "E10", "T2", "T7", "T8", "T9", "T9_age"}


def held(person: Person, limits: Mapping[str, Limit] = LIMITS, without: str | None = None) -> bool:
    """Say whether a person is stopped, as urgently as their item is, because of it."""
    found = outcome(person, limits, without)
    return isinstance(found, Stop) and found.tier is TIERS[person.item] and person.item in found.ids


@pytest.mark.parametrize("person", CAUGHT, ids=lambda person: f"{person.item}: {person.who}")
def test_whoever_must_not_wait_is_caught(person: Person) -> None:
    assert held(person)


def test_each_item_that_stops_has_at_least_two_people() -> None:
    counted = Counter(person.item for person in CAUGHT)

    assert {name: counted[name] for name in MUST_STOP if counted[name] < 2} == {}
    assert set(counted) == set(MUST_STOP)


def test_of_forty_ordinary_people_few_are_sent_away() -> None:
    found = [outcome(person) for person in ORDINARY]
    sent = Counter(one.tier for one in found if isinstance(one, Stop))

    assert len(ORDINARY) == 40
    assert sent[Tier.EMERGENCY] <= 2
    assert sent[Tier.CALL_TODAY] <= 8
    assert sum(isinstance(one, GoOn) for one in found) >= 30


def test_some_ordinary_people_have_something_to_tell_the_doctor() -> None:
    told = [one.told for one in map(outcome, ORDINARY) if isinstance(one, GoOn)]
    items = {item for points in told for item, _ in points}

    assert items == {"B1", "B2", "B3", "B4", "B5", "B6"}


def test_everything_that_is_asked_is_answered_here() -> None:
    assert set(YES) == set(TIERS)


@pytest.mark.parametrize("item", MUST_STOP)
def test_without_an_item_somebody_is_missed(item: str) -> None:
    assert not all(held(person, without=item) for person in CAUGHT if person.item == item)


@pytest.mark.parametrize("name", sorted(COUNTED))
def test_with_a_looser_limit_somebody_is_missed(name: str) -> None:
    limit = LIMITS[name]
    loose = replace(limit, value=limit.value + (-1 if limit.op == "<=" else 1))
    limits = {**LIMITS, name: loose}
    if name == "E1":
        limits["T4"] = replace(LIMITS["T4"], value=loose.value)

    assert not all(held(person, limits) for person in CAUGHT)


def test_nobody_falls_between_now_and_too_long_ago() -> None:
    for weeks in (0, 3.9, 4, 4.1, 5, 100):
        person = Person("numb between the legs", {"cauda_weeks": weeks})
        assert isinstance(outcome(person), Stop), weeks


@pytest.mark.parametrize("item", MUST_STOP)
def test_not_sure_stops_like_yes(item: str) -> None:
    person = Person("not sure", {}, not_sure=(item,))

    assert outcome(person) == Stop(TIERS[item], (item,))
