"""When the owner of a calendar is busy, by its file: every rule of section 6 of the quirks.

Hostile files are expected: whoever calls this does so in a process of its own, with limits of
time and memory.
"""

import contextlib
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import recurring_ical_events
from icalendar import Calendar, Component, Event, FreeBusy
from icalendar.prop import vRecur
from x_wr_timezone import UTCChangingWalker

from app.domain.busy import Fault, Found, NotRead, merged
from app.domain.interval import Interval
from app.ics import scan
from app.ics.scan import Entry, Raw

INSTANCES = 5000
TIMES_A_DAY = 24
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")
WHEN = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")
A_DAY, WIDE = timedelta(days=1), timedelta(days=3)
DAY = re.compile(r":(\d{8})")


class _Unreadable(Exception):
    """One entry of a calendar that says nothing we could rely on."""


class _Floating(UTCChangingWalker):
    """Gives times without a zone the calendar's; a time in UTC is never shifted."""

    def is_UTC(self, dt: datetime) -> bool:  # noqa: ARG002, N802  the library's name
        return False


def read(data: bytes, window: Interval, zone: ZoneInfo) -> Found:
    """Return when somebody is busy within a window; *zone* has the days and what has none.

    Raises NotRead.  An entry that cannot be read is counted, and hides no other.
    """
    spans: list[Interval] = []
    skipped = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of zones whose name is guessed
        for raw in scan.calendars(data):
            reader = _Reader(window, zone, raw)
            for span in reader.spans():
                spans.append(span)
                if len(spans) > INSTANCES:
                    raise NotRead(Fault.TOO_MANY)
            skipped += reader.skipped
    return Found(busy=merged(spans), skipped=skipped)


class _Reader:
    """Reads one calendar, and counts what it cannot read."""

    def __init__(self, window: Interval, zone: ZoneInfo, raw: Raw) -> None:
        self.window, self.zone, self.raw = window, zone, raw
        self.skipped = raw.broken
        self.floating = _Floating(_zone(raw.zone) or zone)

    def spans(self) -> Iterator[Interval]:
        """Yield when its owner is busy, clipped to the window."""
        _know(self.raw.zones)
        for start, end in self._busy():
            first, last = max(start, self.window.start), min(end, self.window.end)
            if first < last:
                yield Interval(first, last)

    def _busy(self) -> Iterator[tuple[datetime, datetime]]:
        by_uid: dict[object, list[Component]] = defaultdict(list)
        named = Counter(_line(entry, "UID") for entry in self.raw.events)
        for entry in self.raw.events:
            if named[_line(entry, "UID")] == 1 and _is_far(entry, self.window):
                continue
            event = self._event(entry)
            if event is not None:
                by_uid[event.get("UID", id(event))].append(event)
        for events in by_uid.values():
            try:
                yield from self._of_series(events)
            except NotRead:
                raise
            except Exception:  # noqa: BLE001  whatever a library makes of a stranger's words
                self.skipped += len(events)
        for entry in self.raw.free_busy:
            try:
                yield from _free_busy(entry)
            except Exception:  # noqa: BLE001  the same
                self.skipped += 1

    def _event(self, entry: Entry) -> Component | None:
        try:
            event = Event.from_ical("\r\n".join(entry))
            _check(event)
            return self.floating.walk_event(event)
        except Exception:  # noqa: BLE001  the same
            self.skipped += 1
            return None

    def _of_series(self, events: list[Component]) -> list[tuple[datetime, datetime]]:
        """Return the times of all events of one name: a series, what was moved, or one alone."""
        alone = len(events) == 1 and not any(name in events[0] for name in REPEATS)
        return [self._times(one) for one in (events if alone else self._each(events)) if _counts(one)]

    def _each(self, events: Iterable[Component]) -> list[Component]:
        calendar = Calendar()
        for event in events:
            calendar.add_component(event)
        wide = self.window.start - A_DAY, self.window.end + A_DAY
        return recurring_ical_events.of(calendar).between(*wide)

    def _times(self, event: Component) -> tuple[datetime, datetime]:
        start, end = self._instant(event.start), self._instant(event.end)  # type: ignore[attr-defined]
        if end < start:
            raise _Unreadable
        return start, end

    def _instant(self, when: date) -> datetime:
        """Return an instant; a day begins at midnight at the clinic."""
        if not isinstance(when, datetime):
            when = datetime.combine(when, time(), self.zone)
        if when.tzinfo is None:
            raise _Unreadable
        return when.astimezone(UTC)


