"""Who works here."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as later

from app.domain.staff import Permission, Role
from app.services import team as use
from app.web import staff
from app.web.access import staff_only

blueprint = Blueprint("team", __name__)

ROLES = {
    Role.RECEPTION: later("Reception"),
    Role.CLINICIAN: later("Clinician"),
    Role.OWNER: later("Owner"),
}


@blueprint.get("/team")
@staff_only(Permission.STAFF)
def team() -> ResponseReturnValue:
    """List everybody who works here, or did."""
    members = use.listing(staff.actor())
    return render_template("reception/team/team.html", members=members, roles=ROLES)
