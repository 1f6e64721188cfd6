"""The front page: three ways in."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.refusals import SafetyCheckNeeded
from app.web.access import Audience, access
from app.web.refusals import say

blueprint = Blueprint("start", __name__)

SAID = ("given_back", "left")


@blueprint.get("/")
@access(Audience.PUBLIC)
def start() -> ResponseReturnValue:
    """Say what this is, how long it takes, and where to begin."""
    said = request.args.get("said")
    return render_template(
        "patient/start/start.html",
        said=said if said in SAID else None,
        again=say(SafetyCheckNeeded()) if "again" in request.args else None,
    )
