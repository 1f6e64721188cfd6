"""Who must not wait: the most urgent sign wins, and nobody goes on with a question open."""

import pytest

from app.domain.safety import (
    Answer,
    GoOn,
    Item,
    Missing,
    Stop,
    Tier,
    assess,
)

YES, NO, NOT_SURE = Answer.YES, Answer.NO, Answer.NOT_SURE
ITEMS = tuple(
    Item(f"{letter}{number}", tier, tier)
    for letter, tier, count in (
        ("E", Tier.EMERGENCY, 10),
        ("T", Tier.CALL_TODAY, 12),
        ("B", Tier.BOOK_AND_TELL, 6),
    )
    for number in range(1, count + 1)
)
ALL_NO = {item.id: NO for item in ITEMS}


@pytest.mark.parametrize("answer", [YES, NOT_SURE])
@pytest.mark.parametrize("item", [item.id for item in ITEMS if item.tier is Tier.EMERGENCY])
def test_one_emergency_sign_stops_even_when_only_half_sure(item: str, answer: Answer) -> None:
    assert assess(ITEMS, {**ALL_NO, item: answer}) == Stop(Tier.EMERGENCY, (item,))


@pytest.mark.parametrize("answer", [YES, NOT_SURE])
@pytest.mark.parametrize("item", [item.id for item in ITEMS if item.tier is Tier.CALL_TODAY])
def test_one_sign_to_call_about_closes_online_booking(item: str, answer: Answer) -> None:
    assert assess(ITEMS, {**ALL_NO, item: answer}) == Stop(Tier.CALL_TODAY, (item,))


def test_a_foot_weak_for_four_weeks_and_unchecked_calls_today() -> None:
    assert assess(ITEMS, {**ALL_NO, "T3": YES}) == Stop(Tier.CALL_TODAY, ("T3",))


def test_a_foot_that_gets_weaker_is_an_emergency_whatever_else_is_true() -> None:
    answers = {**ALL_NO, "E2": YES, "T3": YES, "B1": YES}

    assert assess(ITEMS, answers) == Stop(Tier.EMERGENCY, ("E2",))


def test_a_blood_thinner_and_sudden_pain_is_an_emergency() -> None:
    assert assess(ITEMS, {**ALL_NO, "E9": YES, "B2": YES}) == Stop(Tier.EMERGENCY, ("E9",))


def test_pain_that_grows_after_a_shot_without_fever_calls_today() -> None:
    assert assess(ITEMS, {**ALL_NO, "T2": YES}) == Stop(Tier.CALL_TODAY, ("T2",))


def test_an_emergency_does_not_wait_for_the_other_answers() -> None:
    assert assess(ITEMS, {"E5": YES}) == Stop(Tier.EMERGENCY, ("E5",))


def test_nobody_is_told_to_call_today_while_an_emergency_item_is_open() -> None:
    answers = {name: answer for name, answer in ALL_NO.items() if name != "E7"} | {"T1": YES}

    assert assess(ITEMS, answers) == Missing(("E7",))


def test_several_signs_are_all_named() -> None:
    assert assess(ITEMS, {**ALL_NO, "E1": NOT_SURE, "E4": YES}) == Stop(
        Tier.EMERGENCY, ("E1", "E4")
    )


def test_an_ordinary_back_goes_on_and_there_is_nothing_to_tell() -> None:
    assert assess(ITEMS, ALL_NO) == GoOn(())


def test_a_leg_that_tingles_goes_on_and_the_doctor_is_told() -> None:
    assert assess(ITEMS, {**ALL_NO, "B1": YES}) == GoOn((("B1", YES),))


def test_somebody_not_sure_of_a_pregnancy_goes_on_and_the_doctor_is_told_so() -> None:
    assert assess(ITEMS, {**ALL_NO, "B3": NOT_SURE}) == GoOn((("B3", NOT_SURE),))


@pytest.mark.parametrize("item", [item.id for item in ITEMS])
def test_every_item_needs_an_answer(item: str) -> None:
    answers = {name: answer for name, answer in ALL_NO.items() if name != item}

    assert assess(ITEMS, answers) == Missing((item,))


def test_the_first_page_alone_can_be_judged() -> None:
    page = [item for item in ITEMS if item.tier is Tier.EMERGENCY]

    assert assess(page, {item.id: NO for item in page}) == GoOn(())
    assert assess(page, {}) == Missing(tuple(item.id for item in page))


def test_an_answer_to_an_item_that_was_not_asked_changes_nothing() -> None:
    assert assess(ITEMS, {**ALL_NO, "X1": YES}) == GoOn(())


def test_not_sure_leads_where_the_edition_says() -> None:
    items = [Item("B9", Tier.BOOK_AND_TELL, Tier.CALL_TODAY)]

    assert assess(items, {"B9": NOT_SURE}) == Stop(Tier.CALL_TODAY, ("B9",))
    assert assess(items, {"B9": YES}) == GoOn((("B9", YES),))
