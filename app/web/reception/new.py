"""A new appointment at the desk: one page for a caller, from the time to who comes."""

import secrets
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.alike import Alike, LooksKnown
from app.domain.finding import Found
from app.domain.refusals import NothingOffered, Refused, SlotTaken
from app.domain.staff import Permission
from app.services import attending, desk_booking, finding
from app.services.desk_booking import Call
from app.services.offer import Offer
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.patient.said import Said
from app.web.reception import find, times
from app.web.reception.day import day_of, known, today
from app.web.reception.new_form import ALOUD, NewForm
from app.web.refusals import status
from app.web.visitor import clinic

blueprint = Blueprint("new", __name__, url_prefix="/new")

FEW = 6  # people
FEW_DAYS = 2  # of all doctors
KEY = 16  # bytes
LATER = "later:"  # before a day, in what was pressed


@blueprint.route("", methods=["GET", "POST"])
@staff_only(Permission.RUN_DAY)
def new() -> ResponseReturnValue:
    """Show what is free, find who calls, and book."""
    form = _form()
    try:
        return _pressed(form) if request.method == "POST" else _opened(form)
    except Refused as refusal:
        return _page(form, refusal=refusal), status(refusal)


def _form() -> NewForm:
    if not any(one.active for one in clinic().visit_types.values()):
        raise NothingOffered
    typed = request.form if request.method == "POST" else None
    form = NewForm(typed, house=clinic(), actor=staff.actor(), today=today())
    form.key.data = (form.key.data or "")[: 2 * KEY] or secrets.token_urlsafe(KEY)
    return form


def _opened(form: NewForm) -> ResponseReturnValue:
    """Begin with what the address names: a place on the board, or somebody known."""
    args, house = request.args, clinic()
    form.doctor.data = args.get("doctor", "")
    form.first.data = args.get("date", "")
    start = _instant(form.doctor_id)
    if start is not None and form.doctor_id is not None:
        there = known(args.get("place"), house.locations)
        there = there or desk_booking.place_at(form.doctor_id, start, house)
        form.name_time(start, there or next(iter(house.locations)))
    if args.get("again"):
        _take(form, args["again"])
    return _page(form)


def _instant(doctor_id: int | None) -> datetime | None:
    """Return the instant that was pressed on a board, on the board's clock."""
    args, house = request.args, clinic()
    on, clock = day_of(args.get("date", "")), times.clock(args.get("time", ""))
    if on is None or clock is None or doctor_id is None:
        return None
    place = known(args.get("place"), house.locations)
    zone = house.locations[place].zone if place else house.zone
    return datetime.combine(on, clock, times.zone_of(args.get("clock"), zone, house))


def _take(form: NewForm, reference: str) -> None:
    """Fill in who somebody is; that they were looked at is written down."""
    seen = attending.see(reference, actor=staff.actor(), clinic=clinic(), now=now())
    form.take(seen.appointment.person, seen.appointment.needs)


def _pressed(form: NewForm) -> ResponseReturnValue:
    """Do what the pressed button says; the main one books."""
    if reference := request.form.get("known"):
        _take(form, reference)
        return _page(form)
    act = request.form.get("act", "")
    if act.startswith(LATER):
        form.first.data = act.removeprefix(LATER)[:10]
    if act == "look":
        return _page(form, found=_known(request.form.get("said") or form.said))
    if act:
        return _page(form)
    if not form.validate() or form.wish is None:
        return _page(form), 422
    call = Call(
        key=form.key.data,
        wish=form.wish,
        person=form.person,
        needs=tuple(form.needs.data),
        overlap=form.overlap.data or None,
        aware=frozenset(request.form.getlist("aware")),
    )
    reference = desk_booking.book(call, actor=staff.actor(), clinic=clinic(), now=now())
    if form.needs_guide and form.guide.data == ALOUD:
        return redirect(url_for("reception.aloud.first", reference=reference), code=303)
    return redirect(
        url_for("reception.appointment.appointment", reference=reference, done="booked"), code=303
    )


def _known(said: str) -> list[Found]:
    found, _more = finding.find(
        said, find.wanted(said), actor=staff.actor(), clinic=clinic(), now=now()
    )
    return found[:FEW]


def _page(
    form: NewForm, *, refusal: Refused | None = None, found: list[Found] | None = None
) -> str:
    alike = refusal.alike if isinstance(refusal, LooksKnown) else ()
    offer = _offer(form)
    shown = offer.days if form.doctor_id else offer.days[:FEW_DAYS]
    after = offer.days[len(shown)].day if shown != offer.days else offer.later
    return render_template(
        "reception/new/new.html",
        form=form,
        days=times.days(shown, clinic()),
        later=after,
        taken=isinstance(refusal, SlotTaken),
        alike=[_said(one) for one in alike[:FEW]],
        more=len(alike[FEW:]),
        aware=sorted({*request.form.getlist("aware"), *(one.key for one in alike)}),
        found=found,
        refusal=Said.of(refusal),
    )


def _offer(form: NewForm) -> Offer:
    return desk_booking.free_times(form.search, actor=staff.actor(), clinic=clinic(), now=now())


def _said(one: Alike) -> dict[str, object]:
    return {"why": one.why, "person": one.found, "hit": find.hit(one.found, clinic())}
