"""The nights on which clocks are put, and whether every calendar tells the same time then."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.domain.staff import Permission
from app.services import clock_changes as use
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.clock_changes import in_words
from app.web.layout import language
from app.web.visitor import clinic

blueprint = Blueprint("clock_changes", __name__)


@blueprint.get("/clock-changes")
@staff_only(Permission.SEE_DAY)
def clock_changes() -> ResponseReturnValue:
    """Show the next change at each place, and the appointments around it as each tells them."""
    found = use.see(staff.actor(), clinic(), now=now())
    return render_template(
        "reception/clock_changes/clock_changes.html",
        places=in_words(found, clinic(), language()),
    )
