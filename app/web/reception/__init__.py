"""What people who work at the clinic see: one module a room, one blueprint a module."""

from flask import Blueprint

from app.domain.refusals import Refused
from app.web.reception import (
    aloud,
    appointment,
    brief,
    cards,
    clinic,
    closures,
    day,
    doctors,
    door,
    export,
    factor,
    figures,
    find,
    guide,
    handover,
    holidays,
    hours,
    join,
    journal,
    me,
    move,
    new,
    places,
    proposal,
    rehouse,
    settings,
    settle,
    sheet,
    sign_in,
    team,
    unread,
    visit_types,
    waiting,
    waiting_put,
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
    figures,
    handover,
    move,
    hours,
    closures,
    holidays,
    new,
    aloud,
    proposal,
    settle,
    rehouse,
    waiting_put,
    waiting,
    team,
    journal,
    settings,
    clinic,
    visit_types,
    doctors,
    places,
    guide,
    unread,
)
for room in ROOMS:
    blueprint.register_blueprint(room.blueprint)
blueprint.before_request(door.keep)
blueprint.context_processor(door.frame)
blueprint.register_error_handler(Refused, door.refused)
