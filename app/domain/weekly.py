"""Hours that come back, as people speak of them: some days of the week that go together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import lcm

from app.domain.hours import WeeklyHours
from app.domain.wallclock import DAY, monday

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """The same hours on some days of the week; they hold from *first* to *last*."""

    location_id: int
    weekdays: tuple[int, ...]
    from_minute: int
    until_minute: int
    first: date
    last: date | None = None
    every_weeks: int = 1
    in_person: bool = True
    video: bool = False

    def rules(self) -> tuple[WeeklyHours, ...]:
        """Return the hours of each day."""
        return tuple(
            WeeklyHours(
                location_id=self.location_id,
                weekday=weekday,
                from_minute=self.from_minute,
                until_minute=self.until_minute,
                valid_from=self.first,
                valid_until=self.last,
                every_weeks=self.every_weeks,
                in_person=self.in_person,
                video=self.video,
            )
            for weekday in self.weekdays
        )


def patterns(weekly: Iterable[WeeklyHours]) -> list[tuple[WeeklyHours, ...]]:
    """Return hours that differ by their weekday only, together; the first of the week first."""
    found: dict[WeeklyHours, list[WeeklyHours]] = {}
    for rule in sorted(weekly, key=lambda one: (one.weekday, one.from_minute, one.id)):
        found.setdefault(replace(rule, id=0, weekday=0), []).append(rule)
    return [tuple(rules) for rules in found.values()]


def plain(rule: WeeklyHours) -> WeeklyHours:
    """Return what a rule says, whichever row it is kept in."""
    return replace(rule, id=0)


def next_day(rule: WeeklyHours, today: date) -> date:
    """Return the first day from today on that hours hold on; the last they held on when over."""
    first = max(rule.valid_from, today)
    for number in range(7 * rule.every_weeks):
        if rule.hold_on(first + number * DAY):
            return first + number * DAY
    return rule.valid_until or first


def followed(
    known: Iterable[WeeklyHours], wanted: Iterable[WeeklyHours], *, first: date, today: date
) -> tuple[WeeklyHours, ...]:
    """Return what stands when some hours are followed by others from a day on.

    What was is kept as it was until then; hours that have not begun are replaced.
    """
    others = {rule.weekday: rule for rule in wanted}
    found: list[WeeklyHours] = []
    for rule in known:
        other = others.pop(rule.weekday, None)
        found += ended(rule, first - DAY) if other is None else _followed(rule, other, today)
    return (*found, *others.values())


def _followed(rule: WeeklyHours, other: WeeklyHours, today: date) -> list[WeeklyHours]:
    if rule.valid_from >= today or other.valid_from <= rule.valid_from:
        return [replace(other, id=rule.id)]
    if _alike(rule, other):
        return [replace(rule, valid_until=other.valid_until)]
    return [*ended(rule, other.valid_from - DAY), other]


def _alike(rule: WeeklyHours, other: WeeklyHours) -> bool:
    """Say whether one goes on as the other: the same hours in the same weeks."""
    same = replace(rule, id=0, valid_from=other.valid_from, valid_until=other.valid_until) == other
    weeks = (monday(other.valid_from) - monday(rule.valid_from)).days // 7
    return same and weeks % rule.every_weeks == 0


def ended(rule: WeeklyHours, last: date) -> list[WeeklyHours]:
    """Return hours that hold until a day at most; none if they would not have begun."""
    if last < rule.valid_from:
        return []
    earlier = rule.valid_until is not None and rule.valid_until <= last
    return [rule if earlier else replace(rule, valid_until=last)]


def overlap(one: WeeklyHours, other: WeeklyHours) -> bool:
    """Say whether two hold at one place at the same time on some day."""
    if (one.location_id, one.weekday) != (other.location_id, other.weekday):
        return False
    if one.until_minute <= other.from_minute or other.until_minute <= one.from_minute:
        return False
    first = max(one.valid_from, other.valid_from)
    first += (one.weekday - first.weekday()) % 7 * DAY
    weeks = range(lcm(one.every_weeks, other.every_weeks))
    return any(one.hold_on(day) and other.hold_on(day) for day in (first + n * WEEK for n in weeks))