def _line(entry: Entry, name: str) -> str:
    """Return an entry's line of one name, or nothing."""
    return next((line for line in entry if line[: len(name)].upper() == name), "")


def _is_far(entry: Entry, window: Interval) -> bool:
    """Say at a glance whether an event that does not come back is long over, or far ahead."""
    if any(_line(entry, name) for name in (*REPEATS, "DURATION")):
        return False
    starts, ends = (DAY.search(_line(entry, name)) for name in ("DTSTART", "DTEND"))
    first, last = (f"{day:%Y%m%d}" for day in (window.start - WIDE, window.end + WIDE))
    if starts is None:
        return False
    return (ends or starts)[1] < first or starts[1] > last


def _counts(event: Component) -> bool:
    """Say whether an event takes its owner's time."""
    told = {name: str(event.get(name, "")).upper() for name in ("TRANSP", "STATUS")}
    outlook = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    free = told["TRANSP"] == "TRANSPARENT" or outlook == "FREE"
    return not free and told["STATUS"] != "CANCELLED"


def _check(event: Component) -> None:
    """Refuse an event that is broken, comes back too often, or is in a zone that nobody knows."""
    if event.errors or event.get("DTSTART") is None:
        raise _Unreadable
    for rule in _all(event, "RRULE"):
        _check_rule(rule)
    times = 0
    for name in WHEN:
        for value in _all(event, name):
            whens = [one.dt for one in getattr(value, "dts", [value])]
            times += len(whens)
            if "TZID" in value.params and any(_is_floating(when) for when in whens):
                raise _Unreadable
    if times > INSTANCES:
        raise _Unreadable


def _check_rule(rule: vRecur) -> None:
    told = {name.upper(): values for name, values in rule.items()}
    often = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        often *= max(1, len(told.get(part, ())))
    if (
        {str(one).upper() for one in told.get("FREQ", ())} - FREQUENCIES
        or "FREQ" not in told
        or any(int(one) < 1 for one in told.get("INTERVAL", ()))
        or any(int(one) > INSTANCES for one in told.get("COUNT", ()))
        or often > TIMES_A_DAY
    ):
        raise _Unreadable


def _all(event: Component, name: str) -> list[Any]:
    found = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _is_floating(when: object) -> bool:
    first = when[0] if isinstance(when, tuple) else when  # a period begins with its start
    return isinstance(first, datetime) and first.tzinfo is None


def _free_busy(entry: Entry) -> Iterator[tuple[datetime, datetime]]:
    """Yield the times that somebody's server says are taken."""
    for periods in _all(FreeBusy.from_ical("\r\n".join(entry)), "FREEBUSY"):
        kind = str(getattr(periods, "params", {}).get("FBTYPE", "BUSY")).upper()
        if kind == "FREE":
            continue
        for period in getattr(periods, "dts", [periods]):
            start, end = period.start, period.end
            if start.tzinfo is None or end < start:
                raise _Unreadable
            yield start.astimezone(UTC), end.astimezone(UTC)


def _know(zones: Iterable[Entry]) -> None:
    """Let the library know the zones that a file describes itself."""
    for zone in zones:
        with contextlib.suppress(Exception):  # then events in it are the ones that nobody reads
            Calendar.from_ical("\r\n".join(["BEGIN:VCALENDAR", *zone, "END:VCALENDAR"]))


def _zone(name: str) -> tzinfo | None:
    """Return the zone that a whole calendar names, if we know it."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
