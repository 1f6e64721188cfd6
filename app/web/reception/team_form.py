"""The owner's forms about people who work here: they list their fields, and take no other."""

from collections.abc import Mapping
from typing import Any, Self

from flask import request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from wtforms import BooleanField, SelectField, StringField

from app.domain.clinic import Clinic
from app.domain.staff import Role
from app.services.team import Newcomer, Place
from app.web.forms import Form
from app.web.patient import typed
from app.web.patient.birth_fields import read

NOBODYS = ""
Names = Mapping[Role, LazyString]


class StaffForm(Form):
    """A form that says what to look at again."""

    def faults(self) -> list[tuple[str, str, str]]:
        """Return (id, name, sentence) of every field that needs another look."""
        return [
            (field.id, str(field.label.text), str(field.errors[0]))
            for field in self
            if field.errors
        ]


class PlaceForm(StaffForm):
    """What somebody does here, and whose calendar is theirs."""

    role = SelectField(later("Role"))
    calendar = SelectField(later("Their own calendar"))
    all_calendars = BooleanField(later("Sees all calendars, not only their own"))

    @classmethod
    def asked(cls, clinic: Clinic, names: Names) -> Self:
        """Read what was sent, if anything."""
        form = cls(request.form if request.method == "POST" else None)
        form.offer(clinic, names)
        return form

    @classmethod
    def of(cls, place: Place, clinic: Clinic, names: Names) -> Self:
        """Show a place as it is."""
        calendar = NOBODYS if place.clinician_id is None else str(place.clinician_id)
        known = {"role": place.role, "calendar": calendar, "all_calendars": place.all_calendars}
        form = cls(data=known)
        form.offer(clinic, names)
        return form

    def offer(self, clinic: Clinic, names: Names) -> None:
        """Offer the roles and the calendars of the clinic."""
        self.role.choices = [(role.value, str(name)) for role, name in names.items()]
        calendars = [(str(id_), one.name) for id_, one in clinic.clinicians.items()]
        self.calendar.choices = [(NOBODYS, _("None")), *calendars]

    def place(self) -> Place:
        """Return what was chosen."""
        return Place(
            role=Role(self.role.data),
            clinician_id=int(self.calendar.data) if self.calendar.data else None,
            all_calendars=self.all_calendars.data,
        )


class NewcomerForm(PlaceForm):
    """Who is to have an account; *address* and *known_as* once they are read."""

    name = StringField(later("Name"))
    email = StringField(later("E-mail"))
    address: str = ""
    known_as: str = ""

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Check the name and the address."""
        fine = super().validate(extra_validators)
        self.known_as = read(self.name, typed.name) or ""
        self.address = read(self.email, typed.email) or ""
        return fine and bool(self.known_as) and bool(self.address)

    def newcomer(self, language: str) -> Newcomer:
        """Return who is invited; their mail comes in the language of whoever invites."""
        return Newcomer(
            email=self.address, name=self.known_as, language=language, place=self.place()
        )


class EmailForm(StaffForm):
    """An address; *address* once it is one."""

    email = StringField(later("E-mail"))
    address: str = ""

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Check that it is one address."""
        fine = super().validate(extra_validators)
        self.address = read(self.email, typed.email) or ""
        return fine and bool(self.address)
