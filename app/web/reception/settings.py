"""The clinic's settings: what there is to set, and how it stands."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.domain.staff import Permission
from app.services import edition
from app.web import guide
from app.web.access import staff_only
from app.web.clock import now
from app.web.visitor import clinic, clinic_as_it_is

blueprint = Blueprint("settings", __name__)


@blueprint.get("/settings")
@staff_only(Permission.SETTINGS)
def settings() -> ResponseReturnValue:
    """Lead to each room of the settings, with a word on how it stands."""
    house = clinic()
    rooms = (house.visit_types, house.clinicians, house.locations)
    used = [sum(1 for one in parts.values() if one.active) for parts in rooms]
    return render_template(
        "reception/settings/settings.html",
        used=used,
        standing=edition.standing(clinic_as_it_is(), guide.copy(), now=now()),
    )
