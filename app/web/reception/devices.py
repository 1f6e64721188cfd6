"""One's own devices that follow calendars: each with a password, shown once."""

from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as later

from app.content import when
from app.domain.device import Scope
from app.domain.refusals import Refused
from app.domain.staff import Permission
from app.services import devices as use
from app.settings import Settings
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.patient.typed import Mistyped, plain
from app.web.refusals import say, status
from app.web.visitor import clinic

blueprint = Blueprint("devices", __name__, url_prefix="/calendars/devices")

SCOPES = {
    Scope.LOOK: later("Look only"),
    Scope.MOVE: later("Look, move appointments, keep time free"),
    Scope.CANCEL: later("All of that, and cancel by deleting"),
}
REVOKED = "revoked"


@blueprint.get("")
@staff_only(Permission.OWN_ACCOUNT)
def devices() -> ResponseReturnValue:
    """Show one's devices, and how to let another one follow."""
    return _page()


@blueprint.post("")
@staff_only(Permission.OWN_ACCOUNT, proof=True)
def make() -> ResponseReturnValue:
    """Make a password for a device, and show it this once with what to do."""
    try:
        name = " ".join(plain(request.form.get("name", "")).split())
        scope = request.form.get("scope", "")
        password = use.make(name, scope, actor=staff.actor(), now=now())
    except Mistyped as odd:
        return _page(str(odd)), 422
    except Refused as refusal:
        return _page(say(refusal)), status(refusal)
    settings: Settings = current_app.extensions["settings"]
    return render_template(
        "reception/devices/make.html",
        name=name,
        password=password,
        address=settings.base_url,
        server=urlsplit(settings.base_url).netloc,
        may_cancel=scope == Scope.CANCEL,
    )


@blueprint.post("/revoke")
@staff_only(Permission.OWN_ACCOUNT)
def revoke() -> ResponseReturnValue:
    """End one of one's devices."""
    use.revoke(request.form.get("id", ""), actor=staff.actor(), now=now())
    return redirect(url_for("reception.devices.devices", said=REVOKED), code=303)


def _page(wrong: str | None = None) -> str:
    return render_template(
        "reception/devices/devices.html",
        devices=[(one, SCOPES[Scope(one.scope)]) for one in use.listing(staff.actor())],
        moment=_moment,
        scopes=SCOPES.items(),
        scope=request.form.get("scope", Scope.MOVE),
        name=request.form.get("name", ""),
        longest=use.LONGEST_NAME,
        wrong=wrong,
        revoked=request.args.get("said") == REVOKED,
    )


def _moment(instant: datetime) -> str:
    return when.day(instant, clinic().zone, language())
