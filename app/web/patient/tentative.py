"""One more step while very many book: the link in the mail, and a press on its page."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.refusals import (
    AlreadyCancelled,
    AlreadyOver,
    HoldClosed,
    HoldEnded,
    NotConfirmed,
    Refused,
    TooManyAppointments,
)
from app.services import appointment, confirming
from app.services.appointment import View
from app.web.access import Audience, access
from app.web.clock import now
from app.web.layout import language
from app.web.patient.cards import card
from app.web.patient.said import Said
from app.web.refusals import status
from app.web.visitor import actor, clinic, visit


def add_to(blueprint: Blueprint) -> None:
    """Give the appointment's room its pages for what is not confirmed yet."""
    waiting, asked = "/appointment/<reference>/tentative", "/appointment/<reference>/confirm"
    blueprint.add_url_rule(waiting, view_func=tentative, methods=["GET"])
    blueprint.add_url_rule(waiting, view_func=send_again, methods=["POST"])
    blueprint.add_url_rule(asked, view_func=confirm, methods=["GET"])
    blueprint.add_url_rule(asked, view_func=confirm_now, methods=["POST"])


@access(Audience.HOLDER)
def tentative(reference: str) -> ResponseReturnValue:
    """Send the person to their mail: that it is theirs shows by its link."""
    view = _find(reference)
    if not view.tentative:
        return redirect(url_for("patient.appointment.manage", reference=reference), code=303)
    known = visit()
    person = known.person if known else None
    return render_template(
        "patient/appointment/tentative.html",
        card=card(view, clinic(), named=False),
        email=person.email if person and person == view.appointment.person else None,
        until=_until(view),
        sent=request.args.get("said") == "sent",
    )


@access(Audience.HOLDER)
def send_again(reference: str) -> ResponseReturnValue:
    """Send the link once more."""
    confirming.send_again(reference, actor=actor(), now=now())
    return redirect(
        url_for("patient.appointment.tentative", reference=reference, said="sent"), code=303
    )


@access(Audience.HOLDER)
def confirm(reference: str) -> ResponseReturnValue:
    """Ask whoever opened the link for their yes, or say that the time came free."""
    view, who = _find(reference), actor()
    if not (view.tentative or view.lapsed):
        return redirect(url_for("patient.appointment.manage", reference=reference), code=303)
    if view.tentative and view.appointment.id not in who.by_link:
        return redirect(url_for("patient.appointment.tentative", reference=reference), code=303)
    return _confirm(view)


@access(Audience.HOLDER)
def confirm_now(reference: str) -> ResponseReturnValue:
    """Confirm; pressing twice confirms once."""
    try:
        confirming.confirm(reference, actor=actor(), clinic=clinic(), now=now())
    except (AlreadyCancelled, NotConfirmed):
        return redirect(url_for("patient.appointment.confirm", reference=reference), code=303)
    except (AlreadyOver, HoldEnded, HoldClosed, TooManyAppointments) as refusal:
        return _confirm(_find(reference), refusal), status(refusal)
    return redirect(url_for("patient.appointment.booked", reference=reference), code=303)


def _find(reference: str) -> View:
    return appointment.find(reference, actor=actor(), clinic=clinic(), now=now())


def _confirm(view: View, refusal: Refused | None = None) -> str:
    return render_template(
        "patient/appointment/confirm.html",
        card=card(view, clinic(), named=False),
        gone=view.lapsed or isinstance(refusal, HoldEnded),
        closed=isinstance(refusal, HoldClosed),
        until=_until(view),
        refusal=Said.of(refusal),
    )


def _until(view: View) -> str | None:
    """Say until when the time is kept, unless that has passed."""
    until = view.appointment.hold_until
    if until is None or until <= now():
        return None
    zone = clinic().locations[view.appointment.wish.location_id].zone
    return when.clock(until, zone, language(), named=clinic().clocks_differ)
