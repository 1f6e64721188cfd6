"""Somebody of the clinic with a browser, signed in behind the page."""

import secrets
from datetime import datetime

from sqlalchemy import insert

from app.clock import system_clock
from app.domain.staff import Role
from app.services.visitor import id_of
from app.storage import models
from tests.browser.patient import Patient


def sign_in(patient: Patient, role: Role = Role.RECEPTION, *, name: str = "Jo Brandt") -> str:
    """Give somebody an account and a session whose cookie is in this browser; return their id."""
    now, staff_id, handle = system_clock(), secrets.token_hex(10), secrets.token_urlsafe(32)
    address = f"{role}.{staff_id}@example.org"
    account = {
        "id": staff_id, "email": address, "email_key": address, "name": name, "role": role,
        "clinician_id": 1 if role is Role.CLINICIAN else None, "all_calendars": False,
        "language": "en", "created_at": now, "joined_at": now,
    }  # fmt: skip
    with patient.house.book() as book:
        book.execute(insert(models.StaffAccount).values(account))
        book.execute(insert(models.StaffSession).values(**session(staff_id, handle, now)))
    cookie = {"name": "fw-staff", "value": handle, "url": patient.house.address}
    patient.page.context.add_cookies([cookie])  # type: ignore[list-item]  # as Playwright types it
    return staff_id


def session(staff_id: str, handle: str, now: datetime) -> dict[str, object]:
    """Return the row of a session in which both factors were shown just now."""
    return {
        "id": id_of(handle), "staff_id": staff_id, "created_at": now, "seen_at": now,
        "passed_at": now, "proved_at": now, "tries": 0, "device": "Chrome Linux",
    }  # fmt: skip


def sign_out(patient: Patient) -> None:
    """Lose the staff's cookie, as a browser does that was closed."""
    patient.page.context.clear_cookies(name="fw-staff")
