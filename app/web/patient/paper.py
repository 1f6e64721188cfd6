"""The guide as a PDF: the words around it, and what is drawn in it."""

import logging

from flask import current_app
from flask_babel import gettext as _

from app.content import paper, press
from app.content.figures import Group
from app.content.primer import Primer
from app.settings import ROOT
from app.web.guide import signature
from app.web.kept import kept_large, macros
from app.web.visitor import clinic

log = logging.getLogger(__name__)

TEMPLATE = ROOT / "templates" / "paper" / "guide.typ"
LETTER = frozenset({"US", "CA", "MX", "PH"})  # countries that print on Letter, not on A4


def pdf(primer: Primer) -> bytes | None:
    """Return the whole guide as a PDF, or None when it could not be made."""
    key = "guide.pdf", primer.sha, clinic().name, clinic().country, signature()
    try:
        return kept_large(key, lambda: _pressed(primer))
    except press.NotPressed:
        log.exception("the guide could not be set as a PDF")
        return None


def _pressed(primer: Primer) -> bytes:
    pictures = macros("paper/pictures.html")
    artist = paper.Artist(
        people=lambda group: str(pictures.people(group)),
        scene=lambda name: str(pictures.picture(name)),
    )
    verdict = macros("patient/primer/_leaf.html").verdict
    words = paper.Words(labels=_labels(), verdict=lambda word: str(verdict(word)), group=_group)
    document = paper.Paper(primer=primer, words=words, artist=artist).document()
    pressed: bytes = current_app.extensions["press"](TEMPLATE, document, day=primer.edition.day)
    return pressed


def _group(group: Group, outcome: str) -> str:
    said = _("%(n)s out of 100: %(outcome)s.", n=group.filled, outcome=outcome)
    return f"{group.label}. {said} {_('The other %(n)s: not.', n=group.empty)}"


def _labels() -> paper.Labels:
    return {
        "clinic": clinic().name,
        "paper": "us-letter" if clinic().country in LETTER else "a4",
        "answers": str(macros("parts/answers.html").answers(clinic(), signature())),
        "contents": _("Contents"),
        "sure": _("How sure are we?"),
        "read": _("You may have read …"),
        "known": _("What is known:"),
        "evidence": _("The evidence, claim by claim"),
        "sources": _("Where this comes from"),
        "answer": _("the answer"),
        "stand": _("Where you stand"),
        "three": _("To each of them one of three answers:"),
        "own": _("In your own words, if you like"),
        "choices": _("Table of choices"),
        "columns": [
            _("How it works"),
            _("Upside"),
            _("Downside"),
            _("How sure"),
            _("How long"),
            _("Cost"),
        ],
    }
