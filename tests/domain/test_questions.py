"""The list of questions: the person's order holds, whatever is ticked, moved or added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.questions import LONGEST, OWN_AT_MOST, Wishes
from app.domain.refusals import UnknownAnswer

KNOWN = tuple("ABCDEF")


def asked(*names: str) -> Wishes:
    return Wishes().ticked((), names, KNOWN)


def test_what_is_ticked_later_comes_after_what_was_ordered() -> None:
    wishes = asked("B", "D").moved("D", -1).ticked(("cost",), {"A", "B", "D"}, KNOWN)

    assert wishes == Wishes(("cost",), ("D", "B", "A"))


def test_a_question_at_the_end_of_the_list_stays_there() -> None:
    assert asked("A", "B").moved("A", -1).asked == ("A", "B")
    assert asked("A", "B").moved("B", 1).asked == ("A", "B")


@given(st.lists(st.tuples(st.sampled_from(KNOWN), st.sampled_from((-1, 1)))))
def test_moving_loses_and_doubles_nothing(moves: list[tuple[str, int]]) -> None:
    wishes = asked(*KNOWN)

    for name, by in moves:
        wishes = wishes.moved(name, by)

    assert sorted(wishes.asked) == list(KNOWN)


def test_a_question_of_ones_own_comes_last_and_goes_when_it_is_unticked() -> None:
    wishes = asked("A").added("May I swim?")

    assert wishes.asked == ("A", "own-1")
    assert wishes.added("May I swim?") == wishes
    assert wishes.ticked((), {"A"}, KNOWN) == asked("A")


def test_a_new_one_never_takes_the_name_of_one_that_is_there() -> None:
    wishes = Wishes().added("One?").added("Two?").ticked((), {"own-2"}, KNOWN).added("Three?")

    assert [wishes.own[name] for name in wishes.asked] == ["Two?", "Three?"]


def test_what_nobody_offered_is_refused() -> None:
    full = Wishes()
    for number in range(OWN_AT_MOST):
        full = full.added(f"Question {number}?")

    with pytest.raises(UnknownAnswer):
        full.added("One more?")
    with pytest.raises(UnknownAnswer):
        Wishes().added("x" * (LONGEST + 1))
    with pytest.raises(UnknownAnswer):
        asked("A").moved("B", 1)
    with pytest.raises(UnknownAnswer):
        asked("Z")
