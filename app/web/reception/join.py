"""Coming by a one-time link: to join, or to a new password."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.refusals import Refused
from app.domain.staff_refusals import LinkOver
from app.services import joining
from app.services.joining import LinkKind, Opened
from app.web import staff
from app.web.access import Audience, access
from app.web.clock import now
from app.web.refusals import status, wrong

blueprint = Blueprint("join", __name__)


@blueprint.route("/join/<token>", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def join(token: str) -> ResponseReturnValue:
    """Ask whoever has the link for a new password, or in a renewal for the one they know."""
    link = joining.opened(token, now=now())
    if request.method != "POST":
        return _page(link)
    try:
        handle = _go_on(link, request.form.get("password", "")[:1000])
    except LinkOver:
        raise
    except Refused as refusal:
        return _page(link, refusal), status(refusal)
    if handle is None:
        return redirect(url_for("reception.sign_in.sign_in", said="password"), code=303)
    staff.remember(handle)
    return redirect(url_for("reception.factor.choose"), code=303)


def _go_on(link: Opened, password: str) -> str | None:
    how = joining.give_password if link.kind is LinkKind.RENEWAL else joining.choose_password
    return how(link, password, origin=staff.origin(), passwords=staff.passwords(), now=now())


def _page(link: Opened, refusal: Refused | None = None) -> str:
    return render_template(
        "reception/join/join.html", link=link, kind=link.kind, wrong=wrong(refusal)
    )


@blueprint.route("/forgot", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def forgot() -> ResponseReturnValue:
    """Send a link to a new password to whoever works here, and say the same to everybody."""
    sent = request.method == "POST"
    if sent:
        joining.ask_reset(request.form.get("email", "").strip()[:254], now=now())
    return render_template("reception/join/forgot.html", sent=sent)
