"""Signing in by the clinic's own identity provider, where it has one."""

from dataclasses import asdict

from flask import (
    Blueprint,
    Response,
    abort,
    after_this_request,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeSerializer

from app.domain.refusals import Refused
from app.domain.staff_refusals import NotLinked, OutsideFailed
from app.services import identities
from app.settings import Settings
from app.web import staff
from app.web.access import Audience, access
from app.web.clock import now
from app.web.oidc import Begun, Provider
from app.web.reception.door import LANDING
from app.web.refusals import say, status

blueprint = Blueprint("outside", __name__, url_prefix="/sign-in/outside")

PURPOSE = "foreword/outside/1"


@blueprint.get("")
@access(Audience.PUBLIC)
def begin() -> ResponseReturnValue:
    """Send somebody to the provider; their browser keeps what only it may come back with."""
    begun = Begun.new()
    try:
        address = _provider().ask(begun)
    except OutsideFailed as refusal:
        return _refused(refusal)
    _remember(_sealer().dumps(asdict(begun) | {"at": now().timestamp()}))
    return redirect(address, code=303)


@blueprint.get("/back")
@access(Audience.PUBLIC)
def back() -> ResponseReturnValue:
    """Let in whom the provider saw, if the same browser had asked and an owner linked them."""
    provider = _provider()
    kept = request.cookies.get(_cookie(), "")
    _remember(None)
    try:
        begun = _begun(kept)
        if any(len(values) > 1 for values in request.args.listvalues()):
            raise OutsideFailed
        seen = provider.seen(request.args.to_dict(), begun, now=now())
        handle, whole = identities.let_in(seen, begun.state, origin=staff.origin_kept(), now=now())
    except Refused as refusal:
        return _refused(refusal)
    staff.remember(handle)
    return redirect(url_for(LANDING if whole else "reception.sign_in.second"), code=303)


def _refused(refusal: Refused) -> ResponseReturnValue:
    subject = refusal.subject if isinstance(refusal, NotLinked) else ""
    page = render_template("reception/outside/back.html", wrong=say(refusal), subject=subject)
    return page, status(refusal)


def _begun(kept: str) -> Begun:
    """Return what this browser began with, while it is fresh; a cookie of nobody's is refused."""
    try:
        said = _sealer().loads(kept)
        at = float(said.pop("at"))
        begun = Begun(**said)
    except (BadData, TypeError, KeyError, ValueError, AttributeError) as error:
        raise OutsideFailed from error
    if not 0 <= now().timestamp() - at <= identities.LASTS.total_seconds():
        raise OutsideFailed
    return begun


def _provider() -> Provider:
    settings: Settings = current_app.extensions["settings"]
    if settings.oidc is None:
        abort(404)
    return Provider(oidc=settings.oidc, back=settings.base_url + url_for("reception.outside.back"))


def _sealer() -> URLSafeSerializer:
    settings: Settings = current_app.extensions["settings"]
    return URLSafeSerializer(list(reversed(settings.secret_keys)), salt=PURPOSE)


def _cookie() -> str:
    settings: Settings = current_app.extensions["settings"]
    return "__Host-fw-outside" if settings.secure else "fw-outside"


def _remember(value: str | None) -> None:
    """Keep a value for as long as signing in may take, or none any more."""
    settings: Settings = current_app.extensions["settings"]
    name, lasts = _cookie(), int(identities.LASTS.total_seconds())

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            name, value or "", max_age=lasts if value else 0, path="/", secure=settings.secure,
            httponly=True, samesite="Lax",
        )  # fmt: skip
        return response
