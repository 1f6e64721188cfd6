"""When the owner of a calendar is busy, by its file: every rule of section 6 of the quirks.

Hostile files are expected: whoever calls this does so in a process of its own, with limits of
time and memory.
"""

import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import recurring_ical_events
from icalendar import Calendar, Component, Event, FreeBusy
from x_wr_timezone import UTCChangingWalker

from app import limited
from app.domain.busy import Fault, Found, NotRead, merged
from app.domain.interval import Interval
from app.ics import readable, scan
from app.ics.scan import Entry, Raw

INSTANCES = 5000
SECONDS = 2.0  # of the processor, for all that a file has in it
BY_THE_CLOCK = 5.0
A_DAY = timedelta(days=1)


class _Floating(UTCChangingWalker):  # type: ignore[misc]  # the library has no types
    """Gives times without a zone the calendar's; a time in UTC is never shifted."""

    def is_UTC(self, dt: datetime) -> bool:  # noqa: ARG002, N802  the library's name
        return False

    def is_Floating(self, dt: datetime) -> bool:  # noqa: N802  the same; a zone may have no name
        return dt.tzinfo is None


def read(data: bytes, window: Interval, zone: ZoneInfo) -> Found:
    """Return when somebody is busy within a window; *zone* has the days and what has none.

    Raises NotRead.  An entry that cannot be read is counted, and hides no other.
    """
    until = process_time() + SECONDS
    spans: list[Interval] = []
    skipped = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of zones whose name is guessed
        for raw in scan.calendars(data):
            reader = _Reader(window, zone, raw, until)
            for span in reader.spans():
                spans.append(span)
                if len(spans) > INSTANCES:
                    raise NotRead(Fault.TOO_MANY)
            skipped += reader.skipped
    return Found(busy=merged(spans), skipped=skipped)


def told(data: bytes, *, since: str, until: str, zone: str) -> dict[str, Any]:
    """Do the same on words, and answer in words: what a child process hands back."""
    window = Interval(datetime.fromisoformat(since), datetime.fromisoformat(until))
    try:
        found = read(data, window, ZoneInfo(zone))
    except NotRead as not_read:
        return {"fault": not_read.fault}
    return {"busy": [pair(span) for span in found.busy], "skipped": found.skipped}


def pair(span: Interval) -> list[str]:
    """Write an interval as the contract has it."""
    return [spelled(span.start), spelled(span.end)]


def spelled(instant: datetime) -> str:
    """Write an instant, to the second."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def in_child(data: bytes, window: Interval, zone: ZoneInfo) -> Found:
    """Read a calendar where it can do no harm.  Raises NotRead."""
    words = {"since": spelled(window.start), "until": spelled(window.end), "zone": zone.key}
    try:
        return found_in(limited.run(told, data, by_the_clock=BY_THE_CLOCK, **words))
    except limited.GaveUp as gave_up:
        raise NotRead(Fault.TOO_HARD) from gave_up


def found_in(answer: dict[str, Any]) -> Found:
    """Return what a child found, or raise the NotRead that it met."""
    if "fault" in answer:
        raise NotRead(Fault(answer["fault"]))
    spans = (Interval(*map(datetime.fromisoformat, span)) for span in answer["busy"])
    return Found(busy=tuple(spans), skipped=answer["skipped"])


class _Reader:
    """Reads one calendar, and counts what it cannot read."""

    def __init__(self, window: Interval, zone: ZoneInfo, raw: Raw, until: float) -> None:
        self.window, self.zone, self.raw, self.until = window, zone, raw, until
        self.skipped = raw.broken
        self.floating = _Floating(_zone(raw.zone) or zone)

    def spans(self) -> Iterator[Interval]:
        """Yield when its owner is busy, clipped to the window."""
        for zone in self.raw.zones:
            self._go_on()
            _know(zone)
        for start, end in self._busy():
            first, last = max(start, self.window.start), min(end, self.window.end)
            if first < last:
                yield Interval(first, last)

    def _busy(self) -> Iterator[tuple[datetime, datetime]]:
        by_uid: dict[object, list[Component]] = defaultdict(list)
        named = Counter(readable.line(entry, "UID") for entry in self.raw.events)
        for entry in self.raw.events:
            if named[readable.line(entry, "UID")] == 1 and readable.is_far(entry, self.window):
                continue
            event = self._event(entry)
            if event is not None:
                by_uid[event.get("UID", id(event))].append(event)
        for events in by_uid.values():
            self._go_on()
            try:
                yield from self._of_series(events)
            except Exception:  # noqa: BLE001  whatever a library makes of a stranger's words
                self.skipped += len(events)
        for entry in self.raw.free_busy:
            try:
                yield from _free_busy(entry)
            except Exception:  # noqa: BLE001  the same
                self.skipped += 1

    def _go_on(self) -> None:
        """Give up what takes too long as a whole."""
        if process_time() > self.until:
            raise NotRead(Fault.TOO_HARD)

    def _event(self, entry: Entry) -> Component | None:
        self._go_on()
        try:
            readable.check_lines(entry)
            event = Event.from_ical("\r\n".join(entry))
            readable.check(event)
            floated: Component = self.floating.walk_event(event)
        except Exception:  # noqa: BLE001  the same
            self.skipped += 1
            return None
        return floated

    def _of_series(self, events: list[Component]) -> list[tuple[datetime, datetime]]:
        """Return the times of all events of one name: a series, what was moved, or one alone."""
        alone = len(events) == 1 and not any(name in events[0] for name in readable.REPEATS)
        return [
            self._times(one)
            for one in (events if alone else self._each(events))
            if readable.takes_time(one)
        ]

    def _each(self, events: Iterable[Component]) -> list[Component]:
        calendar = Calendar()
        for event in events:
            calendar.add_component(event)
        wide = self.window.start - A_DAY, self.window.end + A_DAY
        with readable.quick():
            times: list[Component] = recurring_ical_events.of(calendar).between(*wide)
        return times

    def _times(self, event: Component) -> tuple[datetime, datetime]:
        start, end = self._instant(event.start), self._instant(event.end)  # type: ignore[attr-defined]
        if end < start:
            raise readable.Unreadable
        return start, end

    def _instant(self, when: date) -> datetime:
        """Return an instant; a day begins at midnight at the clinic."""
        if not isinstance(when, datetime):
            when = datetime.combine(when, time(), self.zone)
        if when.tzinfo is None:
            raise readable.Unreadable
        return when.astimezone(UTC)


def _free_busy(entry: Entry) -> Iterator[tuple[datetime, datetime]]:
    """Yield the times that somebody's server says are taken."""
    for periods in readable.values(FreeBusy.from_ical("\r\n".join(entry)), "FREEBUSY"):
        kind = str(getattr(periods, "params", {}).get("FBTYPE", "BUSY")).upper()
        if kind == "FREE":
            continue
        for period in getattr(periods, "dts", [periods]):
            start, end = period.start, period.end
            if start.tzinfo is None or end < start:
                raise readable.Unreadable
            yield start.astimezone(UTC), end.astimezone(UTC)


def _know(zone: Entry) -> None:
    """Let the library know a zone that a file describes itself."""
    with suppress(Exception), readable.quick():  # else its events are the ones that nobody reads
        Calendar.from_ical("\r\n".join(["BEGIN:VCALENDAR", *zone, "END:VCALENDAR"]))


def _zone(name: str) -> tzinfo | None:
    """Return the zone that a whole calendar names, if we know it."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
