"""The clinic's day."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.domain.staff import Permission
from app.web.access import staff_only

blueprint = Blueprint("day", __name__)


@blueprint.get("/day")
@staff_only(Permission.SEE_DAY)
def day() -> ResponseReturnValue:
    """Show the day."""
    return render_template("reception/day/day.html")
