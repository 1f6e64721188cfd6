"""What the clinic allows a patient, and when it writes to them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from app.domain.interval import Interval
from app.domain.refusals import AlreadyOver, HoldAtLimit, PhoneOnly, TooLate

HOLD = timedelta(minutes=10)
HOLD_AT_MOST = timedelta(minutes=30)
HOLD_GRACE = timedelta(seconds=30)  # clocks differ: nobody loses a time a second early
KEEP_ENDED_HOLDS = timedelta(hours=1)
SAFETY_LASTS = timedelta(hours=24)
LINK_LASTS = timedelta(days=30)  # after the appointment

APPOINTMENTS_PER_ADDRESS = 3
HOLDS_PER_NETWORK = 6
BOOKINGS_PER_NETWORK = 5  # a day
HELD_SHARE = 5  # one in five free times of a doctor's day may be held at once
HELD_AT_LEAST = 2
UNLOCK_TRIES = 5  # an hour
LINKS_PER_ADDRESS = 3  # a day
CHALLENGES_PER_NETWORK = 100  # an hour, for passkeys of whoever is not signed in
ADULT = 18


def extended(held_at: datetime, *, now: datetime) -> datetime:
    """Return the new end of a hold, or refuse when half an hour is used up."""
    until = min(now + HOLD, held_at + HOLD_AT_MOST)
    if now >= held_at + HOLD_AT_MOST - HOLD_GRACE:
        raise HoldAtLimit
    return until


def held_at_once(free: int) -> int:
    """Return how many of a doctor's free times of one day may be held at once."""
    return max(HELD_AT_LEAST, free // HELD_SHARE)


def check_change(slot: Interval, change_until: timedelta, *, now: datetime) -> None:
    """Refuse to move or cancel online when the visit has begun or is too near."""
    if slot.start <= now:
        raise AlreadyOver
    if now > slot.start - change_until:
        raise TooLate


def check_age(birth_date: date, *, today: date) -> None:
    """Refuse to book somebody under eighteen online."""
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    if today.year - birth_date.year - (not had_birthday) < ADULT:
        raise PhoneOnly


def reminders_due(
    slot: Interval, hours_before: Iterable[int], *, now: datetime
) -> list[tuple[int, datetime]]:
    """Return (hours before, instant) of each reminder that is still to come."""
    due = [(hours, slot.start - timedelta(hours=hours)) for hours in hours_before]
    return [(hours, instant) for hours, instant in due if instant > now]
