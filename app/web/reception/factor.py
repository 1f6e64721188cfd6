"""Choosing a second factor: the first one, on the way in, or one more."""

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.domain.refusals import Refused
from app.domain.staff import Permission
from app.services import authenticator, factors, passkeys
from app.services.factors import Added
from app.storage.staff_sessions import StaffVisit
from app.web import scan, staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.reception import passkey as passing
from app.web.refusals import status, wrong

blueprint = Blueprint("factor", __name__, url_prefix="/factor")

SEED = "seed"  # in the person's own cookie, until the app shows its first code


def _visit() -> StaffVisit:
    visit = staff.session()
    return visit if visit is not None else abort(404)


@blueprint.get("")
@staff_only(Permission.OWN_ACCOUNT, joining=True)
def choose() -> ResponseReturnValue:
    """Offer what a second factor can be."""
    return _choose()


def _choose(refusal: Refused | None = None) -> str:
    return render_template(
        "reception/factor/choose.html", wrong=wrong(refusal), passkeys=staff.passkeys_work()
    )


@blueprint.route("/app", methods=["GET", "POST"])
@staff_only(Permission.OWN_ACCOUNT, proof=True, joining=True)
def app() -> ResponseReturnValue:
    """Show what an authenticator app scans, and take its first code."""
    if request.method != "POST":
        session[SEED] = authenticator.new_seed()
        return _app(session[SEED])
    if SEED not in session:
        return redirect(url_for("reception.factor.app"), code=303)
    try:
        added = factors.add_app(
            _visit(), session[SEED], request.form.get("code", "")[:20],
            origin=staff.origin_kept(), now=now(),
        )  # fmt: skip
    except Refused as refusal:
        return _app(session[SEED], refusal), status(refusal)
    session.pop(SEED)
    return _added(added)


def _app(seed: str, refusal: Refused | None = None) -> str:
    letters = " ".join(seed[at : at + 4] for at in range(0, len(seed), 4))
    return render_template("reception/factor/app.html", seed=letters, wrong=wrong(refusal))


@blueprint.get("/app.svg")
@staff_only(Permission.OWN_ACCOUNT, joining=True)
def app_code() -> ResponseReturnValue:
    """Draw what an authenticator app scans."""
    if SEED not in session:
        abort(404)
    visit, clinic = _visit(), staff.site().clinic
    return scan.drawn(authenticator.address(session[SEED], email=visit.staff.email, clinic=clinic))


@blueprint.post("/passkey/options")
@staff_only(Permission.OWN_ACCOUNT, joining=True)
def passkey_options() -> ResponseReturnValue:
    """Tell a browser what passkey to make."""
    who = _visit().staff
    return passing.asked(*passkeys.ask_to_add(site=staff.site(), staff=who, now=now()))


@blueprint.post("/passkey")
@staff_only(Permission.OWN_ACCOUNT, proof=True, joining=True)
def passkey() -> ResponseReturnValue:
    """Keep the passkey that the browser made."""
    try:
        added = factors.add_passkey(
            _visit(), passing.answer(), site=staff.site(), origin=staff.origin_kept(), now=now()
        )
    except Refused as refusal:
        return _choose(refusal), status(refusal)
    return _added(added)


def _added(added: Added) -> ResponseReturnValue:
    """Show new recovery codes, once; else go back to one's account."""
    if added.handle is not None:
        staff.remember(added.handle)
    if not added.codes:
        return redirect(url_for("reception.me.me", said="factor"), code=303)
    return render_template("reception/factor/codes.html", codes=added.codes)


@blueprint.post("/codes")
@staff_only(Permission.OWN_ACCOUNT, proof=True)
def codes() -> ResponseReturnValue:
    """Make new recovery codes and show them, once."""
    made = factors.renew_codes(staff.actor(), now=now())
    return render_template("reception/factor/codes.html", codes=made)


@blueprint.post("/remove")
@staff_only(Permission.OWN_ACCOUNT, proof=True)
def remove() -> ResponseReturnValue:
    """Take one of one's own factors away."""
    factors.remove(staff.actor(), request.form.get("factor", ""), now=now())
    return redirect(url_for("reception.me.me", said="removed"), code=303)
