"""Somebody of the clinic with a browser: signed in behind the page, or at its door."""

import secrets
from datetime import datetime

from sqlalchemy import insert

from app.clock import system_clock
from app.domain.staff import Role
from app.services import authenticator
from app.services.joining import LASTS, LinkKind
from app.services.passwords import Passwords
from app.services.visitor import id_of
from app.storage import models
from app.storage.sealing import Keyring
from app.storage.types import new_id
from tests.browser.patient import Patient
from tests.support.processes import KEYS

PASSWORD = "seven quiet harbor seals"
KEPT = Passwords(memory=64 * 1024).kept(PASSWORD)


def sign_in(patient: Patient, role: Role = Role.RECEPTION, *, name: str = "Jo Brandt") -> str:
    """Give somebody an account and a session whose cookie is in this browser; return their id."""
    now, handle = system_clock(), secrets.token_urlsafe(32)
    staff_id, _address = hire(patient, role, name=name, joined_at=now)
    with patient.house.book() as book:
        book.execute(insert(models.StaffSession).values(**session(staff_id, handle, now)))
    cookie = {"name": "fw-staff", "value": handle, "url": patient.house.address}
    patient.page.context.add_cookies([cookie])  # type: ignore[list-item]  # as Playwright types it
    return staff_id


def hire(patient: Patient, role: Role, *, name: str, **others: object) -> tuple[str, str]:
    """Give somebody an account behind the page; return its id and its address."""
    staff_id = new_id()
    address = f"{role}.{staff_id}@example.org"
    account = {
        "id": staff_id, "email": address, "email_key": address, "name": name, "role": role,
        "clinician_id": 1 if role is Role.CLINICIAN else None, "all_calendars": False,
        "language": "en", "created_at": system_clock(), "password_hash": KEPT,
    }  # fmt: skip
    with patient.house.book() as book:
        book.execute(insert(models.StaffAccount).values(**(account | others)))
    return staff_id, address


def give_factors(patient: Patient, staff_id: str) -> None:
    """Give somebody an app, a passkey and a session elsewhere, none of which anybody has."""
    now = system_clock()
    row = {"staff_id": staff_id, "secret": b"", "counter": 0, "created_at": now, "used_at": now}
    with patient.house.book() as book:
        for kind, name in (("totp", ""), ("passkey", "Firefox Windows")):
            factor = row | {"id": new_id(), "kind": kind, "name": name, "credential": new_id()}
            book.execute(insert(models.StaffFactor).values(**factor))
        elsewhere = session(staff_id, secrets.token_urlsafe(32), now)
        book.execute(insert(models.StaffSession).values(**elsewhere))


def link(patient: Patient, staff_id: str, kind: LinkKind) -> str:
    """Give somebody a one-time link behind the page; return its path."""
    now, id_ = system_clock(), new_id()
    with patient.house.book() as book:
        book.execute(insert(models.StaffToken).values(
            id=id_, kind=kind, staff_id=staff_id, created_at=now, until=now + LASTS[kind]
        ))  # fmt: skip
    keys = Keyring((("k1", bytes(32)),), (KEYS["LINK_KEY"],))
    return f"/staff/join/{id_}.{keys.signed('staff', f'{kind}|{id_}')}"


def app_code(patient: Patient) -> str:
    """Return what an app shows that read the key on the page."""
    seed = patient.find(".key").inner_text().replace(" ", "")
    return authenticator.code_at(seed, now=system_clock())


def session(staff_id: str, handle: str, now: datetime) -> dict[str, object]:
    """Return the row of a session in which both factors were shown just now."""
    return {
        "id": id_of(handle), "staff_id": staff_id, "created_at": now, "seen_at": now,
        "passed_at": now, "proved_at": now, "tries": 0, "device": "Chrome Linux",
    }  # fmt: skip


def sign_out(patient: Patient) -> None:
    """Lose the staff's cookie, as a browser does that was closed."""
    patient.page.context.clear_cookies(name="fw-staff")
