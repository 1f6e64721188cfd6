"""Moving an appointment: another time from the same list; the old one stays until then."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.refusals import (
    DayNearlyFull,
    HoldClosed,
    HoldEnded,
    NothingHeld,
    NotOffered,
    Refused,
    SlotTaken,
    TooManyHolds,
)
from app.services import appointment, hold, moving, offer
from app.services.appointment import View
from app.services.offer import Search
from app.web.access import Audience, access
from app.web.clock import now
from app.web.network import exempt
from app.web.patient import times, wishes
from app.web.patient.cards import card
from app.web.patient.held import held
from app.web.patient.said import Said
from app.web.refusals import status
from app.web.visitor import actor, clinic, forget_visit, needed_visit

PAGE = "patient.appointment.move"
OTHERS_OFFERED = (SlotTaken, NotOffered, HoldEnded, TooManyHolds, DayNearlyFull, NothingHeld)


def add_to(blueprint: Blueprint) -> None:
    """Give the appointment's room its pages for moving."""
    address = "/appointment/<reference>/move"
    blueprint.add_url_rule(address, view_func=move, methods=["GET"])
    blueprint.add_url_rule(address, view_func=keep_new_time, methods=["POST"])
    blueprint.add_url_rule(f"{address}/confirm", view_func=confirm_move, methods=["GET"])
    blueprint.add_url_rule(f"{address}/confirm", view_func=move_now, methods=["POST"])


@access(Audience.HOLDER)
def move(reference: str) -> ResponseReturnValue:
    """Show what is free for this visit."""
    view = _find(reference)
    if not view.changeable:
        return redirect(url_for("patient.appointment.manage", reference=reference), code=303)
    return _times(view)


@access(Audience.HOLDER)
def keep_new_time(reference: str) -> ResponseReturnValue:
    """Keep the new time; the old one stays as it is."""
    try:
        moving.take(
            reference,
            wishes.asked(request.form),
            actor=actor(),
            visit=needed_visit(),
            clinic=clinic(),
            exempt=exempt(),
            now=now(),
        )
    except OTHERS_OFFERED as refusal:
        forget_visit()
        return _times(_find(reference), refusal), status(refusal)
    return redirect(url_for("patient.appointment.confirm_move", reference=reference), code=303)


@access(Audience.HOLDER)
def confirm_move(reference: str) -> ResponseReturnValue:
    """Show the old time beside the new one."""
    view, kept = _find(reference), needed_visit().hold
    if kept is None or kept.moves_id != view.appointment.id:
        return redirect(url_for(PAGE, reference=reference), code=303)
    return render_template(
        "patient/appointment/confirm_move.html",
        view=view,
        card=card(view, clinic(), named=False),
        held=held(kept, back="confirm_move", reference=reference),
        slot=wishes.slot(kept.wish),
    )


@access(Audience.HOLDER)
def move_now(reference: str) -> ResponseReturnValue:
    """Move to the kept time; pressing twice moves once."""
    try:
        moving.move(
            reference,
            wishes.asked(request.form),
            actor=actor(),
            visit=needed_visit(),
            clinic=clinic(),
            now=now(),
        )
    except HoldClosed as refusal:
        return _near_closed(reference, refusal), status(refusal)
    except OTHERS_OFFERED as refusal:
        forget_visit()
        return _times(_find(reference), refusal), status(refusal)
    return redirect(
        url_for("patient.appointment.manage", reference=reference, done="moved"), code=303
    )


def _find(reference: str) -> View:
    return appointment.find(reference, actor=actor(), clinic=clinic(), now=now())


def _near_closed(reference: str, refusal: HoldClosed) -> str:
    """Give up a time that was closed, and offer what is free near it; the old one stays."""
    visit = needed_visit()
    hold.release(visit)
    forget_visit()
    search = wishes.near(visit.hold.wish, clinic()) if visit.hold else None
    return _times(_find(reference), refusal, search)


def _times(view: View, refusal: Refused | None = None, search: Search | None = None) -> str:
    reference, shown = view.appointment.reference, clinic()
    types = [shown.visit_types[view.appointment.wish.visit_type_id]]
    search = search or wishes.search(request.args, types, shown)
    found = offer.find(search, shown, moving=view.appointment, now=now())
    return render_template(
        "patient/appointment/move.html",
        card=card(view, shown, named=False),
        shown=times.shown(found, types, shown, page=PAGE, reference=reference),
        clock=times.clock_there(found, shown, now()),
        refusal=Said.of(refusal),
        action=url_for(PAGE, reference=reference),
        reference=reference,
    )
