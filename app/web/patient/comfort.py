"""Larger text: one press, and the same page again."""

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from app.web import comfort
from app.web.access import Audience, access
from app.web.csrf import without_token
from app.web.places import page_at

blueprint = Blueprint("comfort", __name__)


@blueprint.post("/comfort")
@without_token
@access(Audience.PUBLIC)
def choose() -> ResponseReturnValue:
    """Keep the size of the text for this session, and go back to the page it was chosen on."""
    if not comfort.choose(request.form.get("text", "")):
        abort(400)
    return redirect(page_at(request.form.get("to", "")), code=303)
