"""A doctor's hours in words, a row each."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.content import when
from app.domain.clinic import Clinic
from app.domain.hours import Opening, WeeklyHours
from app.web.layout import language, written
from app.web.reception import hours_form, wall
from app.web.reception.day import today


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Hours of the list, in words."""

    id: int
    days: str
    times: str
    place: str
    ways: str
    notes: list[str]


def weekly(rules: Sequence[WeeklyHours], house: Clinic) -> Row:
    """Say hours that come back."""
    one, notes = rules[0], []
    if one.valid_from > today():
        notes.append(_("from %(day)s", day=written(one.valid_from)))
    if one.valid_until:
        notes.append(_("until %(day)s", day=written(one.valid_until)))
    if one.every_weeks > 1:
        notes.append(hours_form.weeks(one.every_weeks))
    names = hours_form.day_names()
    return Row(
        id=one.id,
        days=_days([rule.weekday for rule in rules], names),
        times=wall.span(one.from_minute, one.until_minute),
        place=house.locations[one.location_id].name,
        ways=_ways(one),
        notes=notes,
    )


def _days(weekdays: list[int], names: dict[str, str]) -> str:
    """Name days one by one, or from one to another when three or more go on."""
    words = [names[str(day)] for day in weekdays]
    if len(weekdays) > 2 and weekdays[-1] - weekdays[0] == len(weekdays) - 1:
        return str(_("%(first)s to %(last)s", first=words[0], last=words[-1]))
    return ", ".join(words)


def _ways(one: WeeklyHours | Opening) -> str:
    words = ((_("in person"), one.in_person), (_("by video"), one.video))
    return str(_(" and ")).join(str(word) for word, holds in words if holds)


def opening(one: Opening, house: Clinic) -> Row:
    """Say hours of one day."""
    return Row(
        id=one.id,
        days=when.spelled(one.day, language()),
        times=wall.span(one.from_minute, one.until_minute),
        place=house.locations[one.location_id].name,
        ways=_ways(one),
        notes=[],
    )
