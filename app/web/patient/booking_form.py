"""The one form of a booking: who comes, how we reach them, what helps."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.domain.appointment import Mails, Person
from app.services.booking import Details
from app.web import languages
from app.web.patient import typed
from app.web.patient.birth_fields import BIRTH_FIELDS, BirthDateForm, read
from app.web.patient.mails import MAILS
from app.web.patient.typed import Mistyped

LONGEST_QUESTION = 1000
NEEDS = {
    "step_free": later("A step-free way in"),
    "cannot_sit_long": later("I cannot sit long"),
    "interpreter": later("An interpreter"),
    "hearing_or_sight": later("Help with hearing or sight"),
}


class DetailsForm(BirthDateForm):
    """What we ask before an appointment; nothing of it is asked again."""

    who_for = RadioField(
        later("Who is the visit for?"),
        choices=[
            SelectChoice("self", later("Me")),
            SelectChoice("other", later("Somebody I care for")),
        ],
        default="self",
    )
    booker_name = StringField(later("Your own name"))
    name = StringField(later("Full name"))
    email = StringField(later("E-mail"))
    phone = StringField(later("Phone"))
    language = SelectField(later("Language for the visit"))
    needs = SelectMultipleField(
        later("Tick what fits. You can leave all of it empty."),
        choices=[SelectChoice(*one) for one in NEEDS.items()],
    )
    question = TextAreaField(later("One question for the doctor (you can leave this empty)"))
    calendar = RadioField(
        later("Your appointment by mail"),
        choices=[SelectChoice(value.value, words) for value, words in MAILS.items()],
        default=Mails.INVITATION.value,
    )

    def __init__(self, *given: Any, country: str, **named: Any) -> None:  # noqa: ANN401  as WTForms has it
        super().__init__(*given, **named)
        self.country = country
        self.language.choices = [SelectChoice(*one) for one in languages.names().items()]
        self.language.data = self.language.data or languages.current()
        self.read: dict[str, Any] = {}
        for field in (self.who_for, self.calendar):
            field.data = (
                field.data or field.choices[0].value
            )  # whoever does not say takes the first

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Check every field, and keep what each one means."""
        fine = super().validate(extra_validators)
        readers = {
            "name": typed.name,
            "email": typed.email,
            "phone": lambda text: typed.phone(text, self.country),
            "question": _question,
        }
        if self.who_for.data == "other":
            readers["booker_name"] = typed.name
        self.read = {name: read(self[name], reader) for name, reader in readers.items()}
        return fine and None not in self.read.values()

    def details(self) -> Details:
        """Say it as the use case wants to hear it; only after `validate`."""
        if self.birth_date is None:
            raise ValueError("the form was not validated")
        person = Person(
            name=self.read["name"],
            birth_date=self.birth_date,
            email=self.read["email"],
            phone=self.read["phone"],
            language=self.language.data,
            booker_name=self.read.get("booker_name"),
            calendar=self.calendar.data,
        )
        return Details(person=person, needs=tuple(self.needs.data), question=self.read["question"])

    def faults(self) -> list[tuple[str, str, str]]:
        """Return what needs another look, in the order of the page."""
        order = ["who_for", "booker_name", "name", *BIRTH_FIELDS, "email", "phone", "language"]
        order += ["needs", "question", "calendar"]
        found = {id_: (id_, words, sentence) for id_, words, sentence in super().faults()}
        return [found[name] for name in order if name in found]


def typed_before(said: Details) -> dict[str, Any]:
    """Return what a person said before, as the form's fields."""
    person = said.person
    return {
        "who_for": "other" if person.booker_name else "self",
        "booker_name": person.booker_name,
        "name": person.name,
        "bday_month": str(person.birth_date.month),
        "bday_day": str(person.birth_date.day),
        "bday_year": str(person.birth_date.year),
        "email": person.email,
        "phone": person.phone,
        "language": person.language,
        "needs": list(said.needs),
        "question": said.question,
        "calendar": person.calendar,
    }


def _question(text: str) -> str:
    too_long = Mistyped(_("Please shorten your question to 1,000 letters."))
    if len(text) > typed.PARTS * LONGEST_QUESTION:
        raise too_long
    question = typed.plain(text).strip()
    if len(question) > LONGEST_QUESTION:
        raise too_long
    return question
