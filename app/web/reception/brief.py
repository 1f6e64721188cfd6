"""The doctor's page on a screen: for who treats, and for who says why they must read it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.appointment import Appointment
from app.domain.desk_refusals import NotTreating, ReasonNeeded
from app.domain.refusals import Refused
from app.domain.staff import Permission
from app.services import brief as briefs
from app.services import glass as glasses
from app.web import brief as paper
from app.web import guide, staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.refusals import status, wrong

blueprint = Blueprint("brief", __name__, url_prefix="/appointment/<reference>/brief")


@blueprint.get("")
@staff_only(Permission.READ_HEALTH)
def brief(reference: str) -> ResponseReturnValue:
    """Show the page, or ask why somebody else reads it."""
    try:
        made = briefs.read(reference, today=guide.copy(), actor=staff.actor(), now=now())
    except NotTreating:
        return redirect(url_for(".glass", reference=reference), code=303)
    words = paper.words(made, language())
    return render_template("reception/brief/brief.html", screen=True, **words)


@blueprint.get("/glass")
@staff_only(Permission.READ_HEALTH)
def glass(reference: str) -> ResponseReturnValue:
    """Ask why somebody reads the words of another's patient."""
    about = glasses.find(reference, staff.actor())
    if glasses.is_open(about, staff.actor(), now=now()):
        return redirect(url_for(".brief", reference=reference), code=303)
    return _ask(about)


@blueprint.post("/glass")
@staff_only(Permission.READ_HEALTH, proof=True)
def break_glass(reference: str) -> ResponseReturnValue:
    """Take the reason, and show the page."""
    reason = request.form.get("reason", "")
    about = glasses.find(reference, staff.actor())
    try:
        glasses.break_(reference, reason, actor=staff.actor(), now=now())
    except ReasonNeeded as refusal:
        return _ask(about, reason, refusal), status(refusal)
    return redirect(url_for(".brief", reference=reference), code=303)


def _ask(about: Appointment, reason: str = "", refusal: Refused | None = None) -> str:
    return render_template(
        "reception/brief/glass.html",
        reference=about.reference,
        over=staff.actor().treats(about.wish.clinician_id),
        reason=reason[: glasses.LONGEST],
        longest=glasses.LONGEST,
        refusal=refusal,
        sentence=wrong(refusal),
    )
