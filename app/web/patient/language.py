"""Reading in another language: one press, and the same page again."""

from flask import Blueprint, abort, request, session
from flask.typing import ResponseReturnValue
from flask_babel import refresh

from app.web import languages
from app.web.access import Audience, access
from app.web.again import back_to
from app.web.csrf import without_token
from app.web.patient.reader import go_on_in_this_language
from app.web.places import page_at

blueprint = Blueprint("language", __name__)


@blueprint.post("/language")
@without_token
@access(Audience.PUBLIC)
def choose() -> ResponseReturnValue:
    """Keep the language for this session, and go back to the page it was chosen on."""
    language = request.args.get("into", request.form.get("language"))
    if language not in languages.offered():
        abort(400)
    left = languages.current()
    session[languages.CHOSEN] = language
    refresh()
    go_on_in_this_language()
    return back_to(page_at(request.values.get("to", ""), language=language), left=left)
