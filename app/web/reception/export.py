"""Taking out what a search, a day or a week shows, as a file."""

from flask import Blueprint, Response, current_app, request

from app.domain.appointment import Appointment
from app.domain.refusals import NotYours
from app.domain.staff import Permission
from app.services import exporting
from app.settings import Settings
from app.web import exports, staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.download import download
from app.web.reception import find
from app.web.reception.day import day_of, known
from app.web.visitor import clinic

blueprint = Blueprint("export", __name__)

KINDS = {"csv": "text/csv; charset=utf-8", "ics": "text/calendar; charset=utf-8; method=PUBLISH"}


@blueprint.post("/export")
@staff_only(Permission.EXPORT, proof=True)
def export() -> Response:
    """Give the file."""
    kind = request.form.get("kind", "")
    if kind not in KINDS:
        raise NotYours
    found = _found(kind)
    if kind == "csv":
        body = exports.table(found, clinic())
    else:
        settings: Settings = current_app.extensions["settings"]
        body = exports.calendar(found, clinic(), host=clinic().host(settings.host))
    return download(body, f"appointments.{kind}", KINDS[kind])


def _found(kind: str) -> list[Appointment]:
    """Return what the page showed from which somebody asks; NotYours for a form of nobody's."""
    form, house, actor = request.form, clinic(), staff.actor()
    if "q" in form:
        said = form["q"]
        return exporting.of_search(
            said, find.wanted(said), kind=kind, actor=actor, clinic=house, now=now()
        )
    on = day_of(form.get("date", ""))
    if on is None:
        raise NotYours
    if "doctor" in form:
        doctor = known(form["doctor"], house.clinicians) or 0
        return exporting.of_week(on, doctor, kind=kind, actor=actor, clinic=house, now=now())
    place = known(form.get("place"), house.locations)
    return exporting.of_day(on, location_id=place, kind=kind, actor=actor, clinic=house, now=now())
