"""How a report wants events written: all of each, or a part (RFC 4791, 9.6)."""

from xml.etree.ElementTree import Element

from werkzeug.exceptions import BadRequest

from app.ics.parts import Part
from app.web.dav import filters, xml
from app.web.dav.xml import CALDAV, DAV

DEEPEST = 3  # a calendar, an event in it, an alarm in that


def part(root: Element) -> Part | None:
    """Return which part of each event is asked for; None means all of it.

    Nothing here repeats and every time is in UTC: to *expand* changes nothing, nor does a limit
    to what repeats.
    """
    asked = root.find(f"{DAV}prop/{CALDAV}calendar-data")
    if asked is None:
        return None
    _check_kind(asked)
    for name in ("expand", "limit-recurrence-set", "limit-freebusy-set"):
        _check_stretch(asked.find(CALDAV + name))
    top = asked.find(CALDAV + "comp")
    return None if top is None else _component(top, DEEPEST)


def _check_kind(asked: Element) -> None:
    kind, version = asked.get("content-type", "text/calendar"), asked.get("version", "2.0")
    if (kind.lower(), version) != ("text/calendar", "2.0"):
        raise xml.precondition(403, CALDAV + "supported-calendar-data")


def _check_stretch(stretch: Element | None) -> None:
    """Refuse a stretch of time without its two ends."""
    if stretch is None:
        return
    if stretch.get("start") is None or stretch.get("end") is None:
        raise BadRequest
    filters.window(stretch)


def _component(asked: Element, depth: int) -> Part:
    """Read a component; one without anything in it is asked for as it is."""
    if not depth:
        raise BadRequest
    named = {
        _name(one): one.get("novalue", "no") != "yes" for one in asked.findall(CALDAV + "prop")
    }
    inside = tuple(_component(one, depth - 1) for one in asked.findall(CALDAV + "comp"))
    everything = not len(asked)
    return Part(
        name=_name(asked),
        properties=None if everything or asked.find(CALDAV + "allprop") is not None else named,
        inside=None if everything or asked.find(CALDAV + "allcomp") is not None else inside,
    )


def _name(asked: Element) -> str:
    return asked.get("name", "").upper()
