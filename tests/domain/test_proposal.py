"""Until when an offer may be answered: by day, and before the time itself."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.proposal import SLEEPS, WAKES, answer_by

KNOXVILLE = ZoneInfo("America/New_York")
FAR = datetime(2027, 6, 1, tzinfo=UTC)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 3, day, hour, minute, tzinfo=KNOXVILLE).astimezone(UTC)


@pytest.mark.parametrize(
    ("asked", "hours", "by"),
    [
        (local(1, 9), 4, local(1, 13)),
        (local(1, 18), 4, local(2, 10)),  # two hours in the evening, two in the morning
        (local(1, 23), 4, local(2, 12)),
        (local(1, 3), 1, local(1, 9)),
        (local(1, 16), 4, local(1, 20)),
        (local(1, 20), 1, local(2, 9)),
        (local(1, 9), 30, local(3, 15)),  # eleven, twelve, and seven hours more
        (local(13, 18), 4, local(14, 10)),  # the clocks change in the night between
    ],
)
def test_the_hours_to_answer_run_by_day(asked: datetime, hours: int, by: datetime) -> None:
    assert answer_by(hours, KNOXVILLE, [FAR], now=asked) == by


def test_an_hour_before_the_time_itself_it_is_too_late() -> None:
    assert answer_by(4, KNOXVILLE, [FAR, local(1, 11)], now=local(1, 9)) == local(1, 10)


@given(
    asked=st.integers(0, 480_000),
    hours=st.integers(1, 60),
    zone=st.sampled_from(["America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"]),
)
def test_nobody_has_to_answer_at_night(asked: int, hours: int, zone: str) -> None:
    now, there = datetime(2027, 1, 1, tzinfo=UTC) + timedelta(minutes=asked), ZoneInfo(zone)

    by = answer_by(hours, there, [now + timedelta(days=400)], now=now)

    assert WAKES <= by.astimezone(there).time() <= SLEEPS
    assert by >= now + timedelta(hours=hours)
