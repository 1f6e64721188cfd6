"""Who puts their name under the guide."""

from typing import Any

from flask_babel import lazy_gettext as later
from wtforms import StringField

from app.web.patient import typed
from app.web.patient.birth_fields import read
from app.web.reception.setting_form import some_words
from app.web.reception.team_form import StaffForm


class SignForm(StaffForm):
    """A reviewer's name and what they are; *named* and *as_what* once they are read."""

    name = StringField(later("Name of who looked it over"))
    role = StringField(later("As what, such as: spine doctor"))
    named: str = ""
    as_what: str = ""

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Check both."""
        fine = super().validate(extra_validators)
        self.named = read(self.name, typed.name) or ""
        self.as_what = read(self.role, some_words) or ""
        return fine and bool(self.named) and bool(self.as_what)
