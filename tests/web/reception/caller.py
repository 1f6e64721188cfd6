"""A caller, and the form that the desk fills in for them."""

import re

from flask import Flask

from app.domain.staff import Role
from app.storage import models
from tests.clinics import GENERAL, RIVERA
from tests.services.looking import rows
from tests.staffing import Colleague

WHO = {"name": "Marian Hale", "birth": "4/21/1968", "phone": "(865) 555-0178",
       "email": "marian@example.org", "language": "en", "calendar": "invitation"}  # fmt: skip
OWN = {"visit": str(GENERAL), "doctor": str(RIVERA), "place": "1", "slot": "own",
       "day": "2027-03-02", "clock": "12:05"}  # fmt: skip


def made(site: Flask) -> list[models.Appointment]:
    with site.app_context():
        return rows(models.Appointment)


def opened(site: Flask, role: Role = Role.RECEPTION, **asked: str) -> tuple[Colleague, str]:
    colleague = Colleague(site, role)
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return colleague, colleague.get(f"/staff/new?{query}").text


def key_of(page: str) -> dict[str, str]:
    return {"key": re.findall(r'name="key" value="([^"]+)"', page)[0]}
