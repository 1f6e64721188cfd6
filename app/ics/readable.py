"""Which entries of a stranger's calendar can be relied on, and which would never end."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from icalendar import Component
from icalendar.prop import vRecur

from app.domain.interval import Interval
from app.ics.scan import Entry

DATES = 5000  # of one event
SECONDS = 0.5  # of the processor, for one series
TIMES_A_DAY = 24
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")
ONCE = ("UID", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SEQUENCE")
WHEN = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")
WIDE = timedelta(days=3)
DAY = re.compile(r":(\d{8})")


class Unreadable(Exception):
    """One entry of a calendar that says nothing we could rely on."""


@contextmanager
def quick() -> Iterator[None]:
    """Give up a series that finds no end: there are rules that no day of any year meets."""

    def give_up(_signal: int, _frame: object) -> None:
        raise Unreadable

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def check_lines(entry: Entry) -> None:
    """Refuse an event of more dates than anybody has, before a library counts them."""
    named = [one for one in entry if one[:6].upper() in ("RDATE;", "RDATE:", "EXDATE")]
    if sum(one.count(",") + 1 for one in named) > DATES:
        raise Unreadable


def line(entry: Entry, name: str) -> str:
    """Return an entry's line of one name, or nothing."""
    return next((one for one in entry if one[: len(name)].upper() == name), "")


def is_far(entry: Entry, window: Interval) -> bool:
    """Say at a glance whether an event that does not come back is long over, or far ahead."""
    if any(line(entry, name) for name in (*REPEATS, "DURATION")):
        return False
    starts, ends = (DAY.search(line(entry, name)) for name in ("DTSTART", "DTEND"))
    first, last = (f"{day:%Y%m%d}" for day in (window.start - WIDE, window.end + WIDE))
    if starts is None:
        return False
    return (ends or starts)[1] < first or starts[1] > last


def takes_time(event: Component) -> bool:
    """Say whether an event takes its owner's time."""
    told = {name: str(event.get(name, "")).upper() for name in ("TRANSP", "STATUS")}
    outlook = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    free = told["TRANSP"] == "TRANSPARENT" or outlook == "FREE"
    return not free and told["STATUS"] != "CANCELLED"


def check(event: Component) -> None:
    """Refuse an event that is broken, comes back too often, or is in a zone that nobody knows."""
    if event.errors or event.get("DTSTART") is None:
        raise Unreadable
    if any(isinstance(event.get(name), list) for name in ONCE):
        raise Unreadable
    for rule in values(event, "RRULE"):
        _check_rule(rule)
    for name in WHEN:
        for value in values(event, name):
            whens = [one.dt for one in getattr(value, "dts", [value])]
            if "TZID" in value.params and any(_is_floating(when) for when in whens):
                raise Unreadable


def _check_rule(rule: vRecur) -> None:
    told = {name.upper(): values for name, values in rule.items()}
    often = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        often *= max(1, len(told.get(part, ())))
    if (
        {str(one).upper() for one in told.get("FREQ", ())} - FREQUENCIES
        or "FREQ" not in told
        or any(int(one) < 1 for one in told.get("INTERVAL", ()))
        or any(int(one) > DATES for one in told.get("COUNT", ()))
        or often > TIMES_A_DAY
    ):
        raise Unreadable


def values(event: Component, name: str) -> list[Any]:
    """Return what an event says under one name, once or many times."""
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _is_floating(when: object) -> bool:
    first = when[0] if isinstance(when, tuple) else when  # a period begins with its start
    return isinstance(first, datetime) and first.tzinfo is None
