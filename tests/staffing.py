"""Builders: people who work at the clinic, and signed in where a test wants them."""

import secrets
from datetime import datetime

from flask import Flask

from app.domain.staff import Role, Staff
from app.services import authenticator, staff_session
from app.services.passwords import Passwords
from app.services.visitor import id_of
from app.storage import people, staff, staff_factors, staff_sessions
from app.storage.database import transaction
from app.storage.types import new_id
from tests.clinics import RIVERA
from tests.conftest import MONDAY_8AM
from tests.web.walker import Walker

PASSWORD = "seven quiet harbor seals"
CHEAP = Passwords(memory=1024)
KEPT = CHEAP.kept(PASSWORD)  # once: keeping it takes longer than a test


def hire(
    role: Role = Role.RECEPTION,
    *,
    name: str = "Jo Brandt",
    email: str | None = None,
    clinician_id: int | None = None,
    now: datetime = MONDAY_8AM,
    **others: object,
) -> Staff:
    """Give somebody an account, as if they had taken their invitation; needs an app context."""
    if role is Role.CLINICIAN and clinician_id is None:
        clinician_id = RIVERA
    address = email or f"{role}.{secrets.token_hex(4)}@example.org"
    values: dict[str, object] = {
        "id": new_id(), "email": address, "email_key": people.email_key(address), "name": name,
        "role": role, "clinician_id": clinician_id, "all_calendars": False, "language": "en",
        "password_hash": KEPT, "password_at": now, "created_at": now, "joined_at": now,
        "left_at": None,
    }  # fmt: skip
    with transaction() as session:
        staff.add(session, **(values | others))
        kept = staff.find(session, str(values["id"]))
        assert kept is not None
        return Staff(
            id=kept.id, name=kept.name, email=kept.email, role=role,
            clinician_id=clinician_id, all_calendars=kept.all_calendars, language=kept.language,
        )  # fmt: skip


def session_of(who: Staff, *, passed: bool = True, now: datetime = MONDAY_8AM) -> str:
    """Sign somebody in behind the page; return the handle that their cookie keeps."""
    with transaction() as session:
        handle = staff_session.begin(session, who.id, device="Test", now=now)
        if passed:
            staff_sessions.change(session, id_of(handle), passed_at=now, proved_at=now)
        return handle


class Colleague(Walker):
    """Somebody of the clinic with a browser, signed in: `Colleague(site, Role.OWNER).get(...)`."""

    def __init__(self, site: Flask, role: Role = Role.RECEPTION, **others: object) -> None:
        super().__init__(site)
        now: datetime = site.extensions["clock"]()
        with site.app_context():
            self.who = hire(role, now=now, **others)  # type: ignore[arg-type]  # of a builder
            self.handle = session_of(self.who, now=now)
        self.client.set_cookie("fw-staff", self.handle)


def give_app(who: Staff, *, now: datetime = MONDAY_8AM) -> str:
    """Give somebody an authenticator app; return its seed."""
    seed = authenticator.new_seed()
    with transaction() as session:
        staff_factors.add_app(session, who.id, seed, now=now)
    return seed
