"""Larger text: one press, and the same page again."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from app.web import comfort
from app.web.access import Audience, access
from app.web.again import back_to
from app.web.csrf import without_token
from app.web.places import page_at

blueprint = Blueprint("comfort", __name__)


@blueprint.post("/comfort")
@without_token
@access(Audience.PUBLIC)
def choose() -> ResponseReturnValue:
    """Keep the size of the text for this session, and go back to the page it was chosen on."""
    if not comfort.choose(request.values.get("text", "")):
        abort(400)
    return back_to(page_at(request.values.get("to", "")))
