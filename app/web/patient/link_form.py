"""The form of somebody who lost their link."""

from typing import Any

from flask_babel import lazy_gettext as later
from wtforms import StringField

from app.web.forms import Form
from app.web.patient import typed
from app.web.patient.birth_fields import read


class LinkForm(Form):
    """An e-mail address; *address* once it is one."""

    email = StringField(later("E-mail"))
    address: str = ""

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Check that it is one address."""
        fine = super().validate(extra_validators)
        self.address = read(self.email, typed.email) or ""
        return fine and bool(self.address)

    def faults(self) -> list[tuple[str, str, str]]:
        """Return (id, name, sentence) of every field that needs another look."""
        return [
            (field.id, field.label.text, str(field.errors[0])) for field in self if field.errors
        ]
