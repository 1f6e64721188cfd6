"""Signing in and out."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.staff import Permission
from app.services import sign_in as signing
from app.services import staff_session
from app.web import staff
from app.web.access import Audience, access, staff_only
from app.web.clock import now
from app.web.reception.door import LANDING

blueprint = Blueprint("sign_in", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Ask for address and password; whatever is wrong, the answer is the same."""
    if request.method != "POST":
        if staff.signed_in() is not None:
            return redirect(url_for(LANDING), code=303)
        return render_template("reception/sign_in/sign_in.html", email="", wrong=None)
    email = request.form.get("email", "").strip()
    handle = signing.begin(
        email[:254],
        request.form.get("password", "")[:1000],
        passwords=staff.passwords(),
        device=staff.device(),
        now=now(),
    )
    if handle is None:
        wrong = _("Address and password do not belong together. Please look at both again.")
        page = render_template("reception/sign_in/sign_in.html", email=email, wrong=wrong)
        return page, 422
    staff.remember(handle)
    return redirect(url_for(LANDING), code=303)


@blueprint.post("/sign-out")
@staff_only(Permission.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """End the session, and let the browser forget what it showed."""
    visit = staff.signed_in()
    if visit is not None:
        staff_session.leave(visit)
    staff.forget()
    response = redirect(url_for("reception.sign_in.sign_in"), code=303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
