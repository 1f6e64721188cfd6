"""Appointment cards to hand out: one, or all of a day on a sheet to cut."""

from dataclasses import dataclass
from itertools import groupby

import segno
from flask import Blueprint, current_app, render_template
from flask_babel import force_locale
from markupsafe import Markup

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
    """A code to scan as a drawing: its side in modules, and the dark ones as a path."""

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


def _said(one: services.Card) -> Markup:
    """Say a card in the language of whoever takes it home."""
    about = one.view.appointment
    spoken = about.person.language
    house = clinic().said_in(spoken)
    settings: Settings = current_app.extensions["settings"]
    with force_locale(when.as_written_in(spoken, house.country)):
        words = in_words(one.view, house, named=True)
        made: Markup = macros("parts/desk_card.html").card(
            house, words, code(settings.base_url + one.link), language().replace("_", "-")
        )
    return made


def code(text: str) -> Code:
    """Draw a code to scan."""
    rows = segno.make(text, error="m").matrix
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h{long}v1h-{long}z"
        for y, row in enumerate(rows)
        for x, long in _runs(row)
    )
    return Code(side=len(rows) + 2 * QUIET, path=path)


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """Return where the dark modules of a row begin, and how many follow each other."""
    found, at = [], 0
    for dark, modules in groupby(row):
        long = len(list(modules))
        if dark:
            found.append((at, long))
        at += long
    return found
