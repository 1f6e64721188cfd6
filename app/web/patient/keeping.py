"""Keeping a chosen time longer, or giving it back."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.refusals import HoldAtLimit, HoldClosed, NothingHeld
from app.services import hold
from app.web.access import Audience, access
from app.web.again import back_to
from app.web.clock import now
from app.web.patient import draft
from app.web.patient.leaving import gone
from app.web.visitor import needed_visit

BACK = {
    "choose_time": "patient.booking.choose_time",
    "details": "patient.booking.details",
    "review": "patient.booking.review",
}


def add_to(blueprint: Blueprint) -> None:
    """Give the booking's room what can be done with its kept time."""
    blueprint.add_url_rule("/hold/extend", view_func=extend, methods=["POST"])
    blueprint.add_url_rule("/hold/release", view_func=release, methods=["POST"])


@access(Audience.VISITOR)
def extend() -> ResponseReturnValue:
    """Keep the time longer, and go back to where the person was."""
    back, reference = (request.values.get(name, "") for name in ("back", "reference"))
    if request.args:  # the details came along
        draft.keep()
    try:
        hold.extend(needed_visit(), now=now())
    except (NothingHeld, HoldClosed) as refusal:
        return redirect(url_for(".choose_time", said=refusal.code), code=303)
    except HoldAtLimit:
        pass  # the page says until when, and has no button any more
    if back == "confirm_move" and reference:
        return redirect(url_for("patient.appointment.confirm_move", reference=reference), code=303)
    return back_to(url_for(BACK.get(back, BACK["details"])))


@access(Audience.VISITOR)
def release() -> ResponseReturnValue:
    """Give the time back, so that somebody else can have it, and leave nothing that was typed."""
    return gone("given_back")
