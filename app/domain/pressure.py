"""Telling a flood of bookings from a busy day, by what the clinic itself is used to."""

from collections.abc import Collection
from datetime import datetime, timedelta
from statistics import median

WINDOW = timedelta(minutes=10)
HISTORY = timedelta(days=28)
TIMES_THE_USUAL = 5
AT_LEAST = 10
QUIET = timedelta(minutes=10)
TENTATIVE = timedelta(minutes=60)  # how long a booking waits for its link to be pressed
AHEAD = timedelta(minutes=1)  # the end is put off once a minute, not at each look


def may_be_flood(latest: int) -> bool:
    """Say whether so many bookings within one window are worth a look at the history."""
    return latest >= AT_LEAST


def is_flood(latest: int, earlier: Collection[int]) -> bool:
    """Say whether the latest window has far more bookings than the clinic is used to.

    *earlier* are the counts of the history's windows in which anybody booked; in all the
    others, nights among them, nobody did.
    """
    quiet = HISTORY // WINDOW - len(earlier)
    usual = median([*earlier, *[0] * quiet])
    return may_be_flood(latest) and latest > TIMES_THE_USUAL * usual


def is_on(until: datetime | None, *, now: datetime) -> bool:
    """Say whether the clinic is under pressure."""
    return until is not None and now < until


def lasts(until: datetime | None, *, now: datetime) -> bool:
    """Say whether the pressure lasts long enough that a flood just now changes nothing."""
    return until is not None and now + QUIET <= until


def until(*, now: datetime) -> datetime:
    """Return how long a flood that is seen now keeps the clinic under pressure."""
    return now + QUIET + AHEAD
