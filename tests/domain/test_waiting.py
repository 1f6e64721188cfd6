"""Whose turn it is on the waiting list, and what suits whom."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.appointment import Person, Wish
from app.domain.waiting import OFFERS_A_DAY, Waiting, Wishes, in_turn

NOW = datetime(2027, 3, 1, 13, tzinfo=UTC)
KNOXVILLE = ZoneInfo("America/New_York")
SHORT = timedelta(hours=24)
MARIAN = Person(
    name="Marian Hale", birth_date=date(1968, 4, 21), email="m@example.org", phone="+18655550178",
    language="en",
)  # fmt: skip
NOON = Wish(
    visit_type_id=2, clinician_id=1, location_id=1, video=False,
    start=datetime(2027, 3, 3, 17, tzinfo=UTC),  # Wednesday
)  # fmt: skip
ANYTHING = Wishes(visit_type_id=2)
SOMEBODY = Waiting(
    id="a", person=MARIAN, patient_id="p", wishes=ANYTHING, since=NOW - timedelta(days=3)
)


def suits(wishes: Wishes, wish: Wish = NOON) -> bool:
    return wishes.suit(wish, KNOXVILLE)


@pytest.mark.parametrize(
    "wanted",
    [ANYTHING, replace(ANYTHING, clinician_ids=frozenset({1, 2})),
     replace(ANYTHING, location_ids=frozenset({1})), replace(ANYTHING, weekdays=frozenset({2})),
     replace(ANYTHING, part="afternoon"), replace(ANYTHING, video=False),
     replace(ANYTHING, until_day=date(2027, 3, 3))],
)  # fmt: skip
def test_a_time_within_all_that_was_asked_suits(wanted: Wishes) -> None:
    assert suits(wanted)


@pytest.mark.parametrize(
    "wanted",
    [Wishes(visit_type_id=1), replace(ANYTHING, clinician_ids=frozenset({2})),
     replace(ANYTHING, location_ids=frozenset({2})), replace(ANYTHING, weekdays=frozenset({0, 1})),
     replace(ANYTHING, part="morning"), replace(ANYTHING, video=True),
     replace(ANYTHING, until_day=date(2027, 3, 2))],
)  # fmt: skip
def test_one_thing_that_does_not_fit_is_enough(wanted: Wishes) -> None:
    assert not suits(wanted)


def test_a_near_time_goes_only_to_those_who_said_so() -> None:
    ready = replace(SOMEBODY, wishes=replace(ANYTHING, short_notice=True))
    near = replace(NOON, start=NOW + SHORT - timedelta(minutes=5))

    assert not SOMEBODY.fits(near, KNOXVILLE, short=SHORT, now=NOW)
    assert ready.fits(near, KNOXVILLE, short=SHORT, now=NOW)


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, False), (1, True), (7, True)])
def test_earlier_is_a_day_earlier_at_least(days: int, fits: bool) -> None:
    has = replace(SOMEBODY, has=NOON.start + timedelta(days=days, hours=2))

    assert has.fits(NOON, KNOXVILLE, short=SHORT, now=NOW) is fits


def test_nobody_is_asked_about_the_same_time_twice() -> None:
    asked = replace(SOMEBODY, offered=frozenset({(1, NOON.start)}))

    assert not asked.fits(NOON, KNOXVILLE, short=SHORT, now=NOW)
    assert asked.fits(replace(NOON, clinician_id=2), KNOXVILLE, short=SHORT, now=NOW)


def test_who_waits_longest_is_first() -> None:
    newer = replace(SOMEBODY, id="b", since=NOW)

    assert [one.id for one in in_turn([newer, SOMEBODY])] == ["a", "b"]


def test_who_let_two_offers_run_out_goes_behind() -> None:
    silent = replace(SOMEBODY, lapsed=2)
    once = replace(SOMEBODY, id="b", since=NOW, lapsed=1)

    assert [one.id for one in in_turn([silent, once])] == ["b", "a"]


people = st.builds(
    replace,
    st.just(SOMEBODY),
    id=st.text("abcdefgh", min_size=4, max_size=4),
    since=st.integers(0, 5).map(lambda days: NOW - timedelta(days=days)),
    lapsed=st.integers(0, 3),
    today=st.integers(0, 3),
    asked=st.booleans(),
)


@given(waiting=st.lists(people, max_size=8))
def test_nobody_is_passed_over_for_somebody_who_waits_less_long(waiting: list[Waiting]) -> None:
    line = in_turn(waiting)

    assert all(not one.asked and one.today < OFFERS_A_DAY for one in line)
    assert len(line) == sum(not one.asked and one.today < OFFERS_A_DAY for one in waiting)
    for before, after in pairwise(line):
        assert (before.lapsed > 1) <= (after.lapsed > 1)
        if (before.lapsed > 1) == (after.lapsed > 1):
            assert before.since <= after.since
