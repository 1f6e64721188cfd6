"""What a patient sees: one module a room, one blueprint a module."""

from flask import Blueprint

from app.web.patient import (
    about,
    appointment,
    booking,
    comfort,
    follow,
    guide,
    language,
    link,
    previsit,
    primer,
    proposal,
    questions,
    record,
    safety,
    start,
    waiting,
)

blueprint = Blueprint("patient", __name__)
ROOMS = (
    start,
    about,
    safety,
    primer,
    guide,
    questions,
    booking,
    appointment,
    follow,
    link,
    language,
    comfort,
    previsit,
    record,
    proposal,
    waiting,
)
for room in ROOMS:
    blueprint.register_blueprint(room.blueprint)
