"""What calendar programs of the staff see and change (CalDAV): a door of its own, no cookies."""

from flask import Blueprint
from werkzeug.exceptions import HTTPException

from app.domain.refusals import Refused
from app.web import csrf
from app.web.dav import calendars, door, objects, well_known

blueprint = Blueprint("dav", __name__)
calendars.add_to(blueprint)
