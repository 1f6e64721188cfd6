"""The request's visitor and clinic: asked once, in one statement where that is enough."""

from flask import g, session
from flask_babel import get_locale

from app.domain.actor import Actor
from app.domain.clinic import Clinic
from app.domain.refusals import SafetyCheckNeeded
from app.services import appointment, visitor
from app.services import clinic as clinics
from app.storage.visitors import Visit
from app.web.clock import now
from app.web.network import network

HANDLE = "visitor"


def visit() -> Visit | None:
    """Return the visitor's session, if there is one and it is still good."""
    if "visit" not in g:
        handle = session.get(HANDLE)
        found = visitor.find(handle, now=now()) if isinstance(handle, str) else None
        g.visit, g.revisions = found or (None, None)
        if found is not None:
            visitor.touch(found[0], now=now())
    known: Visit | None = g.visit
    return known


def needed_visit() -> Visit:
    """Return the visitor's session, or send the person to the safety check."""
    known = visit()
    if known is None:
        raise SafetyCheckNeeded
    return known


def clinic() -> Clinic:
    """Return the clinic, in its own words for the language of this page."""
    locale = get_locale()
    return clinic_as_it_is().said_in(locale.language if locale else "")


def clinic_as_it_is() -> Clinic:
    """Return the clinic in the words it was set up with."""
    if "clinic" not in g:
        visit()
        g.clinic = clinics.load(revision=g.revisions.clinic if g.revisions else None)
    known: Clinic = g.clinic
    return known


def actor() -> Actor:
    """Return the visitor as somebody who asks for something."""
    return appointment.actor(visit())


def remember(handle: str) -> None:
    """Keep a session's handle in the person's cookie."""
    session[HANDLE] = handle
    forget_visit()


def begin(way: str, *, safety_passed: bool) -> Visit:
    """Begin a session for this person."""
    at = now() if safety_passed else None
    handle, begun = visitor.begin(way=way, network=network(), safety_at=at, now=now())
    remember(handle)
    return begun


def forget_visit() -> None:
    """Ask again who the visitor is: something about them changed."""
    g.pop("visit", None)


def leave() -> None:
    """End the session, in the database and in the cookie."""
    if (known := visit()) is not None:
        visitor.leave(known)
    session.clear()
    forget_visit()
