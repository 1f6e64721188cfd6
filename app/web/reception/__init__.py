"""What people who work at the clinic see: one module a room, one blueprint a module."""

from flask import Blueprint

from app.domain.refusals import Refused
from app.web.reception import (
    appointment,
    brief,
    cards,
    closures,
    day,
    door,
    export,
    factor,
    find,
    hours,
    join,
    me,
    move,
    new,
    proposal,
    rehouse,
    sheet,
    sign_in,
    team,
)

blueprint = Blueprint("reception", __name__, url_prefix="/staff")
ROOMS = (
    sign_in,
    join,
    factor,
    me,
    day,
    sheet,
    find,
    appointment,
    brief,
    cards,
    export,
    move,
    hours,
    closures,
    new,
    proposal,
    rehouse,
    team,
)
for room in ROOMS:
    blueprint.register_blueprint(room.blueprint)
blueprint.before_request(door.keep)
blueprint.context_processor(door.frame)
blueprint.register_error_handler(Refused, door.refused)
