"""Forms of the clinic's settings: they list their fields, and keep what was typed."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, ClassVar, Self
from zoneinfo import available_timezones

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from wtforms import Field, HiddenField, StringField

from app.content import when
from app.domain.setting import Fields, seen_as
from app.web import languages
from app.web.patient import typed
from app.web.patient.birth_fields import read
from app.web.patient.typed import Mistyped
from app.web.reception.team_form import StaffForm
from app.web.visitor import clinic_as_it_is

Reader = Callable[[Any], Any]
LONGEST = 400
AREAS = (
    "Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/",
)  # fmt: skip


class SettingForm(StaffForm):
    """A form of one part of the clinic; *values* once all of it could be read.

    READERS says how each field is read, SHOWS how what is kept is shown where that is not plain;
    those in SAID have a field in each other language.
    """

    READERS: ClassVar[Mapping[str, Reader]] = {}
    SAID: ClassVar[tuple[str, ...]] = ()
    SHOWS: ClassVar[Mapping[str, Callable[[Any], object]]] = {}
    seen = HiddenField()
    values: dict[str, Any]

    @classmethod
    def asked(cls, known: Fields | None = None) -> Self:
        """Show a part as it stands, or read what was sent about it."""
        plain: Any = cls
        kind = _in_tongues(plain, _others())
        known = known or {}
        if request.method == "POST":
            form: Self = kind(request.form)
        else:
            shown = {name: cls.SHOWS.get(name, _text)(value) for name, value in known.items()}
            form = kind(data={**shown, "seen": seen_as(known)})
        form.offer()
        return form

    def offer(self) -> None:
        """Fill in what can be chosen."""

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  as WTForms has it
        """Read every field, each by itself, then look at them together."""
        fine = super().validate(extra_validators)
        readers = {**self.READERS, **{field.name: words for field in self.tongues()}}
        self.values = {name: read(self[name], reader) for name, reader in readers.items()}
        return fine and not self.faults() and self.together()

    def together(self) -> bool:
        """Look at fields that have to fit each other."""
        return True

    def tongues(self, name: str = "") -> list[Field]:
        """Return the fields for words in other languages, of one field or of all."""
        return [field for field in self if "." in field.name and field.name.startswith(name)]

    def said(self, name: str, language: str) -> str:
        """Return what patients would read in a language, as it is typed now."""
        own = f"{name}.{language}"
        words = self[own].data if own in self else ""
        return str(words or self[name].data or "")

    def renewed(self, known: Fields) -> None:
        """Let what was typed be kept over what stands there by now, if it is sent again."""
        self.seen.data = seen_as(known)


def _text(value: object) -> object:
    if isinstance(value, list):
        return [str(one) for one in value]
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _others() -> tuple[str, ...]:
    """Return the languages of these pages that are not the clinic's own."""
    own = clinic_as_it_is().language
    return tuple(one for one in languages.offered() if one != own)


@lru_cache(maxsize=32)
def _in_tongues(kind: Any, others: tuple[str, ...]) -> Any:  # noqa: ANN401  classes of forms
    fields = {
        f"{name}.{language}": StringField(_label(language))
        for name in kind.SAID
        for language in others
    }
    return type(kind.__name__, (kind,), fields)


def _label(language: str) -> Any:  # noqa: ANN401  a text that is put into words later
    return later(
        "The same in another language: %(language)s", language=when.language_name(language)
    )


def words(text: str) -> str:
    """Return a sentence or two on one line; none is fine."""
    tidy = " ".join(typed.plain(text).split())
    if len(tidy) > LONGEST:
        raise Mistyped(_("Please shorten this to 400 letters."))
    return tidy


def some_words(text: str) -> str:
    """Return words that have to be there."""
    found = words(text)
    if not found:
        raise Mistyped(_("Please write something here."))
    return found


def whole(least: int, most: int, *, steps: int = 1) -> Reader:
    """Return how a whole number is read, in steps."""

    def number(text: str) -> int:
        found = typed.whole(text) if len(text) < 6 else None
        if found is None or not least <= found <= most or found % steps:
            sentence = (
                _("Please write a whole number from %(least)s to %(most)s.", least=least, most=most)
                if steps == 1
                else _("Please write a number from %(least)s to %(most)s that 5 goes into.",
                       least=least, most=most)
            )  # fmt: skip
            raise Mistyped(sentence)
        return found

    return number


def perhaps(reader: Reader) -> Reader:
    """Return how the same is read where nothing is fine."""
    return lambda text: reader(text) if text.strip() else None


def zone_name(text: str) -> str:
    """Return the name of a time zone."""
    if text not in available_timezones():
        raise Mistyped(_("Please choose a time zone from the list, such as America/New_York."))
    return text


@lru_cache(maxsize=1)
def zones() -> tuple[str, ...]:
    """Return the time zones that a place can be in."""
    return tuple(sorted(name for name in available_timezones() if name.startswith(AREAS)))
