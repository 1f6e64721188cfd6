"""Busy times become as few as it takes, and stay the same time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.busy import merged
from app.domain.interval import Interval

MIDNIGHT = datetime(2027, 3, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=12)


def interval(start: int, length: int) -> Interval:
    return Interval(MIDNIGHT + start * MINUTE, MIDNIGHT + (start + length) * MINUTE)


def minutes(some: tuple[Interval, ...] | list[Interval]) -> list[int]:
    """Say of each minute whether it is taken, without any thought."""
    moments = [MIDNIGHT + number * MINUTE for number in range(90)]
    return [
        number
        for number, moment in enumerate(moments)
        if any(span.start <= moment < span.end for span in some)
    ]


@given(spans)
def test_merged_times_take_the_same_minutes_in_order_and_apart(
    drawn: list[tuple[int, int]],
) -> None:
    given_ = [interval(*one) for one in drawn]

    found = merged(given_)

    assert minutes(found) == minutes(given_)
    assert all(one.end < after.start for one, after in pairwise(found))
