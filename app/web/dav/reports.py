"""What devices ask of a calendar: what is in a stretch of time, these events, what changed."""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from flask import Response
from werkzeug.exceptions import BadRequest

from app.domain.clinic import Clinician
from app.domain.device_calendar import AT_ONCE, Shown
from app.ics.device_calendar import free_busy
from app.services import device_calendar, device_changes
from app.web.clock import now
from app.web.dav import asked, data, filters, principals, properties, things, xml
from app.web.dav.door import device
from app.web.dav.xml import CALDAV, DAV
from app.web.visitor import clinic_as_it_is

NUMBER = re.compile("[0-9]{1,9}")


def answer(whose: Clinician, root: Element | None) -> Response:
    """Answer a REPORT about a doctor's calendar."""
    if root is None:
        raise BadRequest
    doctor = whose.id
    if root.tag == CALDAV + "calendar-query":
        return _query(doctor, root)
    if root.tag == CALDAV + "calendar-multiget":
        return _these(doctor, root)
    if root.tag == DAV + "sync-collection":
        return _changes(doctor, root)
    if root.tag == CALDAV + "free-busy-query":
        return _busy(doctor, root)
    if root.tag == principals.EXPAND:
        token = device_calendar.token(device(), doctor, clinic_as_it_is(), now=now())
        values = properties.of_calendar(whose, token)
        return principals.answer(things.calendar(doctor), values, root)
    raise xml.precondition(403, DAV + "supported-report")


def about(shown: Shown, whose: Clinician, root: Element | None) -> Response:
    """Answer a REPORT about a single event."""
    if root is None:
        raise BadRequest
    if root.tag == CALDAV + "calendar-query":
        return xml.multistatus(_told([shown] if filters.read(root)(shown) else [], root))
    if root.tag == CALDAV + "calendar-multiget":
        return _these(whose.id, root)
    if root.tag == principals.EXPAND:
        return principals.answer(things.address(shown), properties.of_object(shown, ()), root)
    raise xml.precondition(403, DAV + "supported-report")


def _query(doctor: int, root: Element) -> Response:
    test = filters.read(root)
    inside = device_calendar.listing(device(), doctor, clinic=clinic_as_it_is(), now=now())
    return xml.multistatus(_told([one for one in inside if test(one)], root))


def _these(doctor: int, root: Element) -> Response:
    """Answer about addresses in their order; what is not there is said to be gone."""
    hrefs = list(dict.fromkeys(one.text or "" for one in root.findall(DAV + "href")))
    names = {one: things.name_in(doctor, one) for one in hrefs}
    wanted = [name for name in names.values() if name is not None]
    inside = device_calendar.listing(
        device(), doctor, names=wanted, clinic=clinic_as_it_is(), now=now()
    )
    known = {one.name: one for one in inside}
    responses: list[Element] = []
    for href, name in names.items():
        shown = known.get(name or "")
        responses += _told([shown], root) if shown is not None else [xml.gone(href)]
    return xml.multistatus(responses)


def _changes(doctor: int, root: Element) -> Response:
    given = (root.findtext(DAV + "sync-token") or "").strip()
    since = things.token_in(doctor, given)
    found = None
    if since is not None or not given:
        found = device_changes.changes(
            device(), doctor, since, at_most=_limit(root), clinic=clinic_as_it_is(), now=now()
        )
    if found is None:
        raise xml.precondition(403, DAV + "valid-sync-token")
    told = [xml.gone(things.inside(doctor, name)) for name in found.gone]
    told += _told(found.shown, root)
    if found.more and not told:
        raise xml.precondition(507, xml.TOO_MANY)
    if found.more:
        told.append(xml.more(things.calendar(doctor)))
    return xml.multistatus(told, token=things.spelled(doctor, found.token))


def _limit(root: Element) -> int:
    """Return how much a device wants to be told at once; never more than we tell."""
    limit = root.find(DAV + "limit")
    if limit is None:
        return AT_ONCE
    asked = (limit.findtext(DAV + "nresults") or "").strip()
    if NUMBER.fullmatch(asked) is None:
        raise BadRequest
    return min(int(asked), AT_ONCE)


def _busy(doctor: int, root: Element) -> Response:
    """Say when the doctor is busy with what is in the calendar, within a stretch of time."""
    window = filters.window(root.find(CALDAV + "time-range"))
    inside = device_calendar.listing(device(), doctor, clinic=clinic_as_it_is(), now=now())
    taken = [one for one in inside if filters.overlap(one, window)]
    return Response(free_busy(taken, window, stamp=now()), content_type=properties.CALENDAR)


def _told(shown: Iterable[Shown], root: Element) -> list[Element]:
    names, part = asked.wanted(root), data.part(root)
    return [
        asked.about(things.address(one), properties.of_object(one, names, part), root)
        for one in shown
    ]
