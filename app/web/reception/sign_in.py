"""Signing in and out."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.refusals import Refused, SignInNeeded, TooManyTries
from app.domain.staff import Permission
from app.services import demo_staff, passkeys, staff_session
from app.services import sign_in as use
from app.services.passkeys import Ceremony
from app.storage.models import FactorKind
from app.web import aloud, demo, staff
from app.web.access import Audience, access, staff_only
from app.web.clock import now
from app.web.network import counted
from app.web.reception import passkey as passing
from app.web.reception import proof
from app.web.reception.door import LANDING
from app.web.refusals import say, status, wrong
from app.web.sent import just_done

blueprint = Blueprint("sign_in", __name__)

SAID = ("password", "out")  # what just happened, named in the address


@blueprint.route("/sign-in", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Ask for address and password; whatever is wrong, the answer is the same."""
    if request.method != "POST":
        return _landing() if staff.signed_in() is not None else _first()
    try:
        handle = use.begin(
            request.form.get("email", "").strip()[:254],
            request.form.get("password", "")[:1000],
            origin=staff.origin(),
            passwords=staff.passwords(),
            now=now(),
        )
    except Refused as refusal:
        return _first(refusal), status(refusal)
    staff.remember(handle)
    return redirect(url_for("reception.sign_in.second"), code=303)


def _first(refusal: Refused | None = None) -> str:
    return render_template(
        "reception/sign_in/sign_in.html",
        email=request.form.get("email", ""),
        wrong=wrong(refusal),
        said=just_done(SAID),
        passkeys=staff.passkeys_work(),
        outside=staff.provider(),
        demonstration=demo_staff if demo.at_home() else None,
    )


@blueprint.route("/sign-in/second", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def second() -> ResponseReturnValue:
    """Ask for the second factor; nobody comes here without the password."""
    visit = staff.session()
    if visit is None or visit.passed_at is not None or visit.token_id is not None:
        return redirect(url_for("reception.sign_in.sign_in"), code=303)
    if request.method != "POST":
        return _second(visit.staff.id)
    try:
        handle = use.with_code(
            visit, request.form.get("code", "")[:100], origin=staff.origin_kept(), now=now()
        )
    except SignInNeeded as refusal:
        staff.forget()
        return _first(refusal), status(refusal)
    except Refused as refusal:
        return _second(visit.staff.id, refusal), status(refusal)
    staff.remember(handle)
    return _landing()


def _second(staff_id: str, refusal: Refused | None = None) -> str:
    known = use.factors(staff_id)
    return render_template(
        "reception/sign_in/second.html",
        app=FactorKind.TOTP in known,
        passkeys=FactorKind.PASSKEY in known and staff.passkeys_work(),
        wrong=wrong(refusal),
        shown=demo_staff.code(staff_id, now=now()) if demo.at_home() else None,
    )


@blueprint.post("/sign-in/passkey/options")
@access(Audience.PUBLIC)
def passkey_options() -> ResponseReturnValue:
    """Tell a browser what a passkey is to sign: to come in, or to show again who one is."""
    visit = staff.session()
    inside = visit is not None and visit.passed_at is not None
    try:
        asked = passkeys.ask(
            Ceremony.PROVE if inside else Ceremony.SIGN_IN,
            site=staff.site(),
            staff_id=visit.staff.id if visit else None,
            network=None if inside else counted(),
            now=now(),
        )
    except TooManyTries as refusal:
        return Response(str(say(refusal)), status(refusal), mimetype="text/plain")
    return passing.asked(*asked)


@blueprint.post("/sign-in/passkey")
@access(Audience.PUBLIC)
def passkey() -> ResponseReturnValue:
    """Let in whoever's passkey signed the challenge, after the password or without it."""
    visit = staff.session()
    try:
        answer = passing.answer()
        handle = use.with_passkey(
            visit, answer, site=staff.site(), origin=staff.origin_kept(), now=now()
        )
    except Refused as refusal:
        page = _second(visit.staff.id, refusal) if visit else _first(refusal)
        return page, status(refusal)
    staff.remember(handle)
    return _landing()


@blueprint.route("/unlock", methods=["GET", "POST"])
@access(Audience.PUBLIC)
def unlock() -> ResponseReturnValue:
    """Ask somebody who was away for a while who they are."""
    visit = staff.signed_in()
    if visit is None:
        return redirect(url_for("reception.sign_in.sign_in"), code=303)
    if request.method != "POST":
        return proof.page(visit)
    try:
        proof.give(visit)
    except Refused as refusal:
        return proof.page(visit, refusal), status(refusal)
    return _landing()


def _landing() -> ResponseReturnValue:
    return redirect(url_for(LANDING), code=303)


@blueprint.post("/sign-out")
@staff_only(Permission.OWN_ACCOUNT)
def sign_out() -> ResponseReturnValue:
    """End the session, and let the browser forget what it showed."""
    visit = staff.signed_in()
    if visit is not None:
        staff_session.leave(visit)
    aloud.end()
    staff.forget()
    response = redirect(url_for("reception.sign_in.sign_in", said="out"), code=303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
