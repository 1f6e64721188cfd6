"""What a patient sees: one module a room, one blueprint a module."""

from flask import Blueprint

from app.web.patient import (
    about,
    appointment,
    booking,
    language,
    link,
    previsit,
    primer,
    record,
    safety,
    start,
)

blueprint = Blueprint("patient", __name__)
for room in (start, about, safety, primer, booking, appointment, link, language, previsit, record):
    blueprint.register_blueprint(room.blueprint)
