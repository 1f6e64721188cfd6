"""A person's calendars as a device finds them: where it begins, what there is, what is in it."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from app.domain.clinic import Clinician
from app.services import device_calendar
from app.web.access import Audience, access
from app.web.clock import now
from app.web.dav import asked, door, principals, properties, reports, things, xml
from app.web.dav.door import device
from app.web.visitor import clinic_as_it_is

blueprint = Blueprint("calendars", __name__)

ASKED = ["PROPFIND", "PROPPATCH", "OPTIONS", "REPORT"]
CLASSES = "1, 3, calendar-access"


@blueprint.route("/", methods=ASKED, provide_automatic_options=False, strict_slashes=False)
@access(Audience.DEVICE)
def root() -> ResponseReturnValue:
    """Say whose device asks."""
    if (answer := unread(things.ROOT, ASKED)) is not None:
        return answer
    if request.method == "REPORT":
        return principals.answer(things.ROOT, properties.of_root(), xml.body())
    body = asked.question()
    responses = [asked.about(things.ROOT, properties.of_root(), body)]
    if asked.deep():
        responses.append(asked.about(things.home(), properties.of_home(), body))
    return xml.multistatus(responses)


@blueprint.route("/<person>/", methods=ASKED, provide_automatic_options=False, strict_slashes=False)
@access(Audience.DEVICE)
def home(person: str) -> ResponseReturnValue:
    """Say who somebody is, and which calendars they may see."""
    door.check_person(person)
    if (answer := unread(things.home(), ASKED)) is not None:
        return answer
    if request.method == "REPORT":
        return principals.answer(things.home(), properties.of_home(), xml.body())
    body = asked.question()
    responses = [asked.about(things.home(), properties.of_home(), body)]
    if asked.deep():
        clinic = clinic_as_it_is()
        tokens = device_calendar.tokens(device(), clinic, now=now())
        responses += [
            asked.about(things.calendar(one.id), properties.of_calendar(one, tokens[one.id]), body)
            for one in device_calendar.calendars(device(), clinic)
        ]
    return xml.multistatus(responses)


@blueprint.route(
    "/<person>/<int:doctor>/", methods=ASKED, provide_automatic_options=False, strict_slashes=False
)
@access(Audience.DEVICE)
def calendar(person: str, doctor: int) -> ResponseReturnValue:
    """Say what a doctor's calendar is, and what is in it."""
    whose = doctor_of(person, doctor)
    path = things.calendar(doctor)
    if (answer := unread(path, ASKED)) is not None:
        return answer
    clinic = clinic_as_it_is()
    if request.method == "REPORT":
        return reports.answer(whose, xml.body())
    body = asked.question()
    token = device_calendar.token(device(), doctor, clinic, now=now())
    responses = [asked.about(path, properties.of_calendar(whose, token), body)]
    if asked.deep():
        names = asked.names(body) or ()
        inside = device_calendar.listing(device(), doctor, clinic=clinic, now=now())
        responses += [
            asked.about(things.address(one), properties.of_object(one, names), body)
            for one in inside
        ]
    return xml.multistatus(responses)


def doctor_of(person: str, doctor: int) -> Clinician:
    """Return whose calendar an address means, if it is the device's to see."""
    door.check_person(person)
    clinic = clinic_as_it_is()
    device_calendar.check(device(), doctor, clinic)
    return clinic.clinicians[doctor]


def unread(path: str, methods: list[str]) -> Response | None:
    """Answer what asks nothing of an address: what is possible there, and what never changes."""
    if request.method == "OPTIONS":
        answer = xml.nothing(200)
        answer.headers.update({"DAV": CLASSES, "Allow": ", ".join(methods)})
        return answer
    if request.method == "PROPPATCH":
        return xml.multistatus([xml.protected(path, asked.changed(xml.body()))])
    return None
