"""Who stands behind these pages, and what they keep."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.content.primer import Primer
from app.web import guide
from app.web.access import Audience, access
from app.web.visitor import clinic

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
@access(Audience.PUBLIC)
def about() -> ResponseReturnValue:
    """Say who wrote and checked this, who paid, and what is not known."""
    return render_template("patient/about/about.html", primer=_primer())


@blueprint.get("/your-data")
@access(Audience.PUBLIC)
def data() -> ResponseReturnValue:
    """Say what is kept, why, for how long, and what a person can ask for."""
    return render_template("patient/about/data.html")


def _primer() -> Primer | None:
    return guide.primer() if clinic().primer_on else None
