"""Letters put into words by the templates of their kind."""

import re
from dataclasses import dataclass, fields, replace
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment

from app.content import when
from app.content.bring import bring
from app.domain.interval import Interval
from app.domain.letter import AppointmentLink, Letter, OfferedTime, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A mail as people read it."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """An appointment's time in words, on the clock of the place."""

    day: str
    hours: str
    zone: str


def put_into_words(letter: Letter, environment: Environment, *, asks: bool) -> Words:
    """Fill the templates of the letter's kind; gettext's language is the caller's to choose.

    *asks* says that a calendar is asked for an answer, which people are told when it is taken in.
    """
    folder = f"mail/{letter.kind}"
    seen = _context(_on_lines(letter)) | {"asks": asks}
    subject, text, html = (
        environment.get_template(f"{folder}/{name}").render(seen)
        for name in ("subject.txt", "body.txt", "body.html")
    )
    return Words(subject=one_line(subject), text=_tidy(text), html=html)


def _context(letter: Letter) -> dict[str, Any]:
    zone = letter.zone
    return {
        "letter": letter,
        "direction": when.locale_of(letter.language).text_direction,
        "time": zone and _time(letter.interval, zone, letter.language),
        "previous": zone and _time(letter.previous_interval, zone, letter.language),
        "proposed": zone and _time(letter.proposed_interval, zone, letter.language),
        "change_until": zone and _change_until(letter, zone),
        "confirm_until": zone and _confirm_until(letter, zone),
        "read_until": zone and _read_until(letter, zone),
        "links": [_link(link, letter.language) for link in letter.links],
        "offered": [_offered(one, letter.language) for one in letter.offered],
        "dial": _dial,
        "to_bring": bring(),
    }


def _link(link: AppointmentLink, language: str) -> dict[str, Any]:
    return {
        "clinician_name": one_line(link.clinician_name),
        "reference": link.reference,
        "href": link.link,
        "time": _time(link.interval, link.zone, language),
    }


def _offered(one: OfferedTime, language: str) -> dict[str, Any]:
    return {
        "time": _time(one.interval, one.zone, language),
        "clinician_name": one_line(one.clinician_name),
        "place_name": one_line(one.place_name),
        "video": one.video,
    }


def _time(slot: Interval | None, zone: ZoneInfo, language: str) -> Time | None:
    if slot is None:
        return None
    return Time(
        day=when.day(slot.start, zone, language),
        hours=when.span(slot.start, slot.end, zone, language),
        zone=when.zone_name(zone, slot.start, language),
    )


def _change_until(letter: Letter, zone: ZoneInfo) -> str | None:
    until = letter.change_until
    if until is None or until <= letter.stamp:
        return None
    return when.day_and_clock(until, zone, letter.language, named=letter.clocks_differ)


def _confirm_until(letter: Letter, zone: ZoneInfo) -> str | None:
    until = letter.confirm_until
    if until is None:
        return None
    return when.day_and_clock(until, zone, letter.language, named=letter.clocks_differ)


def _read_until(letter: Letter, zone: ZoneInfo) -> str | None:
    until = letter.read_until
    if until is None or not letter.guide_link:
        return None
    return when.day_and_clock(until, zone, letter.language, named=letter.clocks_differ)


def _on_lines(letter: Letter) -> Letter:
    """Put every text on one line, whatever somebody typed."""
    values = {field.name: getattr(letter, field.name) for field in fields(letter)}
    texts: dict[str, Any] = {
        name: one_line(value)
        for name, value in values.items()
        if isinstance(value, str) and name != "kind"
    }
    return replace(letter, **texts)


def _dial(phone: str) -> str:
    """Return a telephone number as a link takes it."""
    return "".join(char for char in phone if char in "+0123456789")


def _tidy(text: str) -> str:
    lines = (line.rstrip() for line in text.strip().split("\n"))
    return re.sub("\n\n\n+", "\n\n", "\n".join(lines)) + "\n"
