"""What calendar programs of the staff see and change (CalDAV): a door of its own, no cookies."""

from flask import Blueprint
from werkzeug.exceptions import HTTPException

from app.domain.refusals import Refused
from app.web.dav import calendars, door, objects

blueprint = Blueprint("dav", __name__, url_prefix="/dav")
for room in (calendars, objects):
    blueprint.register_blueprint(room.blueprint)
blueprint.before_request(door.keep)
blueprint.register_error_handler(Refused, door.refused)
blueprint.register_error_handler(HTTPException, door.failed)
