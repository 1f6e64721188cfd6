"""What people who work at the clinic see: one module a room, one blueprint a module."""

from flask import Blueprint

from app.domain.refusals import Refused
from app.web.reception import (
    appointment,
    clinic,
    day,
    doctors,
    door,
    factor,
    find,
    guide,
    join,
    journal,
    me,
    move,
    places,
    settings,
    sign_in,
    team,
    visit_types,
)

blueprint = Blueprint("reception", __name__, url_prefix="/staff")
WORK = (sign_in, join, factor, me, day, find, appointment, move)
HOUSE = (team, journal, settings, clinic, visit_types, doctors, places, guide)
ROOMS = (*WORK, *HOUSE)
for room in ROOMS:
    blueprint.register_blueprint(room.blueprint)
blueprint.before_request(door.keep)
blueprint.context_processor(door.frame)
blueprint.register_error_handler(Refused, door.refused)
