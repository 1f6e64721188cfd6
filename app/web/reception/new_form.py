"""The one form of an appointment at the desk: which time, and who comes."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from app.domain.appointment import Person
from app.web import languages
from app.web.patient import typed
from app.web.patient.birth_fields import read
from app.web.patient.typed import Mistyped
from app.web.reception import sought
from app.web.reception.appointment import MAILS, NEEDS
from app.web.reception.new_time import TimeForm, take_first

BY_MAIL, ALOUD = "mail", "aloud"
GUIDES = {
    BY_MAIL: later("By mail: a link goes with the invitation, and reminders until it is read"),
    ALOUD: later("Read aloud now, on the phone: the page after booking begins with it"),
}


class NewForm(TimeForm):
    """What a caller wants, and who they are."""

    guide = RadioField(
        later("The guide before this visit"),
        choices=[SelectChoice(*one) for one in GUIDES.items()],
        default=BY_MAIL,
        validate_choice=False,
    )
    name = StringField(later("Full name"))
    birth = StringField(later("Birth date"))
    phone = StringField(later("Phone"))
    email = StringField(later("E-mail"))
    booker_name = StringField(later("Who books, if not the patient"))
    language = SelectField(later("Language of their mails"), validate_choice=False)
    calendar = SelectField(later("Their mails"), validate_choice=False)
    needs = SelectMultipleField(
        later("What helps"), choices=[SelectChoice(*one) for one in NEEDS.items()]
    )

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  as WTForms has it
        super().__init__(*given, **named)
        self.read: dict[str, Any] = {}

    def offer(self, *, may_overlap: bool) -> None:
        """Offer what the clinic has, and its languages."""
        super().offer(may_overlap=may_overlap)
        self.language.choices = [*languages.names().items()]
        self.calendar.choices = [(value.value, str(words)) for value, words in MAILS.items()]
        take_first(self.language, self.house.language)
        take_first(self.calendar)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Check every field, and keep what each one means."""
        fine = super().validate(extra_validators)
        country = self.house.country
        readers: dict[str, Any] = {
            "name": typed.name,
            "birth": self._birth,
            "phone": lambda text: typed.phone(text, country),
        }
        readers |= {"email": typed.email} if (self.email.data or "").strip() else {}
        readers |= {"booker_name": typed.name} if (self.booker_name.data or "").strip() else {}
        self.read = {name: read(self[name], reader) for name, reader in readers.items()}
        return self._guide_reaches() and fine and None not in self.read.values()

    @property
    def needs_guide(self) -> bool:
        """Whether the guide belongs to this kind of visit."""
        return self.house.primer_on and self.visit_type.needs_primer

    @property
    def general(self) -> list[str]:
        """The kinds of visit that need none."""
        types = self.house.visit_types.values()
        return [one.name for one in types if one.active and not one.needs_primer]

    def _guide_reaches(self) -> bool:
        reaches = not self.needs_guide or self.guide.data == ALOUD or bool(self.read.get("email"))
        if not reaches and "email" not in self.read:
            self.guide.errors = [
                _("There is no e-mail: read it aloud, or choose a visit that needs no guide.")
            ]
        return reaches

    def _birth(self, text: str) -> date:
        born = sought.birth(
            text, country=self.house.country, language=languages.current(), today=self.today
        )
        if born is None:
            raise Mistyped(_("Please write day, month and year, such as 1968-04-21."))
        if born > self.today:
            raise Mistyped(_("This day is still to come. Please look again."))
        if born.year < self.today.year - typed.OLDEST:
            raise Mistyped(_("This year is too long ago. Please look again."))
        return born

    @property
    def person(self) -> Person:
        """Who comes, once the form is read."""
        return Person(
            name=self.read["name"],
            birth_date=self.read["birth"],
            email=self.read.get("email", ""),
            phone=self.read["phone"],
            language=self.language.data,
            booker_name=self.read.get("booker_name"),
            calendar=self.calendar.data,
        )

    def take(self, person: Person, needs: tuple[str, ...]) -> None:
        """Fill in somebody the clinic knows."""
        self.name.data, self.email.data = person.name, person.email
        self.birth.data = person.birth_date.isoformat()
        self.phone.data = person.phone
        self.booker_name.data = person.booker_name or ""
        self.language.data, self.calendar.data = person.language, person.calendar
        self.needs.data = list(needs)

    @property
    def said(self) -> str:
        """What was typed about who calls: enough of a name, or whatever else there is."""
        fields = (self.name, self.phone, self.birth, self.email)
        return next((one.data for one in fields if (one.data or "").strip()), "")
