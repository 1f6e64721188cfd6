"""The form of the clinic itself."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import phonenumbers
from flask import current_app
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from wtforms import BooleanField, SelectField, StringField

from app.content.packs import jurisdictions, read_pack
from app.domain.colour import ENOUGH, STRENGTHS, accent
from app.domain.feed import Names
from app.settings import Settings
from app.web import languages
from app.web.patient import typed
from app.web.patient.birth_fields import read
from app.web.patient.typed import Mistyped
from app.web.reception.setting_form import (
    Reader,
    SettingForm,
    perhaps,
    whole,
    words,
    zone_name,
    zones,
)
from app.web.visitor import clinic_as_it_is

REMINDERS, LONGEST_AHEAD = 4, 336
DEGREES = tuple(range(0, 360, 30))


def _hours(text: str) -> list[int]:
    """Read how many hours before a visit reminders leave, the first one first."""
    parts = [part for part in text.replace(",", " ").split() if part]
    numbers = [typed.whole(part) for part in parts]
    if len(parts) > REMINDERS or any(
        one is None or not 0 < one <= LONGEST_AHEAD for one in numbers
    ):
        raise Mistyped(_("Please write up to four numbers of hours, 336 at most, such as 48, 3."))
    return sorted({one for one in numbers if one}, reverse=True)


def _strength(text: str) -> float:
    """Read how strong the colour is; the list says which there are."""
    try:
        return float(text)
    except ValueError:
        raise Mistyped(_("Please choose one from the list.")) from None


class ClinicForm(SettingForm):
    """The clinic: its name, how it is reached, its colour, and by whose law it speaks."""

    name = StringField(later("Name"))
    tagline = StringField(later("A line under the name"))
    phone = StringField(later("Phone"))
    email = StringField(later("E-mail"))
    nurse_line = StringField(later("Nurse line"))
    zone = SelectField(later("Time zone"))
    country = SelectField(later("Country"))
    language = SelectField(later("Language"))
    jurisdiction = SelectField(later("Law that the guide follows"))
    primer_on = BooleanField(later("Patients can read the guide"))
    reminder_hours = StringField(later("Reminders, in hours before the visit"))
    calendar_names = SelectField(later("Names in the clinic's own calendars"))
    brand_hue = StringField(later("Colour, from 0 to 359"))
    brand_chroma = SelectField(later("Strength of the colour"))
    READERS: ClassVar[Mapping[str, Reader]] = {
        "name": typed.name, "tagline": words, "phone": str.strip, "email": typed.email,
        "nurse_line": perhaps(words), "zone": zone_name, "country": str, "language": str,
        "jurisdiction": str, "primer_on": bool, "reminder_hours": _hours,
        "calendar_names": str, "brand_hue": whole(0, 359), "brand_chroma": _strength,
    }  # fmt: skip
    SAID = ("tagline", "nurse_line")
    SHOWS: ClassVar[Mapping[str, Callable[[Any], object]]] = {
        "reminder_hours": lambda hours: ", ".join(str(one) for one in hours)
    }

    def offer(self) -> None:
        """Offer what can be chosen: countries by name, languages that have a catalogue."""
        house, settings = clinic_as_it_is(), _settings()
        territories = getattr(get_locale(), "territories", {})
        known = {code: territories.get(code, code) for code in phonenumbers.SUPPORTED_REGIONS}
        self.zone.choices = list(zones())
        self.country.choices = sorted(known.items(), key=lambda one: one[1])
        self.language.choices = list(languages.names().items())
        self.jurisdiction.choices = [
            (one, read_pack(settings.primer, house.edition, one).name)
            for one in jurisdictions(settings.primer, house.edition)
        ]
        self.calendar_names.choices = [
            (Names.INITIALS, _("Initials only")), (Names.FULL, _("Full names"))
        ]  # fmt: skip
        names = (_("Quiet"), _("Clear"), _("Strong"))
        strengths = dict(zip(map(str, STRENGTHS), names, strict=True))
        now = str(house.brand_chroma)
        self.brand_chroma.choices = list(({now: _("As it is")} | strengths).items())

    def together(self) -> bool:
        """Look at the phone by the rules of the country, and at the colour with the eye."""
        country = self.values["country"]
        read(self.phone, lambda text: typed.phone(text, country))
        if self.contrast < ENOUGH:
            self.brand_hue.errors = [
                _("Text in this colour could not be read. Take a quieter one.")
            ]
        return not self.faults()

    @property
    def contrast(self) -> float:
        """How well text in the colour can be read on paper."""
        hue = typed.whole(self.brand_hue.data or "")
        try:
            return accent(float(self.brand_chroma.data), (hue or 0) % 360)
        except (TypeError, ValueError):
            return 0.0


def _settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found
