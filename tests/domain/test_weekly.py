"""Hours that come back: what follows what, and what overlaps."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.hours import WeeklyHours
from app.domain.weekly import Pattern, followed, next_day, overlap, patterns

TODAY = date(2027, 3, 1)  # a Monday
JANUARY, APRIL = date(2027, 1, 4), date(2027, 4, 5)
MORNING = WeeklyHours(
    id=1, location_id=1, weekday=0, from_minute=480, until_minute=720, valid_from=JANUARY
)
TUESDAY = replace(MORNING, id=2, weekday=1)
WANTED = Pattern(location_id=1, weekdays=(0, 1), from_minute=540, until_minute=720, first=TODAY)


def after(wanted: Pattern, *known: WeeklyHours) -> tuple[WeeklyHours, ...]:
    return followed(known, wanted.rules(), first=wanted.first, today=TODAY)


def test_days_with_the_same_hours_are_one_pattern() -> None:
    afternoon = replace(MORNING, id=3, from_minute=780, until_minute=1020)

    assert patterns([TUESDAY, afternoon, MORNING]) == [(MORNING, TUESDAY), (afternoon,)]


def test_other_hours_follow_and_what_was_stays_as_it_was_until_then() -> None:
    until = date(2027, 2, 28)

    found = after(WANTED, MORNING, TUESDAY)

    assert found == (
        replace(MORNING, valid_until=until), WANTED.rules()[0],
        replace(TUESDAY, valid_until=until), WANTED.rules()[1],
    )  # fmt: skip


def test_a_day_that_is_left_out_ends_and_one_that_is_new_begins() -> None:
    found = after(replace(WANTED, weekdays=(0, 2)), MORNING, TUESDAY)

    assert [(rule.weekday, rule.valid_from, rule.valid_until) for rule in found] == [
        (0, JANUARY, date(2027, 2, 28)), (0, TODAY, None),
        (1, JANUARY, date(2027, 2, 28)), (2, TODAY, None),
    ]  # fmt: skip


def test_the_same_hours_with_another_end_stay_one_row() -> None:
    same = replace(WANTED, from_minute=480, weekdays=(0,), last=APRIL)

    assert after(same, MORNING) == (replace(MORNING, valid_until=APRIL),)
    assert after(replace(same, last=None), replace(MORNING, valid_until=APRIL)) == (MORNING,)


def test_hours_that_have_not_begun_are_replaced() -> None:
    coming = replace(MORNING, valid_from=APRIL)
    later = replace(WANTED, weekdays=(0,), first=date(2027, 5, 3))

    assert after(later, coming) == (replace(later.rules()[0], id=1),)
    assert after(replace(later, weekdays=(1,), first=APRIL), coming) == (
        replace(TUESDAY, id=0, from_minute=540, valid_from=APRIL),
    )


def test_every_other_week_the_other_week_is_another_pattern() -> None:
    fortnight = replace(MORNING, every_weeks=2)
    same = replace(WANTED, from_minute=480, weekdays=(0,), every_weeks=2)
    between = replace(same, first=date(2027, 3, 8))

    assert len(after(same, fortnight)) == 1
    assert len(after(between, fortnight)) == 2


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"from_minute": 720, "until_minute": 780}, False),
        ({"from_minute": 715, "until_minute": 780}, True),
        ({"weekday": 1}, False),
        ({"location_id": 2}, False),
        ({"valid_from": APRIL}, True),
        ({"valid_from": JANUARY, "valid_until": date(2027, 2, 1)}, True),
        ({"every_weeks": 2, "valid_from": date(2027, 1, 11)}, True),
    ],
)
def test_hours_overlap_at_one_place_on_some_day(other: dict[str, object], said: bool) -> None:
    assert overlap(MORNING, replace(MORNING, **other)) is said  # type: ignore[arg-type]


def test_two_doctors_weeks_in_turn_do_not_overlap() -> None:
    odd = replace(MORNING, every_weeks=2)
    even = replace(odd, valid_from=date(2027, 1, 11))

    assert not overlap(odd, even)
    assert overlap(odd, replace(even, every_weeks=3))
    assert not overlap(replace(odd, valid_until=date(2027, 1, 10)), replace(even, every_weeks=3))


def test_the_next_day_of_hours_keeps_to_their_weeks() -> None:
    fortnight = replace(TUESDAY, every_weeks=2, valid_from=date(2027, 1, 12))

    assert next_day(fortnight, TODAY) == date(2027, 3, 9)
    assert next_day(MORNING, TODAY) == TODAY
    assert next_day(replace(MORNING, valid_until=date(2027, 2, 1)), TODAY) == date(2027, 2, 1)
