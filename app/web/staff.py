"""The request's member of staff: asked once, by a cookie apart from the visitor's."""

import secrets
from dataclasses import replace

from flask import Response, after_this_request, current_app, g, request

from app.domain.refusals import SignInNeeded
from app.domain.staff import Staff
from app.services import staff_session
from app.services.passkeys import Site
from app.services.passwords import Passwords
from app.services.staff_waits import Origin
from app.settings import Oidc, Settings
from app.storage.staff_sessions import StaffVisit
from app.web.clock import now
from app.web.network import network
from app.web.visitor import clinic

SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac", "CrOS", "Linux")
A_YEAR = 365 * 24 * 3600
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))


def cookie_name() -> str:
    """Return the name of the cookie; a browser keeps others from setting the longer one."""
    return "__Host-fw-staff" if _secure() else "fw-staff"


def session() -> StaffVisit | None:
    """Return the session that the cookie means, signed in or half-way, while it is good."""
    if "staff_visit" not in g:
        g.staff_visit = _found(request.cookies.get(cookie_name()))
    found: StaffVisit | None = g.staff_visit
    return found


def _found(handle: str | None) -> StaffVisit | None:
    return staff_session.find(handle, now=now()) if handle else None


def signed_in() -> StaffVisit | None:
    """Return the session, if both factors were shown in it."""
    visit = session()
    return visit if visit is not None and visit.passed_at is not None else None


def actor() -> Staff:
    """Return who is signed in, or refuse."""
    visit = signed_in()
    if visit is None:
        raise SignInNeeded
    return visit.staff


def remember(handle: str) -> None:
    """Keep a session's handle in the person's cookie."""
    g.staff_visit = _found(handle)
    _set_cookie(cookie_name(), handle)


def forget() -> None:
    """Take the handle out of the cookie."""
    g.staff_visit = None
    name, secure = cookie_name(), _secure()

    @after_this_request
    def clear(response: Response) -> Response:
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")
        return response


def passwords() -> Passwords:
    """Return how this installation keeps passwords."""
    found: Passwords = current_app.extensions["passwords"]
    return found


def origin() -> Origin:
    """Return where this request comes from."""
    return Origin(network=network(), browser=request.cookies.get(_browser()), device=_device())


def origin_kept() -> Origin:
    """Return where this request comes from, with a name for the browser that it keeps."""
    found = origin()
    if found.browser is not None:
        return found
    handle = secrets.token_urlsafe(16)
    _set_cookie(_browser(), handle, max_age=A_YEAR)
    return replace(found, browser=handle)


def site() -> Site:
    """Return what passkeys are bound to."""
    settings: Settings = current_app.extensions["settings"]
    return Site(host=settings.host, origin=settings.base_url, clinic=clinic().name)


def passkeys_work() -> bool:
    """Say whether browsers make passkeys here: they are bound to a name, never to a number."""
    settings: Settings = current_app.extensions["settings"]
    return not settings.host.replace(".", "").isdigit() and ":" not in settings.host


def provider() -> Oidc | None:
    """Return the clinic's own identity provider, if it has one."""
    settings: Settings = current_app.extensions["settings"]
    return settings.oidc


def _browser() -> str:
    return "__Host-fw-browser" if _secure() else "fw-browser"


def _device() -> str:
    """Return two words by which a person knows their browser again, and no more."""
    agent = request.user_agent.string[:500]
    system = next((name for name in SYSTEMS if name in agent), "")
    browser = next((said for name, said in BROWSERS if name in agent), "")
    return " ".join(word for word in (browser, system) if word) or "?"


def _set_cookie(name: str, value: str, max_age: int | None = None) -> None:
    secure = _secure()

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            name, value, max_age=max_age, path="/", secure=secure, httponly=True, samesite="Lax"
        )
        return response


def _secure() -> bool:
    settings: Settings = current_app.extensions["settings"]
    return settings.secure
