"""The waiting list, as a patient sees it: asked for, changed, and left again."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.refusals import PhoneOnly, Refused
from app.domain.waiting import TooManyWaiting, Waiting
from app.services import appointment, visitor, waiting
from app.services.appointment import View
from app.storage.models import Status
from app.storage.visitors import Visit
from app.web import told
from app.web.access import Audience, access
from app.web.again import only_shown, shows_again
from app.web.clock import now
from app.web.layout import language
from app.web.network import exempt
from app.web.patient.booking import bookable_types
from app.web.patient.cards import card
from app.web.patient.said import Said
from app.web.patient.waiting_form import PlaceForm, WishesForm
from app.web.refusals import status
from app.web.visitor import actor, clinic, needed_visit, visit

blueprint = Blueprint("waiting", __name__)


@blueprint.route("/waiting", methods=["GET", "POST"])
@shows_again
@access(Audience.VISITOR)
def join() -> ResponseReturnValue:
    """Ask what would suit somebody who found no time, and who they are."""
    known = needed_visit()
    visitor.check_safety(known, now=now())
    form = _place_form(known)
    if request.method != "POST" or only_shown():
        return _join(form)
    if not form.validate():
        return _join(form), 422
    try:
        waiting.join(
            form.person(), form.wishes(), visit=known, told=told.points(known), clinic=clinic(),
            exempt=exempt(), now=now(),
        )  # fmt: skip
    except (TooManyWaiting, PhoneOnly) as refusal:
        return _join(form, refusal), status(refusal)
    return redirect(url_for(".joined"), code=303)


@blueprint.get("/waiting/joined")
@access(Audience.VISITOR)
def joined() -> ResponseReturnValue:
    """Say that they are on the list, and what happens then."""
    needed_visit()
    return render_template("patient/waiting/joined.html", hours=clinic().offer_hours)


@blueprint.route("/appointment/<reference>/earlier", methods=["GET", "POST"])
@shows_again
@access(Audience.HOLDER)
def earlier(reference: str) -> ResponseReturnValue:
    """Ask which earlier times would suit somebody who has an appointment."""
    view = appointment.find(reference, actor=actor(), clinic=clinic(), now=now())
    if view.appointment.status != Status.BOOKED or view.over:
        return redirect(url_for("patient.appointment.manage", reference=reference), code=303)
    known = waiting.of_mine(reference, actor=actor())
    wish, house = view.appointment.wish, clinic()
    form = WishesForm.of(wish, known, house, house.day_at(now()))
    if request.method != "POST" or only_shown():
        return _earlier(view, form, known)
    if not form.validate():
        return _earlier(view, form, known), 422
    waiting.ask_for_earlier(reference, form.wishes(), actor=actor(), clinic=clinic(), now=now())
    there = url_for("patient.appointment.manage", reference=reference, done="waiting")
    return redirect(there, code=303)


@blueprint.post("/appointment/<reference>/earlier/leave")
@access(Audience.HOLDER)
def leave(reference: str) -> ResponseReturnValue:
    """Take them off the list; pressing twice takes them off once."""
    waiting.leave(reference, actor=actor(), now=now())
    there = url_for("patient.appointment.manage", reference=reference, done="not_waiting")
    return redirect(there, code=303)


@blueprint.post("/offer/<proposal_id>/leave")
@access(Audience.HOLDER)
def leave_by_offer(proposal_id: str) -> ResponseReturnValue:
    """Do the same from the page of an offer."""
    waiting.leave_by_offer(proposal_id, visit=visit(), now=now())
    return redirect(url_for("patient.proposal.proposal", proposal_id=proposal_id), code=303)


def _place_form(known: Visit) -> PlaceForm:
    types = bookable_types(known)
    asked = next((one for one in types if one.slug == request.args.get("visit")), types[0])
    house = clinic()
    return PlaceForm(
        request.form if request.method == "POST" else None,
        clinic=house,
        types=types,
        today=house.day_at(now()),
        language=language(),
        country=house.country,
        mail_needed=True,
        visit=asked.slug,
    )


def _join(form: PlaceForm, refusal: Refused | None = None) -> str:
    return render_template(
        "patient/waiting/join.html",
        form=form,
        refusal=Said.of(refusal),
        hours=clinic().offer_hours,
    )


def _earlier(view: View, form: WishesForm, known: Waiting | None) -> str:
    house = clinic()
    return render_template(
        "patient/waiting/earlier.html",
        card=card(view, house, named=False),
        form=form,
        since=when.day(known.since, house.zone, language(), year=False) if known else None,
        hours=house.offer_hours,
    )
