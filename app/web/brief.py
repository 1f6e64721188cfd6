"""The doctor's page as one sheet of paper: a file that loads nothing."""

from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import force_locale

from app.content import when
from app.content.previsit import Item
from app.domain.previsit import Answers
from app.services.brief import Brief
from app.web import assets
from app.web.patient.booking_form import NEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An item of the form with its answer; *values* are (name of a line or "", words)."""

    item: Item
    values: tuple[tuple[str, str], ...]
    in_person: bool


def page(brief: Brief) -> str:
    """Write the sheet in the clinic's language."""
    language = brief.clinic.language
    with force_locale(language.replace("-", "_")):
        seen = words(brief, language)
        running = f"{brief.appointment.person.name}, {brief.appointment.reference}, {seen['time']}"
        return current_app.jinja_env.get_template("paper/brief.html").render(
            **seen,
            language=language,
            direction=when.locale_of(language).text_direction,
            running=_in_css(running),
            sheet=assets.sheet("brief"),
        )


def words(brief: Brief, language: str) -> dict[str, Any]:
    """Put all that the sheet says into words; gettext's language is the caller's to choose."""
    about, span = brief.appointment, brief.appointment.interval
    place = brief.clinic.locations[about.wish.location_id]
    day = when.day(span.start, place.zone, language)
    return {
        "brief": brief,
        "time": f"{day}, {when.span(span.start, span.end, place.zone, language)}",
        "place": place,
        "spoken_language": when.language_name(about.person.language),
        "clock": lambda moment: when.day_and_clock(moment, place.zone, language),
        "needs": [str(NEEDS[need]) for need in brief.needs if need in NEEDS],
        "lines": {line.item.id: line for line in lines(brief)},
        "scores": scores(brief),
    }


def _in_css(text: str) -> str:
    """Escape each letter for a string of a style sheet, so that no name ends the string."""
    return "".join(f"\\{ord(letter):06x}" for letter in text)


def lines(brief: Brief) -> list[Line]:
    """Put every answer to the form into words, in the order of the form; others are left out."""
    answers = brief.answers or {}
    items = [item for part in brief.form.parts for item in part.items]
    said = [
        Line(item=item, values=_values(item, answers), in_person=item.in_person.name in answers)
        for item in items
    ]
    return [line for line in said if line.values or line.in_person]


def scores(brief: Brief) -> list[tuple[str, int, int]]:
    """Count the ticks of other people's questionnaires: (name, ticked, of how many)."""
    items = [item for part in brief.form.parts for item in part.items]
    return [
        (item.short, len((brief.answers or {})[item.id]), len(item.options))
        for item in items
        if item.id in brief.clinic.instruments and item.id in (brief.answers or {})
    ]


def _values(item: Item, answers: Answers) -> tuple[tuple[str, str], ...]:
    fields = [field for field in item.fields if field.name != item.in_person.name]
    names = list(item.lines.values()) or [""] * len(fields)
    return tuple(
        (name, item.options.get(value, value))
        for field, name in zip(fields, names, strict=True)
        for value in answers.get(field.name, ())
        if value in (field.options or (value,))  # a newer form may not know an old answer
    )
