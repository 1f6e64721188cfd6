"""The front page: three ways in."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.content import library
from app.domain.refusals import SafetyCheckNeeded
from app.web.access import Audience, access
from app.web.guide import copy
from app.web.patient import draft
from app.web.refusals import say
from app.web.sent import just_done

blueprint = Blueprint("start", __name__)

SAID = ("given_back", "left")
BOOKING = 3  # minutes to choose a time and say who comes


@blueprint.get("/")
@access(Audience.PUBLIC)
def start() -> ResponseReturnValue:
    """Say what this is, how long it takes, and where to begin."""
    return render_template(
        "patient/start/start.html",
        said=just_done(SAID),
        again=say(SafetyCheckNeeded()) if "again" in request.args else None,
        typed=draft.waits(),
        minutes=_minutes,
    )


def _minutes(*, with_primer: bool) -> int:
    """Say how long a way takes: to the minute when it is short, else to five."""
    whole = round(library.minutes(copy(), with_primer=with_primer) + BOOKING)
    return whole if whole < 10 else 5 * round(whole / 5)
