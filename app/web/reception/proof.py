"""Asking again who somebody is, on the way to what they pressed: nothing typed is lost."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.refusals import Refused
from app.services import proving, sign_in
from app.storage.models import FactorKind
from app.storage.staff_sessions import StaffVisit
from app.web import staff
from app.web.clock import now
from app.web.csrf import typed
from app.web.reception import passkey
from app.web.refusals import status, wrong

PASSWORD, CREDENTIAL = "proof", "proof_credential"


def ask(visit: StaffVisit) -> ResponseReturnValue | None:
    """Let the request go on when it carries proof, else show the page that asks for it."""
    if request.method == "GET":
        return redirect(url_for("reception.sign_in.unlock"), code=303)
    if PASSWORD not in request.form and CREDENTIAL not in request.form:
        return page(visit), 403
    try:
        give(visit)
    except Refused as refusal:
        return page(visit, refusal), status(refusal)
    return None


def give(visit: StaffVisit) -> None:
    """Take the proof that the form carries; raises what is wrong with it."""
    if request.form.get(CREDENTIAL):
        answer = passkey.answer(CREDENTIAL)
        handle = proving.by_passkey(visit, answer, site=staff.site(), now=now())
    else:
        handle = proving.by_password(
            visit,
            request.form.get(PASSWORD, "")[:1000],
            origin=staff.origin(),
            passwords=staff.passwords(),
            now=now(),
        )
    staff.remember(handle)


def page(visit: StaffVisit, refusal: Refused | None = None) -> str:
    """Ask, on a form that carries all that was typed and leads where it would have led."""
    return render_template(
        "errors/prove.html",
        fields=typed(),
        action=request.path,
        wrong=wrong(refusal),
        passkeys=FactorKind.PASSKEY in sign_in.factors(visit.staff.id) and staff.passkeys_work(),
    )
