"""One event as a device reads, moves, deletes and puts it."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from app.domain.device_calendar import Shown, Written
from app.domain.device_refusals import KnownElsewhere, NotABusyTime
from app.domain.refusals import ChangedMeanwhile
from app.ics import device_calendar as events
from app.services import device_calendar, device_writing
from app.web.access import Audience, access
from app.web.clock import now
from app.web.csrf import without_token
from app.web.dav import asked, calendars, conditions, properties, reports, things, xml
from app.web.dav.door import device
from app.web.dav.xml import CALDAV
from app.web.visitor import clinic_as_it_is

blueprint = Blueprint("objects", __name__)

METHODS = ["GET", "HEAD", "PUT", "DELETE", "MOVE", *calendars.ASKED]
PLACE = "/<person>/<int:doctor>/<name>"


@blueprint.route(PLACE, methods=METHODS, provide_automatic_options=False)
@access(Audience.DEVICE)
@without_token
def thing(person: str, doctor: int, name: str) -> ResponseReturnValue:
    """Answer about one event, or change it."""
    whose = calendars.doctor_of(person, doctor)
    shown = device_calendar.find(device(), doctor, name, clinic=clinic_as_it_is(), now=now())
    if request.method == "PUT":
        return _put(doctor, name, shown)
    if shown is None:
        raise NotFound
    if (answer := calendars.unread(things.address(shown), METHODS)) is not None:
        return answer
    if request.method == "PROPFIND":
        return _found(shown)
    if request.method == "REPORT":
        return reports.about(shown, whose, xml.body())
    if request.method == "DELETE":
        return _delete(shown)
    return _move(shown) if request.method == "MOVE" else _read(shown)


def _read(shown: Shown) -> Response:
    response = Response(things.written(shown), content_type=properties.CONTENT)
    response.headers["ETag"] = things.etag(shown)
    response.make_conditional(request)
    return response


def _found(shown: Shown) -> Response:
    body = asked.question()
    asked.deep()
    values = properties.of_object(shown, asked.names(body) or ())
    return xml.multistatus([asked.about(things.address(shown), values, body)])


def _put(doctor: int, name: str, shown: Shown | None) -> Response:
    _check_seen(doctor, name, shown)
    written = _written()
    if shown is None:
        return _keep_free(doctor, name, written)
    if written.uid != things.uid(shown):
        raise xml.precondition(409, CALDAV + "no-uid-conflict")
    device_writing.change(shown, written, device=device(), clinic=clinic_as_it_is(), now=now())
    return xml.nothing(204)  # without an ETag: what was written is not what is kept


def _keep_free(doctor: int, name: str, written: Written) -> Response:
    if things.NAME.fullmatch(name) is None or things.is_ours(name, written.uid):
        raise NotABusyTime
    try:
        device_writing.keep_free(
            doctor, name, written, device=device(), clinic=clinic_as_it_is(), now=now()
        )
    except KnownElsewhere as known:
        raise xml.conflict(things.inside(doctor, known.name or "")) from known
    return xml.nothing(201)


def _written() -> Written:
    """Return the event that a device wrote, or refuse with what is wrong with it."""
    data = request.get_data()
    if len(data) > events.LARGEST:
        raise xml.precondition(403, CALDAV + "max-resource-size")
    if request.mimetype not in ("text/calendar", ""):
        raise xml.precondition(403, CALDAV + "supported-calendar-data")
    try:
        return events.read(data)
    except events.NoEvent as error:
        raise xml.precondition(403, CALDAV + error.wrong) from error


def _delete(shown: Shown) -> Response:
    _check_seen(shown.clinician_id, shown.name, shown)
    device_writing.remove(shown, device=device(), clinic=clinic_as_it_is(), now=now())
    return xml.nothing(204)


def _move(shown: Shown) -> Response:
    """Give an appointment to the doctor into whose calendar it was put, under the same name."""
    _check_seen(shown.clinician_id, shown.name, shown)
    target = things.place_of(request.headers.get("Destination", ""))
    if target is None or target[1] != shown.name or target[0] == shown.clinician_id:
        raise NotABusyTime
    device_writing.move_to(shown, target[0], device=device(), clinic=clinic_as_it_is(), now=now())
    return xml.nothing(201)


def _check_seen(doctor: int, name: str, shown: Shown | None) -> None:
    """Refuse what somebody writes who saw it otherwise, or did not see it at all."""
    etag = None if shown is None else things.etag(shown)
    conditions.check(doctor, things.inside(doctor, name), etag)
    if etag is None:
        if request.if_match:
            raise ChangedMeanwhile
        return
    mark = etag.strip('"')
    if request.if_match and mark not in request.if_match:
        raise ChangedMeanwhile
    if request.if_none_match and mark in request.if_none_match:
        raise ChangedMeanwhile
