"""One's own account: how one signs in, and where one is signed in."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.refusals import NotYours, Refused, SignInNeeded
from app.domain.staff import Permission, Staff
from app.services import factors, invited, staff_session
from app.storage.staff_sessions import StaffVisit
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.refusals import say, status
from app.web.sent import just_done
from app.web.visitor import clinic

blueprint = Blueprint("me", __name__, url_prefix="/me")

SAID = (
    "factor",
    "removed",
    "password",
    "ended",
    "invited",
    "not_invited",
)  # what just happened, named in the address


def _visit() -> StaffVisit:
    visit = staff.signed_in()
    if visit is None:
        raise SignInNeeded
    return visit


@blueprint.get("")
@staff_only(Permission.OWN_ACCOUNT)
def me() -> ResponseReturnValue:
    """Show how one signs in, and where one is signed in."""
    who = staff.actor()
    return render_template(
        "reception/me/me.html",
        said=just_done(SAID),
        factors=factors.listing(who),
        codes_left=factors.codes_left(who),
        sessions=staff_session.listing(_visit(), now=now()),
        moment=_moment,
        invited=None if who.clinician_id is None else _invited(who, who.clinician_id),
    )


def _invited(who: Staff, clinician_id: int) -> invited.Invited:
    return invited.of_doctor(who, clinician_id, now=now())


@blueprint.post("/invitations")
@staff_only(Permission.OWN_ACCOUNT)
def invitations() -> ResponseReturnValue:
    """Get one's own appointments as invitations, or no longer."""
    who = staff.actor()
    if who.clinician_id is None:
        raise NotYours
    on = request.form.get("invited") == "yes"
    invited.choose(who, who.clinician_id, who.id if on else None, now=now())
    said = "invited" if on else "not_invited"
    return redirect(url_for("reception.me.me", said=said), code=303)


def _moment(instant: datetime) -> str:
    return when.day_and_clock(instant, clinic().zone, language(), named=False)


@blueprint.route("/password", methods=["GET", "POST"])
@staff_only(Permission.OWN_ACCOUNT, proof=True)
def password() -> ResponseReturnValue:
    """Take another password."""
    if request.method != "POST":
        return render_template("reception/me/password.html", wrong=None)
    try:
        factors.change_password(
            _visit(),
            request.form.get("password", "")[:1000],
            passwords=staff.passwords(),
            now=now(),
        )
    except Refused as refusal:
        return render_template("reception/me/password.html", wrong=say(refusal)), status(refusal)
    return redirect(url_for("reception.me.me", said="password"), code=303)


@blueprint.post("/sessions/end")
@staff_only(Permission.OWN_ACCOUNT)
def end_session() -> ResponseReturnValue:
    """End one of one's sessions, or all but this one."""
    name = request.form.get("session", "")
    if name == "others":
        staff_session.end_others(_visit())
    else:
        staff_session.end(_visit(), name)
    return redirect(url_for("reception.me.me", said="ended"), code=303)
