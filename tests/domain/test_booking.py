from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.booking import check_age, check_change, extended, held_at_once, reminders_due
from app.domain.interval import Interval
from app.domain.refusals import AlreadyOver, HoldAtLimit, PhoneOnly, TooLate

NOON = datetime(2027, 3, 15, 12, tzinfo=UTC)
VISIT = Interval(NOON, NOON + timedelta(minutes=45))
DAY = timedelta(hours=24)


def test_somebody_books_online_from_the_eighteenth_birthday() -> None:
    check_age(date(2009, 3, 15), today=date(2027, 3, 15))

    with pytest.raises(PhoneOnly):
        check_age(date(2009, 3, 15), today=date(2027, 3, 14))


def test_somebody_born_on_a_leap_day_books_online_from_the_first_of_march() -> None:
    check_age(date(2008, 2, 29), today=date(2026, 3, 1))

    with pytest.raises(PhoneOnly):
        check_age(date(2008, 2, 29), today=date(2026, 2, 28))


def test_a_visit_changes_online_until_the_last_second_of_its_rule() -> None:
    check_change(VISIT, DAY, now=NOON - DAY)

    with pytest.raises(TooLate):
        check_change(VISIT, DAY, now=NOON - DAY + timedelta(seconds=1))
    with pytest.raises(AlreadyOver):
        check_change(VISIT, timedelta(0), now=NOON)


def test_a_hold_lasts_half_an_hour_in_all() -> None:
    assert extended(NOON, now=NOON + timedelta(minutes=8)) == NOON + timedelta(minutes=18)
    assert extended(NOON, now=NOON + timedelta(minutes=25)) == NOON + timedelta(minutes=30)

    with pytest.raises(HoldAtLimit):
        extended(NOON, now=NOON + timedelta(minutes=30))


@pytest.mark.parametrize(("free", "held"), [(0, 2), (9, 2), (15, 3), (40, 8)])
def test_a_fifth_of_a_day_may_be_held_at_once_and_never_fewer_than_two(
    free: int, held: int
) -> None:
    assert held_at_once(free) == held


def test_reminders_that_would_be_late_are_not_owed() -> None:
    due = reminders_due(VISIT, (48, 3), now=NOON - timedelta(hours=5))

    assert due == [(3, NOON - timedelta(hours=3))]
