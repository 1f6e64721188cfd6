from datetime import UTC, datetime, timedelta

import pytest

from app.domain import pressure

NOW = datetime(2027, 3, 1, 13, tzinfo=UTC)
WINDOWS = 28 * 24 * 6


def test_t08_ten_bookings_in_ten_minutes_are_a_flood_where_nights_are_quiet() -> None:
    assert pressure.is_flood(10, [3, 2, 4, 1])
    assert not pressure.is_flood(9, [3, 2, 4, 1])


def test_t08_a_clinic_without_a_history_is_guarded_all_the_same() -> None:
    assert pressure.is_flood(10, [])
    assert not pressure.is_flood(9, [])


@pytest.mark.parametrize(("latest", "flood"), [(15, False), (16, True)])
def test_t08_a_clinic_that_is_busy_day_and_night_is_used_to_more(latest: int, flood: bool) -> None:
    three_each = [3] * WINDOWS

    assert pressure.is_flood(latest, three_each) is flood


def test_t08_one_great_day_does_not_change_what_is_usual() -> None:
    assert pressure.is_flood(10, [500] * (WINDOWS // 2 - 1))


def test_t08_pressure_lasts_ten_quiet_minutes_and_at_most_one_more() -> None:
    until = pressure.until(now=NOW)

    assert pressure.is_on(until, now=NOW + timedelta(minutes=10))
    assert not pressure.is_on(until, now=NOW + timedelta(minutes=11))
    assert not pressure.is_on(None, now=NOW)


def test_t08_the_end_is_put_off_once_a_minute() -> None:
    until = pressure.until(now=NOW)

    assert pressure.lasts(until, now=NOW + timedelta(seconds=59))
    assert not pressure.lasts(until, now=NOW + timedelta(seconds=61))
    assert not pressure.lasts(None, now=NOW)
