"""The way from the start to an appointment, step by step, for the spine beside each page."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from app.web.kept import kept
from app.web.layout import language


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; *state* is done, now or to_come."""

    number: int
    name: str
    url: str | None
    state: str


def journey(now: str, way: str) -> list[Step]:
    """Return the steps of a way, with the one that the person is at."""
    return kept(("journey", now, way, language()), lambda: _steps(now, way))


def _steps(now: str, way: str) -> list[Step]:
    names = _names(way)
    at = [name for name, _words, _url in names].index(now)
    return [
        Step(
            number=number + 1,
            name=words,
            url=url if number < at else None,
            state="done" if number < at else "now" if number == at else "to_come",
        )
        for number, (_name, words, url) in enumerate(names)
    ]


def _names(way: str) -> list[tuple[str, str, str]]:
    safety = ("safety", _("Safety check"), url_for("patient.safety.urgent", way=way))
    reading = [
        ("read", _("Read"), url_for("patient.primer.page", part=1)),
        ("statements", _("Say where you stand"), url_for("patient.primer.statements")),
    ]
    if way == "booked":
        return [safety, *reading]
    booking = [
        ("time", _("Choose a time"), url_for("patient.booking.choose_time")),
        ("details", _("Your details"), url_for("patient.booking.details")),
        ("review", _("Check and book"), url_for("patient.booking.review")),
    ]
    return [safety, *(reading if way == "primer" else []), *booking]
