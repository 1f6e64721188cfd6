"""Where programs look for calendars when they know nothing but the clinic's name (RFC 6764)."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.web.access import Audience, access
from app.web.dav import things, xml

blueprint = Blueprint("well_known", __name__)


@blueprint.route(
    "/.well-known/caldav",
    methods=["GET", "HEAD", "PROPFIND", "OPTIONS"],
    provide_automatic_options=False,
    strict_slashes=False,
)
@access(Audience.PUBLIC)
def caldav() -> ResponseReturnValue:
    """Lead to where calendars are, with the same question: 307 keeps its method."""
    answer = xml.nothing(307)
    answer.location = things.ROOT
    return answer
