"""Who works here: the owner's list, and what the owner does for each."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as later

from app.domain.refusals import NotYours, Refused
from app.domain.staff import Permission, Role
from app.services import desk_hours, identities, members
from app.services import team as use
from app.services.team import Place
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.languages import current
from app.web.reception.team_form import EmailForm, NewcomerForm, PlaceForm
from app.web.refusals import status, wrong
from app.web.sent import just_done
from app.web.visitor import clinic

blueprint = Blueprint("team", __name__, url_prefix="/team")

ROLES = {
    Role.RECEPTION: later("Reception"),
    Role.CLINICIAN: later("Clinician"),
    Role.OWNER: later("Owner"),
}
SAID = ("invited", "changed", "left", "ended", "factor", "rest", "linked")  # named in the address


@blueprint.get("")
@staff_only(Permission.STAFF)
def team() -> ResponseReturnValue:
    """List everybody who works here, or did."""
    return render_template(
        "reception/team/team.html",
        members=members.listing(staff.actor()),
        roles=ROLES,
        clinicians=clinic().clinicians,
        rest=desk_hours.minutes(),
        rests=desk_hours.CHOICES,
        said=just_done(SAID),
    )


@blueprint.route("/invite", methods=["GET", "POST"])
@staff_only(Permission.STAFF, proof=True)
def invite() -> ResponseReturnValue:
    """Invite somebody: a link in a mail lets them join."""
    form = NewcomerForm.asked(clinic(), ROLES)
    if request.method != "POST" or not form.validate():
        return _invite(form), 422 if request.method == "POST" else 200
    try:
        use.invite(staff.actor(), form.newcomer(current()), now=now())
    except Refused as refusal:
        return _invite(form, refusal), status(refusal)
    return _back("invited")


def _invite(form: NewcomerForm, refusal: Refused | None = None) -> str:
    return render_template("reception/team/invite.html", form=form, wrong=wrong(refusal))


@blueprint.get("/<member>")
@staff_only(Permission.STAFF)
def member(member: str) -> ResponseReturnValue:
    """Show somebody's account, and what the owner can do for it."""
    return _member(member)


def _member(
    staff_id: str, refusal: Refused | None = None, *, email: EmailForm | None = None
) -> str:
    found, outside = members.find(staff.actor(), staff_id), staff.provider()
    place = Place(
        role=found.role, clinician_id=found.clinician_id, all_calendars=found.all_calendars
    )
    return render_template(
        "reception/team/member.html",
        member=found,
        roles=ROLES,
        form=PlaceForm.of(place, clinic(), ROLES),
        email=email or EmailForm(data={"email": found.email}),
        oneself=found.id == staff.actor().id,
        is_invited=found.id in {one.invited_id for one in clinic().clinicians.values()},
        outside=outside,
        subject=identities.linked(staff.actor(), staff_id, outside.issuer) if outside else None,
        wrong=wrong(refusal),
        said=just_done(SAID),
    )


@blueprint.post("/<member>/place")
@staff_only(Permission.STAFF, proof=True)
def place(member: str) -> ResponseReturnValue:
    """Change somebody's role and calendar."""
    form = PlaceForm.asked(clinic(), ROLES)
    if not form.validate():
        return _member(member), 422
    try:
        use.change_place(staff.actor(), member, form.place(), now=now())
    except Refused as refusal:
        return _member(member, refusal), status(refusal)
    return _at(member, "changed")


@blueprint.post("/<member>/email")
@staff_only(Permission.STAFF, proof=True)
def email(member: str) -> ResponseReturnValue:
    """Change somebody's address."""
    form = EmailForm(request.form)
    if not form.validate():
        return _member(member, email=form), 422
    try:
        use.change_email(staff.actor(), member, form.address, now=now())
    except Refused as refusal:
        return _member(member, refusal, email=form), status(refusal)
    return _at(member, "changed")


@blueprint.post("/<member>/again")
@staff_only(Permission.STAFF, proof=True)
def again(member: str) -> ResponseReturnValue:
    """Send somebody a new link to join."""
    use.invite_again(staff.actor(), member, now=now())
    return _at(member, "invited")


@blueprint.post("/<member>/sessions")
@staff_only(Permission.STAFF, proof=True)
def end_sessions(member: str) -> ResponseReturnValue:
    """Sign somebody out wherever they are."""
    use.end_sessions(staff.actor(), member, now=now())
    if member == staff.actor().id:
        staff.forget()
        return redirect(url_for("reception.sign_in.sign_in", said="out"), code=303)
    return _at(member, "ended")


@blueprint.post("/<member>/factor")
@staff_only(Permission.STAFF, proof=True)
def renew_factor(member: str) -> ResponseReturnValue:
    """Take somebody's lost second factor away."""
    use.renew_factor(staff.actor(), member, now=now())
    return _at(member, "factor")


@blueprint.post("/<member>/leave")
@staff_only(Permission.STAFF, proof=True)
def leave(member: str) -> ResponseReturnValue:
    """End somebody's account."""
    try:
        use.let_go(staff.actor(), member, now=now())
    except Refused as refusal:
        return _member(member, refusal), status(refusal)
    return _back("left")


@blueprint.post("/<member>/identity")
@staff_only(Permission.STAFF, proof=True)
def identity(member: str) -> ResponseReturnValue:
    """Link somebody to their number at the clinic's identity provider, or take the link away."""
    outside = staff.provider()
    if outside is None:
        raise NotYours
    subject = request.form.get("subject", "").strip()
    try:
        if "unlink" in request.form or not subject:
            identities.unlink(staff.actor(), member, now=now())
        else:
            identities.link(staff.actor(), member, outside.issuer, subject[:255], now=now())
    except NotYours:
        raise
    except Refused as refusal:
        return _member(member, refusal), status(refusal)
    return _at(member, "linked")


@blueprint.post("/rest")
@staff_only(Permission.STAFF, proof=True)
def rest() -> ResponseReturnValue:
    """Say how long reception stays signed in without a sign of life."""
    desk_hours.choose(staff.actor(), request.form.get("minutes", ""), now=now())
    return _back("rest")


def _back(said: str) -> ResponseReturnValue:
    return redirect(url_for("reception.team.team", said=said), code=303)


def _at(member: str, said: str) -> ResponseReturnValue:
    return redirect(url_for("reception.team.member", member=member, said=said), code=303)
