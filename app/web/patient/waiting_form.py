"""What somebody waits for, as a form: by themselves, or filled in at the desk."""

from datetime import date
from typing import Any, Self

from babel.dates import get_day_names
from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice

from app.domain.appointment import Person, Wish
from app.domain.clinic import Clinic, VisitType
from app.domain.waiting import Waiting, Wishes
from app.web import languages
from app.web.forms import Form
from app.web.layout import language
from app.web.patient import typed
from app.web.patient.birth_fields import BIRTH_FIELDS, BirthDateForm, read
from app.web.patient.typed import Mistyped

PARTS = {
    "any": later("Any time of day"),
    "morning": later("In the morning"),
    "afternoon": later("In the afternoon"),
    "late": later("After 4 pm"),
}
HOW = {"any": later("Either"), "in_person": later("In person"), "video": later("By video")}
VIDEO = {"any": None, "in_person": False, "video": True}
LINES = ["visit", "doctors", "places", "weekdays", "part", "how", "until", "short"]


def _days(clinic: Clinic, this_day: date) -> list[int]:
    """Return the days of the week on which anybody receives, or will on a day of its own."""
    hours = clinic.hours.values()
    weekly = {rule.weekday for one in hours for rule in one.weekly}
    single = {day.day.weekday() for one in hours for day in one.openings if day.day >= this_day}
    return sorted(weekly | single)


class WishesForm(Form):
    """Doctors, places, days and times that suit; what is left empty means any."""

    visit = SelectField(later("Visit"))
    doctors = SelectMultipleField(later("With whom?"), coerce=int)
    places = SelectMultipleField(later("Where?"), coerce=int)
    weekdays = SelectMultipleField(later("On which days?"), coerce=int)
    part = SelectField(later("At what time?"), default="any")
    how = SelectField(later("How?"), default="any")
    until = StringField(later("Until which day, if there is one"))
    short = RadioField(
        later("May we ask you about a time that is very soon?"),
        choices=[
            SelectChoice("no", later("No, I need a day or more")),
            SelectChoice("yes", later("Yes, I can come at short notice")),
        ],
        default="no",
    )

    def __init__(
        self,
        *given: Any,  # noqa: ANN401  as WTForms has it
        clinic: Clinic,
        types: list[VisitType],
        this_day: date,
        **named: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, **named)
        self.types, self.this_day, self.last_day = types, this_day, None
        self.visit.choices = [SelectChoice(one.slug, one.name) for one in types]
        self.visit.data = self.visit.data or types[0].slug
        names = get_day_names("wide", "stand-alone", language())
        self.weekdays.choices = [SelectChoice(day, names[day]) for day in _days(clinic, this_day)]
        self.doctors.choices = [
            SelectChoice(one.id, one.name)
            for one in clinic.clinicians.values()
            if one.active and any(kind.id in one.visit_type_ids for kind in types)
        ]
        self.places.choices = [
            SelectChoice(one.id, one.name) for one in clinic.locations.values() if one.active
        ]
        self.part.choices = [SelectChoice(*one) for one in PARTS.items()]
        self.how.choices = [SelectChoice(*one) for one in HOW.items()]

    @classmethod
    def of(cls, wish: Wish, known: Waiting | None, clinic: Clinic, today: date) -> Self:
        """Show what somebody with an appointment wishes; at first, the same but earlier."""
        kind = clinic.visit_types[wish.visit_type_id]
        wishes = known.wishes if known else Wishes(
            visit_type_id=kind.id, clinician_ids=frozenset({wish.clinician_id}),
            location_ids=frozenset({wish.location_id}), video=wish.video,
        )  # fmt: skip
        typed = request.form if request.method == "POST" else None
        shown = chosen(wishes, kind.slug)
        return cls(typed, clinic=clinic, types=[kind], this_day=today, **shown)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Check every field, and read the day."""
        fine = super().validate(extra_validators)
        self.last_day = read(self.until, self._day) if (self.until.data or "").strip() else None
        return fine and not self.until.errors

    def _day(self, text: str) -> date:
        try:
            day = date.fromisoformat(text.strip()[:20])
        except ValueError as error:
            raise Mistyped(_("Please write the day as year, month and day.")) from error
        if day < self.this_day:
            raise Mistyped(_("This day is over. Please choose one that is still to come."))
        return day

    def wishes(self) -> Wishes:
        """Say it as the use case wants to hear it; only after `validate`."""
        chosen = next(one for one in self.types if one.slug == self.visit.data)
        return Wishes(
            visit_type_id=chosen.id,
            clinician_ids=frozenset(self.doctors.data or ()),
            location_ids=frozenset(self.places.data or ()),
            weekdays=frozenset(self.weekdays.data or ()),
            part=self.part.data,
            video=VIDEO[self.how.data],
            until_day=self.last_day,
            short_notice=self.short.data == "yes",
        )

    def faults(self) -> list[tuple[str, str, str]]:
        """Return (id, name, sentence) of every field that needs another look."""
        return [
            (field.id, field.label.text, str(field.errors[0])) for field in self if field.errors
        ]


class PlaceForm(WishesForm, BirthDateForm):
    """The same with who waits, for somebody without an appointment."""

    name = StringField(later("Full name"))
    email = StringField(later("E-mail"))
    phone = StringField(later("Phone"))

    def __init__(
        self,
        *given: Any,  # noqa: ANN401  as WTForms has it
        today: date,
        country: str,
        mail_needed: bool,
        **named: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*given, this_day=today, today=today, **named)
        self.country, self.mail_needed = country, mail_needed
        self.read: dict[str, Any] = {}

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Check who waits, too."""
        fine = super().validate(extra_validators)
        readers = {"name": typed.name, "phone": lambda text: typed.phone(text, self.country)}
        if self.mail_needed or (self.email.data or "").strip():
            readers["email"] = typed.email
        self.read = {name: read(self[name], reader) for name, reader in readers.items()}
        return fine and None not in self.read.values()

    def person(self) -> Person:
        """Say who waits; only after `validate`."""
        if self.birth_date is None:
            raise ValueError("the form was not validated")
        return Person(
            name=self.read["name"],
            birth_date=self.birth_date,
            email=self.read.get("email", ""),
            phone=self.read["phone"],
            language=languages.current(),
        )

    def faults(self) -> list[tuple[str, str, str]]:
        """Return what needs another look, in the order of the page."""
        found = {id_: (id_, words, said) for id_, words, said in BirthDateForm.faults(self)}
        order = [*LINES, "name", *BIRTH_FIELDS, "email", "phone"]
        return [found[name] for name in order if name in found]


def chosen(wishes: Wishes, slug: str) -> dict[str, Any]:
    """Return what somebody wished before, as the form's fields."""
    how = next(name for name, video in VIDEO.items() if video == wishes.video)
    return {
        "visit": slug,
        "doctors": sorted(wishes.clinician_ids),
        "places": sorted(wishes.location_ids),
        "weekdays": sorted(wishes.weekdays),
        "part": wishes.part,
        "how": how,
        "until": wishes.until_day.isoformat() if wishes.until_day else "",
        "short": "yes" if wishes.short_notice else "no",
    }
