"""The clinic's calendars outside: who looks at them by which link."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.clinic import Clinic
from app.domain.refusals import NotYours, Refused
from app.domain.staff import Permission, Staff
from app.domain.subscription import LONGEST_NAME, Source, Subscription
from app.services import subscription as use
from app.web import programs, staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.patient.typed import Mistyped, plain
from app.web.refusals import say, status
from app.web.visitor import clinic

blueprint = Blueprint("calendars", __name__, url_prefix="/calendars")

SAID = ("ended",)
DOCTOR, PLACE = "doctor-", "place-"


@blueprint.get("")
@staff_only(Permission.SEE_DAY)
def calendars() -> ResponseReturnValue:
    """Show who looks at which calendar, and how to let another program do so."""
    return _page()


@blueprint.post("")
@staff_only(Permission.SEE_DAY, proof=True)
def make() -> ResponseReturnValue:
    """Make a link, and show it this once."""
    calendar, typed = request.form.get("calendar", ""), request.form.get("name", "")
    try:
        name = " ".join(plain(typed).split())
        secret = use.make(_source(calendar), name, actor=staff.actor(), now=now())
    except Mistyped as odd:
        return _page(str(odd)), 422
    except NotYours:
        raise
    except Refused as refusal:
        return _page(say(refusal)), status(refusal)
    called = _called(_source(calendar), clinic())
    return render_template(
        "reception/calendars/make.html",
        name=name,
        called=called,
        link=programs.shown(secret, f"{called} ({clinic().name})"),
    )


@blueprint.post("/end")
@staff_only(Permission.SEE_DAY)
def end() -> ResponseReturnValue:
    """End a link."""
    use.end(request.form.get("id", ""), actor=staff.actor(), now=now())
    return redirect(url_for("reception.calendars.calendars", said="ended"), code=303)


def _page(wrong: str | None = None) -> str:
    who, house = staff.actor(), clinic()
    said = request.args.get("said")
    return render_template(
        "reception/calendars/calendars.html",
        links=[(one, _called(one.source, house), _used(one)) for one in use.listing(who)],
        moment=lambda instant: when.day(instant, house.zone, language()),
        choices=_choices(who, house),
        calendar=request.form.get("calendar", ""),
        name=request.form.get("name", ""),
        longest=LONGEST_NAME,
        programs=programs.PROGRAMS,
        wrong=wrong,
        said=said if said in SAID else None,
    )


def _used(one: Subscription) -> str | None:
    return when.spelled(one.used_on, language()) if one.used_on else None


def _choices(who: Staff, house: Clinic) -> list[tuple[str, str]]:
    """Return the calendars that somebody may see, one's own first."""
    doctors = [one for one in house.clinicians.values() if one.active and who.sees(one.id)]
    doctors.sort(key=lambda one: one.id != who.clinician_id)
    places = [one for one in house.locations.values() if one.active and _sees_all(who, one.id)]
    return [(f"{DOCTOR}{one.id}", one.name) for one in doctors] + [
        (f"{PLACE}{one.id}", one.name) for one in places
    ]


def _sees_all(who: Staff, location_id: int) -> bool:
    return Source(location_id=location_id).seen_by(who)


def _source(value: str) -> Source:
    """Read which calendar is meant; raises NotYours for one of nobody's."""
    kind, number = value.rpartition("-")[::2]
    known = {f"{one}": one for one in (*clinic().clinicians, *clinic().locations)}
    if number not in known or f"{kind}-" not in (DOCTOR, PLACE):
        raise NotYours
    if f"{kind}-" == DOCTOR:
        return Source(clinician_id=known[number])
    return Source(location_id=known[number])


def _called(source: Source, house: Clinic) -> str:
    if source.clinician_id is not None:
        return house.clinicians[source.clinician_id].name
    return house.locations[source.location_id or 0].name
