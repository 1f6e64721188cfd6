"""Moving an appointment at the desk: the next free times, or a time that somebody names."""

from datetime import date, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.appointment import Appointment, Wish
from app.domain.clinic import Clinic
from app.domain.refusals import ChangedMeanwhile, NotOffered, NotYours, Refused, SlotTaken
from app.domain.staff import Permission
from app.services import attending, desk_booking, desk_moving
from app.services.offer import Search
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.patient import wishes
from app.web.patient.said import Said
from app.web.reception import chronicle, times
from app.web.reception.day import day_of, known, today
from app.web.refusals import status
from app.web.sent import revision
from app.web.visitor import clinic

blueprint = Blueprint("move", __name__, url_prefix="/appointment/<reference>")

LIST, ALL = "rehouse", "all"  # in the address: which closure's list, or that of everybody


@blueprint.route("/move", methods=["GET", "POST"])
@staff_only(Permission.RUN_DAY)
def move(reference: str) -> ResponseReturnValue:
    """Offer other times, and move."""
    if request.method != "POST":
        return _page(reference)
    about = attending.find(reference, staff.actor())
    try:
        wish = _wish(about, clinic())
        desk_moving.move(
            reference,
            wish,
            overlap=request.form.get("overlap") or None,
            revision=revision(),
            actor=staff.actor(),
            clinic=clinic(),
            now=now(),
        )
    except NotYours:
        raise
    except Refused as refusal:
        return _page(reference, refusal)
    return redirect(_there(reference, done="moved"), code=303)


def _listed() -> str:
    """Return the list of those who lost their time that somebody came from, if it was one."""
    typed = request.values.get(LIST, "")[:10]
    return typed if typed == ALL or (typed.isascii() and typed.isdigit()) else ""


def _there(reference: str, done: str | None = None) -> str:
    """Return where somebody goes on: their place on that list, or the appointment."""
    if not (listed := _listed()):
        return url_for("reception.appointment.appointment", reference=reference, done=done)
    closure = None if listed == ALL else listed
    return url_for("reception.rehouse.rehouse", closure=closure, _anchor=f"r-{reference}")


def _wish(about: Appointment, house: Clinic) -> Wish:
    """Read the button that was pressed, or the day, time, doctor and place that were named."""
    if "slot" in request.form:
        return wishes.asked(request.form)
    form = request.form
    on, clock = day_of(form.get("date", "")), times.clock(form.get("time", ""))
    clinician_id = known(form.get("doctor"), house.clinicians)
    location_id = known(form.get("place"), house.locations)
    if on is None or clock is None or clinician_id is None or location_id is None:
        raise NotOffered
    zone = times.zone_of(form.get("clock"), house.locations[location_id].zone, house)
    return Wish(
        visit_type_id=about.wish.visit_type_id,
        clinician_id=clinician_id,
        location_id=location_id,
        video=about.wish.video,
        start=datetime.combine(on, clock, zone),
    )


def _page(reference: str, refusal: Refused | None = None) -> ResponseReturnValue:
    house, actor = clinic(), staff.actor()
    about = attending.find(reference, actor)
    given = request.form if request.method == "POST" else request.args
    doctors = [
        one
        for one in house.clinicians.values()
        if one.active and actor.sees(one.id) and about.wish.visit_type_id in one.visit_type_ids
    ]
    place = house.locations[about.wish.location_id]
    first = day_of(given.get("date", "")) or today()
    doctor = known(given.get("doctor"), house.clinicians) or about.wish.clinician_id
    page = render_template(
        "reception/move/move.html",
        about=about,
        doctors=doctors,
        doctor=doctor,
        first=first,
        clock=given.get("time", "")[:8],
        place_id=known(given.get("place"), house.locations) or place.id,
        overlap=given.get("overlap"),
        overlaps=chronicle.OVERLAPS,
        moment=when.day_and_clock(about.interval.start, place.zone, language(), named=True),
        days=_free(about, doctor, first, house),
        taken=isinstance(refusal, SlotTaken),
        since=_since(about, house) if isinstance(refusal, ChangedMeanwhile) else None,
        refusal=Said.of(refusal),
        listed=_listed(),
        back=_there(reference),
    )
    return page, status(refusal)


def _since(about: Appointment, house: Clinic) -> str | None:
    seen = attending.see(about.reference, actor=staff.actor(), clinic=house, now=now())
    return chronicle.since_seen(seen.journal, seen.names, house, language())


def _free(about: Appointment, doctor: int, first: date, house: Clinic) -> list[times.Day]:
    search = Search(
        visit_type_id=about.wish.visit_type_id,
        video=about.wish.video,
        clinician_id=doctor,
        from_day=first,
    )
    offer = desk_booking.free_times(
        search, moving=about, actor=staff.actor(), clinic=house, now=now()
    )
    return times.days(offer.days, house)
