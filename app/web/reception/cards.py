"""Appointment cards to hand out: one, or all of a day on a sheet to cut."""

from dataclasses import dataclass
from itertools import groupby

import segno
from flask import Blueprint, current_app, render_template
from flask_babel import force_locale

from app.content import when
from app.domain.staff import Permission
from app.services import cards as services
from app.settings import Settings
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.kept import macros
from app.web.layout import language
from app.web.patient.cards import card as in_words
from app.web.reception.day import asked
from app.web.visitor import clinic

blueprint = Blueprint("cards", __name__)

QUIET = 3  # modules of white around a code, so that a camera finds it


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code to scan as a drawing: its side in modules, and the dark ones as strokes."""

    side: int
    path: str


@blueprint.get("/appointment/<reference>/card")
@staff_only(Permission.RUN_DAY)
def card(reference: str) -> str:
    """Show one card."""
    found = services.of_appointment(reference, actor=staff.actor(), clinic=clinic(), now=now())
    place = clinic().locations[found.view.appointment.wish.location_id]
    return render_template(
        "reception/cards/card.html",
        reference=reference,
        card=_said(found),
        day=when.day(found.view.appointment.interval.start, place.zone, language()),
    )


@blueprint.get("/day/cards")
@staff_only(Permission.RUN_DAY)
def cards() -> str:
    """Show the cards of a day."""
    ask = asked()
    found = services.of_day(
        ask.on, location_id=ask.location_id, actor=staff.actor(), clinic=clinic(), now=now()
    )
    return render_template(
        "reception/cards/cards.html",
        ask=ask,
        name=when.spelled(ask.on, language()),
        cards=[_said(one) for one in found],
    )


def _said(one: services.Card) -> str:
    """Say a card in the language of whoever takes it home."""
    about = one.view.appointment
    spoken = about.person.language
    house = clinic().said_in(spoken)
    settings: Settings = current_app.extensions["settings"]
    with force_locale(when.as_written_in(spoken, house.country)):
        words = in_words(one.view, house, named=True)
        made: str = macros("parts/desk_card.html").card(
            house, words, code(settings.base_url + one.link), language().replace("_", "-")
        )
    return made


def code(text: str) -> Code:
    """Draw a code to scan."""
    rows = segno.make(text, error="m").matrix
    lines = (f"M{QUIET} {y + QUIET}.5{_line(row)}" for y, row in enumerate(rows))
    return Code(side=len(rows) + 2 * QUIET, path="".join(lines))


def _line(row: bytearray) -> str:
    """Draw a row of modules: a stroke for dark ones, a leap over the others."""
    runs = ((dark, len(list(modules))) for dark, modules in groupby(row))
    return "".join(f"h{long}" if dark else f"m{long} 0" for dark, long in runs)
