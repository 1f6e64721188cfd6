"""Back is free, forward is one part at a time, and nobody is locked out."""

from itertools import pairwise

from app.domain.primer import (
    Progress,
    Standing,
    shown_order,
    standing,
    unseen,
)

KEYS = ("a", "b", "c")


def test_somebody_new_opens_the_first_part_only() -> None:
    progress = Progress()

    assert progress.current == 1
    assert [part for part in range(-1, 12) if progress.may_open(part)] == [1]


def test_a_part_read_opens_the_next_and_keeps_those_before() -> None:
    progress = Progress().after(1).after(2)

    assert progress.current == 3
    assert [part for part in range(12) if progress.may_open(part)] == [1, 2, 3]


def test_reading_a_part_again_loses_nothing() -> None:
    progress = Progress().after(1).after(2).after(1)

    assert progress.current == 3


def test_the_tenth_part_ends_the_primer() -> None:
    progress = Progress(frozenset(range(1, 10)))

    assert progress.current == 10
    assert not progress.complete
    assert progress.after(10).complete
    assert progress.after(10).current == 10
    assert not progress.after(10).may_open(11)


def test_a_right_answer_at_once_needs_no_help() -> None:
    assert standing(["b"], "b") == Standing(0, answered_right=True)
    assert not standing(["b"], "b").go_over


def test_one_miss_and_then_right_is_understood() -> None:
    seen = standing(["a", "b"], "b")

    assert seen.shows_answer
    assert not seen.go_over


def test_one_miss_left_so_is_gone_over_with_the_doctor() -> None:
    seen = standing(["a"], "b")

    assert not seen.shows_answer
    assert seen.go_over


def test_two_misses_show_the_answer_and_are_gone_over_even_if_right_afterwards() -> None:
    missed, then_right = standing(["a", "c"], "b"), standing(["a", "c", "b"], "b")

    assert missed.shows_answer
    assert missed.go_over
    assert then_right.go_over


def test_trying_again_after_the_right_answer_is_no_miss() -> None:
    assert standing(["b", "a", "c"], "b") == Standing(0, answered_right=True)


def test_a_question_nobody_answered_is_neither_seen_nor_missed() -> None:
    assert not standing([], "b").shows_answer
    assert not standing([], "b").go_over


def test_the_fever_question_must_be_seen_before_the_end() -> None:
    assert unseen(["Q4"], {}) == ("Q4",)
    assert unseen(["Q4"], {"Q4": standing(["a"], "b")}) == ("Q4",)
    assert unseen(["Q4"], {"Q4": standing(["a", "c"], "b")}) == ()
    assert unseen(["Q4"], {"Q4": standing(["b"], "b")}) == ()


def test_options_keep_their_order_for_one_reading() -> None:
    assert shown_order("reading", "Q1", KEYS) == shown_order("reading", "Q1", KEYS)
    assert sorted(shown_order("reading", "Q1", KEYS)) == list(KEYS)


def test_the_order_does_not_hang_on_how_the_file_lists_the_options() -> None:
    assert shown_order("reading", "Q1", KEYS) == shown_order("reading", "Q1", KEYS[::-1])


def test_readings_and_questions_get_every_order() -> None:
    orders = [shown_order(str(reading), "Q1", KEYS) for reading in range(600)]
    other = [shown_order(str(reading), "Q2", KEYS) for reading in range(600)]

    counts = sorted(orders.count(order) for order in set(orders))
    assert len(counts) == 6
    assert counts[0] > 60
    assert orders != other
    assert any(one != two for one, two in pairwise(orders))
