"""The rules of open and free time once more, slowly: each five minutes is asked on its own.

Written from the rules and not from the code under test.  It goes the other way: from each instant
to what the clock on the wall shows then, and it knows no bit, no interval and no offset.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from app.domain.availability import VisitRule
from app.domain.hours import Closure, Opening, WeeklyHours

FIVE = timedelta(minutes=5)
HOUR = timedelta(hours=1)

ZONES = (
    "Australia/Lord_Howe",  # half an hour
    "Africa/Casablanca",  # back for Ramadan
    "Africa/El_Aaiun",
    "America/New_York",
    "America/Los_Angeles",
    "America/Phoenix",  # never
    "America/St_Johns",  # quarter hours are not enough
    "America/Havana",  # at midnight
    "America/Nuuk",  # back over midnight
    "America/Santiago",  # skips midnight
    "America/Sao_Paulo",
    "Atlantic/Azores",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Europe/Berlin",
    "Europe/Dublin",  # winter time is the saving
    "Europe/London",
    "Pacific/Auckland",
    "Pacific/Chatham",  # three quarters
    "UTC",
)


@cache
def clock_changes(zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return the hours (UTC) of 2026 and 2027 within which the clock of a zone is changed."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    hours = [start + count * HOUR for count in range(2 * 365 * 24)]
    return tuple(
        hour
        for hour in hours
        if hour.astimezone(zone).utcoffset() != (hour + HOUR).astimezone(zone).utcoffset()
    )


@dataclass(frozen=True, kw_only=True)
class Case:
    """One clinician at one location, from *start* for *cells* times five minutes."""

    location_id: int
    zone: ZoneInfo
    start: datetime
    cells: int
    weekly: Sequence[WeeklyHours]
    openings: Sequence[Opening]
    closures: Sequence[Closure]

    def instants(self) -> list[datetime]:
        """Return the start of every five minutes."""
        return [self.start + count * FIVE for count in range(self.cells)]

    def rules_at(self, instant: datetime, *, video: bool) -> list[WeeklyHours | Opening]:
        """Return the hours that hold for the five minutes from an instant, closures heeded."""
        local = instant.astimezone(self.zone)
        if local.fold == 1:  # the clock shows this time again
            return []
        wall = local.replace(tzinfo=None)
        if any(self._closes(closure, wall) for closure in self.closures):
            return []
        minute = local.hour * 60 + local.minute
        hours: list[WeeklyHours | Opening] = [*self.weekly, *self.openings]
        here = [
            rule
            for rule in hours
            if rule.location_id == self.location_id
            and _is_on(rule, wall.date())
            and rule.from_minute <= minute < rule.until_minute
        ]
        return [rule for rule in here if (rule.video if video else rule.in_person)]

    def _closes(self, closure: Closure, wall: datetime) -> bool:
        here = closure.location_id is None or closure.location_id == self.location_id
        return here and closure.starts < wall + FIVE and wall < closure.ends

    def open_at(self, *, video: bool) -> list[datetime]:
        """Return the start of every five minutes that are open."""
        return [each for each in self.instants() if self.rules_at(each, video=video)]

    def begins_at(self, instant: datetime, *, step: timedelta, video: bool) -> bool:
        """Say whether the wall shows a time at which visits begin."""
        local = instant.astimezone(self.zone)
        return any(
            timedelta(minutes=local.hour * 60 + local.minute - rule.from_minute) % step
            == timedelta(0)
            for rule in self.rules_at(instant, video=video)
        )

    def free(
        self,
        rule: VisitRule,
        *,
        video: bool,
        busy: Sequence[tuple[datetime, datetime]],
        same_type: Iterable[datetime],
        now: datetime,
    ) -> list[datetime]:
        """Return the instants at which a visit may begin."""
        opened = set(self.open_at(video=video))
        days = [start.astimezone(self.zone).date() for start in same_type]

        def may_begin(start: datetime) -> bool:
            visit = [start + count * FIVE for count in range(rule.length // FIVE)]
            blocked = start - rule.before, start + rule.length + rule.after
            return (
                all(five in opened for five in visit)
                and self.begins_at(start, step=rule.step, video=video)
                and self.start <= blocked[0]
                and blocked[1] <= self.start + self.cells * FIVE
                and not any(a < blocked[1] and blocked[0] < b for a, b in busy)
                and now + rule.notice <= start < now + rule.horizon
                and (
                    rule.max_per_day is None
                    or days.count(start.astimezone(self.zone).date()) < rule.max_per_day
                )
            )

        return [start for start in self.instants() if may_begin(start)]


def _is_on(rule: WeeklyHours | Opening, day: date) -> bool:
    if isinstance(rule, Opening):
        return rule.day == day
    if day.weekday() != rule.weekday or day < rule.valid_from:
        return False
    if rule.valid_until is not None and rule.valid_until < day:
        return False
    first_week = rule.valid_from
    while first_week.weekday() != 0:
        first_week -= timedelta(days=1)
    passed = 0
    while first_week + timedelta(weeks=passed + 1) <= day:
        passed += 1
    return passed % rule.every_weeks == 0
