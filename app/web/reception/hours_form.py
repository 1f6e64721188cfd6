"""The forms of hours: some days of the week, or one day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from babel.dates import get_day_names
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from flask_babel import ngettext
from wtforms import SelectField, SelectMultipleField, StringField

from app.domain.clinic import Clinic
from app.domain.hours import Opening, WeeklyHours
from app.domain.weekly import Pattern, next_day
from app.web.layout import language
from app.web.patient.birth_fields import read
from app.web.reception import wall
from app.web.reception.team_form import StaffForm

WEEKS = range(1, 9)
IN_PERSON, VIDEO = "in_person", "video"


class TimesForm(StaffForm):
    """A place, from when to when, and how people meet there."""

    place = SelectField(later("Place"))
    from_time = StringField(later("From"))
    until_time = StringField(later("Until"))
    ways = SelectMultipleField(later("How people meet"))
    minutes: tuple[int, int] = (0, 0)

    @classmethod
    def asked(cls, clinic: Clinic, **known: Any) -> Self:  # noqa: ANN401  as WTForms has it
        """Read what was sent, or begin with what is known."""
        form = cls(request.form) if request.method == "POST" else cls(data=known)
        form.offer(clinic)
        return form

    def offer(self, clinic: Clinic) -> None:
        """Offer the places of the clinic."""
        places = clinic.locations.items()
        self.place.choices = [(str(id_), one.name) for id_, one in places if one.active]
        self.ways.choices = [(IN_PERSON, _("In person")), (VIDEO, _("By video"))]

    def times_read(self) -> bool:
        """Say whether place, times and ways are there and go together."""
        fine = super().validate()
        first, last = read(self.from_time, wall.minutes), read(self.until_time, wall.until)
        if not self.ways.data:
            self.ways.errors = [_("Please choose at least one.")]
        if first is None or last is None or not self.ways.data:
            return False
        if last <= first:
            self.until_time.errors = [
                _("It ends before it begins. Hours past midnight are two: one until 00:00, one"
                  " from then on the next day.")
            ]  # fmt: skip
            return False
        self.minutes = (first, last)
        return bool(fine)

    def said(self) -> dict[str, Any]:
        """Return what was read, as hours have it."""
        return {
            "location_id": int(self.place.data),
            "from_minute": self.minutes[0],
            "until_minute": self.minutes[1],
            "in_person": IN_PERSON in self.ways.data,
            "video": VIDEO in self.ways.data,
        }


class WeeklyForm(TimesForm):
    """Hours of some days of the week; *pattern* once they are read."""

    days = SelectMultipleField(later("Days of the week"))
    every = SelectField(later("How often"))
    first = StringField(later("First day"))
    last = StringField(later("Last day"))
    pattern: Pattern | None = None

    def offer(self, clinic: Clinic) -> None:
        """Offer places, days and weeks."""
        super().offer(clinic)
        self.days.choices = list(day_names().items())
        self.every.choices = [(str(number), weeks(number)) for number in WEEKS]

    def read(self) -> bool:
        """Say whether everything is there and goes together."""
        fine = self.times_read()
        first = read(self.first, wall.a_day)
        last = read(self.last, wall.a_day) if self.last.data else None
        if not self.days.data:
            self.days.errors = [_("Please choose at least one.")]
        if not fine or first is None or self.last.errors or not self.days.data:
            return False
        if last is not None and last < first:
            self.last.errors = [_("It ends before it begins. Please look at both again.")]
            return False
        self.pattern = Pattern(
            weekdays=tuple(sorted(int(day) for day in self.days.data)),
            first=first, last=last, every_weeks=int(self.every.data), **self.said(),
        )  # fmt: skip
        return True


class OpeningForm(TimesForm):
    """Hours of one day; *opening* once they are read."""

    day = StringField(later("Day"))
    opening: Opening | None = None

    def read(self) -> bool:
        """Say whether everything is there and goes together."""
        fine, day = self.times_read(), read(self.day, wall.a_day)
        if not fine or day is None:
            return False
        self.opening = Opening(day=day, **self.said())
        return True


def known(rules: Sequence[WeeklyHours], today: date) -> dict[str, Any]:
    """Return some hours as the form's fields have them; a change begins when they come next."""
    one = rules[0]
    ways = ((IN_PERSON, one.in_person), (VIDEO, one.video))
    return {
        "place": str(one.location_id),
        "days": [str(rule.weekday) for rule in rules],
        "from_time": wall.typed(wall.at(today, one.from_minute)),
        "until_time": wall.typed(wall.at(today, one.until_minute)),
        "every": str(one.every_weeks),
        "first": str(min(next_day(rule, today) for rule in rules)),
        "last": str(one.valid_until or ""),
        "ways": [name for name, holds in ways if holds],
    }


def day_names() -> dict[str, str]:
    """Return the days of the week by their number, Monday first, with a large letter."""
    names = get_day_names("wide", locale=language()).items()
    return {str(number): name[:1].upper() + name[1:] for number, name in sorted(names)}


def weeks(number: int) -> str:
    """Say how often hours come back."""
    return str(ngettext("Every week", "Every %(num)s weeks", number))
