"""A birth date in three fields, as people know it by heart."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from wtforms import StringField

from app.web.forms import Form
from app.web.patient import typed
from app.web.patient.typed import Mistyped

BIRTH_FIELDS = ("bday_month", "bday_day", "bday_year")


class BirthDateForm(Form):
    """Month, day and year; *birth_date* once they are right."""

    bday_month = StringField(later("Month"))
    bday_day = StringField(later("Day"))
    bday_year = StringField(later("Year"))

    def __init__(self, *given: Any, today: date, language: str, **named: Any) -> None:  # noqa: ANN401  as WTForms has it
        super().__init__(*given, **named)
        self.today, self.language_of_page = today, language
        self.birth_date: date | None = None

    @property
    def date_example(self) -> str:
        """An example in the order of the fields."""
        return str(_("For example, 4 21 1968"))

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Check the fields, each by itself, then the date that they make together."""
        fine = super().validate(extra_validators)
        return self._read_birth_date() and fine

    def _read_birth_date(self) -> bool:
        if not any((self[name].data or "").strip() for name in BIRTH_FIELDS):
            self.bday_month.errors = [_("Please write the month, the day and the year.")]
            return False
        readers = (
            (self.bday_month, lambda text: typed.month(text, self.language_of_page)),
            (self.bday_day, typed.day),
            (self.bday_year, lambda text: typed.year(text, today=self.today)),
        )
        numbers = [read(field, reader) for field, reader in readers]
        if None in numbers:
            return False
        month, day, year = (int(number or 0) for number in numbers)
        return self._put_together(year, month, day)

    def _put_together(self, year: int, month: int, day: int) -> bool:
        try:
            born = date(year, month, day)
        except ValueError:
            self.bday_day.errors = [_("This month has no day %(number)s.", number=day)]
            return False
        if born > self.today:
            self.bday_year.errors = [_("This day is still to come. Please look again.")]
            return False
        self.birth_date = born
        return True

    def faults(self) -> list[tuple[str, str, str]]:
        """Return (id, name, sentence) of every field that needs another look."""
        return [
            (field.id, _("Birth date") if field.name in BIRTH_FIELDS else field.label.text,
             str(field.errors[0]))
            for field in self
            if field.errors
        ]  # fmt: skip


def read(field: Any, reader: Any) -> Any:  # noqa: ANN401  any field, any kind of value
    """Return what a field means, or note on it what to look at again."""
    try:
        return reader(field.data or "")
    except Mistyped as mistake:
        field.errors = [str(mistake)]
        return None
