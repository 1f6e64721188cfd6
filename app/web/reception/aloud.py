"""Reading the guide aloud on the phone: from the desk to the patients' pages and back."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.staff import Permission
from app.services import aloud as use_case
from app.services import attending
from app.web import aloud, staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.visitor import clinic

blueprint = Blueprint("aloud", __name__, url_prefix="/appointment/<reference>")


@blueprint.get("/aloud")
@staff_only(Permission.RUN_DAY)
def first(reference: str) -> str:
    """Say how it goes before it begins."""
    about = attending.find(reference, staff.actor())
    place = clinic().locations[about.wish.location_id]
    return render_template(
        "reception/aloud/first.html",
        about=about,
        moment=when.day_and_clock(about.interval.start, place.zone, language(), named=True),
    )


@blueprint.post("/aloud")
@staff_only(Permission.RUN_DAY)
def begin(reference: str) -> ResponseReturnValue:
    """Begin with the safety check, as everybody does."""
    who = staff.actor()
    handle = use_case.begin(reference, actor=who, clinic=clinic(), now=now())
    aloud.begin(reference, handle, who)
    return redirect(url_for("patient.safety.urgent", way="primer"), code=303)
