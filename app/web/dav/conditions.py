"""On what a device makes a change depend (`If`: RFC 4918, 10.4; RFC 6578, 5)."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import BadRequest

from app.domain.refusals import ChangedMeanwhile
from app.services import device_calendar
from app.web.clock import now
from app.web.dav import things
from app.web.dav.door import device
from app.web.visitor import clinic_as_it_is

LIST = re.compile(r"(?:<([^<>]*)>)? ?\(([^()]*)\) ?")
CONDITION = re.compile(r' ?(not )?(?:<([^<>]+)>|\[((?:W/)?"[^"\]]*")\]) ?', re.IGNORECASE)


def check(doctor: int, place: str, etag: str | None) -> None:
    """Refuse a change if nothing holds of what it depends on; raises ChangedMeanwhile.

    A calendar's token says how far it has come, an event's ETag how it is; nothing is locked here.
    """
    asked = " ".join(request.headers.get("If", "").split())
    if not asked:
        return
    calendar = things.calendar(doctor)
    come = device_calendar.token(device(), doctor, clinic_as_it_is(), now=now())
    states = {calendar: things.spelled(doctor, come), place: etag}
    held = [_holds(within, states.get(at)) for at, within in _lists(asked, place)]
    if not any(held):
        raise ChangedMeanwhile


def _lists(asked: str, place: str) -> Iterator[tuple[str, str]]:
    """Yield each list with the address that it is about: the one before it, or the request's."""
    at = 0
    while at < len(asked):
        found = LIST.match(asked, at)
        if found is None:
            raise BadRequest
        if found[1] is not None:
            place = _path(found[1])
        yield place, found[2]
        at = found.end()


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError as error:
        raise BadRequest from error


def _holds(within: str, state: str | None) -> bool:
    """Say whether every condition of a list holds for how something is."""
    at, held = 0, True
    while at < len(within) or at == 0:
        found = CONDITION.match(within, at)
        if found is None:
            raise BadRequest
        named = found[2] or found[3].removeprefix("W/")
        held = held and (named == state) is not bool(found[1])
        at = found.end()
    return held
