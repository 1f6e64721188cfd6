"""A no of somebody's calendar: whether it was meant is theirs to say."""

from contextlib import suppress

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.domain.refusals import ChangedMeanwhile
from app.services import declined
from app.services.appointment import View
from app.web.access import Audience, access
from app.web.clock import now
from app.web.visitor import actor


def add_to(blueprint: Blueprint) -> None:
    """Add the one address of this to the room of appointments."""
    blueprint.add_url_rule(
        "/appointment/<reference>/coming", view_func=coming, methods=["POST"]
    )  # fmt: skip


@access(Audience.HOLDER)
def coming(reference: str) -> ResponseReturnValue:
    """Keep an appointment that their calendar declined; pressing twice is pressing once."""
    with suppress(ChangedMeanwhile):  # then the page shows how it stands
        declined.come_after_all(reference, actor=actor(), now=now())
    address = url_for("patient.appointment.manage", reference=reference, done="coming")
    return redirect(address, code=303)


def stands(view: View) -> bool:
    """Say whether the last word of their calendar is a no."""
    return not view.over and declined.standing_no(view.appointment) is not None
