"""People who are already on the site when a measurement begins."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from app.domain.appointment import Person, Wish
from app.services import booking, hold, visitor
from app.services import clinic as clinics
from app.storage.database import db
from app.storage.visitors import Visit
from benchmarks.dataset import GENERAL, Slot, place

NETWORK = "127.0.0.0/24"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a person's browser carries: a cookie, and the token of the forms that go with it."""

    cookie: str
    token: str
    form: dict[str, str]
    path: str = ""


@contextmanager
def inside(app: Flask) -> Iterator[None]:
    """Work inside the clinic's application, and leave no connection behind."""
    with app.test_request_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def wish_of(slot: Slot) -> Wish:
    """Ask for a slot in person."""
    return Wish(
        visit_type_id=GENERAL,
        clinician_id=slot.clinician_id,
        location_id=place(slot.clinician_id)[0],
        video=False,
        start=slot.start,
    )


def visitors(app: Flask, number: int, *, now: datetime) -> list[Ticket]:
    """Let people pass the safety check."""
    with inside(app):
        return [_ticket(app, _arrive(now)[0]) for _ in range(number)]


def bookers(app: Flask, slots: list[Slot], *, now: datetime) -> list[Ticket]:
    """Let one person for each slot go as far as the last button."""
    with inside(app):
        return [_up_to_the_last_button(app, slot, now) for slot in slots]


def movers(app: Flask, slots: list[Slot], *, now: datetime) -> list[Ticket]:
    """Let one person for each slot book it; they want to move elsewhere."""
    with inside(app):
        return [_booked(app, slot, now) for slot in slots]


def _arrive(now: datetime) -> tuple[str, Visit]:
    return visitor.begin(way="general", network=NETWORK, safety_at=now, now=now)


def _kept(slot: Slot, now: datetime) -> tuple[str, str, Visit]:
    """Come, choose a time, say who comes; return the handle, the hold and the session."""
    handle, visit = _arrive(now)
    clinic = clinics.load()
    held = hold.take(wish_of(slot), visit=visit, clinic=clinic, exempt=True, now=now)
    said = booking.Details(person=person(), question="Does it hurt?")
    booking.save_details(said, visit=visit, told=(), clinic=clinic, now=now)
    return handle, held.id, _found(handle, now)


def _found(handle: str, now: datetime) -> Visit:
    found = visitor.find(handle, now=now)
    if found is None:
        raise LookupError("a session that was just begun is gone")
    return found[0]


def _up_to_the_last_button(app: Flask, slot: Slot, now: datetime) -> Ticket:
    handle, hold_id, _visit = _kept(slot, now)
    return _ticket(app, handle, path="/review", hold=hold_id)


def _booked(app: Flask, slot: Slot, now: datetime) -> Ticket:
    handle, hold_id, visit = _kept(slot, now)
    clinic = clinics.load()
    reference = booking.book(hold_id, visit=visit, clinic=clinic, exempt=True, now=now)
    return _ticket(app, handle, path=f"/appointment/{reference}/move")


def _ticket(app: Flask, handle: str, *, path: str = "", **form: str) -> Ticket:
    session["visitor"] = handle
    token = generate_csrf()
    sealer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    cookie = f"{app.config['SESSION_COOKIE_NAME']}={sealer.dumps(dict(session))}"
    return Ticket(cookie, token, form, path)


def person() -> Person:
    """Be somebody with an address of their own."""
    return Person(
        name="Marian Hale",
        birth_date=date(1968, 4, 21),
        email=f"marian.{secrets.token_hex(6)}@example.org",
        phone="+18655550178",
        language="en",
    )
