"""What every page of the clinic shows: whose it is, in which language, and whom to call."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import phonenumbers
from babel.dates import format_date
from flask import Flask, current_app, g, request
from flask_babel import get_locale

from app.content import library
from app.content.editions import language_folder
from app.content.fields import read_fields
from app.domain.clinic import Clinic
from app.domain.edition import Signature
from app.web import aloud, comfort, languages, tongues
from app.web import kept as kept_parts
from app.web.guide import copy, rests, signature
from app.web.kept import kept, macros
from app.web.visitor import clinic, visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What the foot of a page says about the guide; *awaiting* until its reviewers signed."""

    day: date
    language: str  # English where it is not written in the reader's
    awaiting: str | None
    signature: Signature | None
    rests: bool  # nobody looked it over in time: a person goes through it with patients
    emergency_number: str
    support_line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The page's frame; *way* is the safety check that fits the person."""

    language: str
    direction: str
    way: str
    guide: Guide | None


def init_app(app: Flask) -> None:
    """Give every template the clinic and the site's frame."""
    app.add_template_filter(dial, "dial")
    app.add_template_filter(spoken, "spoken")
    app.add_template_filter(written, "written")
    kept_parts.init_app(app)
    tongues.init_app(app)
    app.context_processor(frame)


def frame() -> dict[str, Any]:
    """Return the clinic and the frame; a page that may not ask for them uses the last seen."""
    if not g.get("plain_page"):
        current_app.extensions["last_frame"] = clinic(), guide(copy(), signature(), rests=rests())
    shown, its_guide = _last_frame()
    known = None if g.get("plain_page") else visit()
    way = known.way if known else "general"
    site = Site(language=languages.current(), direction=direction(), way=way, guide=its_guide)
    top, foot = kept((shown.revision if shown else None, site), lambda: _around(shown, site))
    return {
        "clinic": shown,
        "site": site,
        "frame_top": top,
        "frame_foot": foot,
        "languages": {} if g.get("plain_page") else languages.names(),
        "text_size": comfort.size(),
        "comfort": not g.get("plain_page"),
        "read_aloud_for": None if g.get("plain_page") else aloud.banner(),
        "here": request.full_path.removesuffix("?"),
    }


def _around(shown: Clinic | None, site: Site) -> tuple[str, str]:
    parts = macros("parts/frame.html")
    return parts.top(shown, site), parts.foot(shown, site)


def _last_frame() -> tuple[Clinic | None, Guide | None]:
    known: tuple[Clinic | None, Guide | None] = current_app.extensions.get(
        "last_frame", (None, None)
    )
    return known


def language() -> str:
    """Return the language of this page, as the clinic's country writes it: es_US."""
    return str(get_locale() or languages.OURS)


def direction() -> str:
    """Say from where to where this page is read."""
    locale = get_locale()
    return str(locale.text_direction) if locale else "ltr"


@lru_cache(maxsize=32)
def guide(shown: library.Copy, signed: Signature | None, *, rests: bool) -> Guide:
    """Return what the clinic's edition says about itself, and whom to call."""
    front = library.front(shown)
    folder = language_folder(shown.folder, shown.edition, shown.language)
    about = read_fields(folder / "about.yaml")
    safety = library.safety(shown)
    return Guide(
        day=front.day,
        language=shown.language,
        awaiting=None if signed else about.text("awaiting"),
        signature=signed,
        rests=rests,
        emergency_number=safety.emergency_number,
        support_line=safety.support_line,
    )


def written(day: date) -> str:
    """Write a day out, as the reader's language does."""
    pattern = "d MMMM y" if language().startswith("en") else "long"
    return format_date(day, pattern, language())


@lru_cache(maxsize=256)
def dial(number: str, country: str) -> str:
    """Return a number as a telephone dials it; what is no number is left as it is."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=256)
def spoken(number: str, country: str) -> str:
    """Return a number as people of the clinic's country say it."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    form = phonenumbers.PhoneNumberFormat
    home = phonenumbers.country_code_for_region(country) == parsed.country_code
    return phonenumbers.format_number(parsed, form.NATIONAL if home else form.INTERNATIONAL)
