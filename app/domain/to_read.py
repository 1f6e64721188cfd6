"""What is to be read before a visit, and what the clinic does when it stays unread."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.refusals import Refused

LEADS = (168, 72, 24)  # hours before the visit, at which somebody is reminded
A_WHILE = timedelta(hours=24)  # nobody is reminded of what they were asked yesterday
FEWEST_DAYS, MOST_DAYS = 1, 14


class DaysUnclear(Refused):
    """A time is given back one to fourteen days before the visit."""

    code = "days_unclear"


class Rule(StrEnum):
    """What the clinic does when the guide is still open shortly before the visit."""

    KEEP = "keep"  # and remind
    TELL = "tell"  # the desk, the working day before
    RELEASE = "release"  # the time, some days before


def reminders_due(start: datetime, asked_at: datetime, *, now: datetime) -> Iterable[int]:
    """Return the hours before the visit of the reminder that is due now, if one is."""
    for hours in LEADS:
        due = start - timedelta(hours=hours)
        if asked_at + A_WHILE <= due <= now < due + A_WHILE:
            yield hours


def released_at(start: datetime, asked_at: datetime, days: int) -> datetime | None:
    """Return when the time is given to others; None when there was too little time to read."""
    at = start - timedelta(days=days)
    return at if asked_at + 2 * A_WHILE <= at else None
