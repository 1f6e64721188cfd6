"""What a person types and presses on the way to an appointment."""

import re
from html import unescape

from flask import Flask
from sqlalchemy import delete, select

from app.services import appointment
from app.storage.database import db
from app.storage.models import Appointment, Status
from tests.web.walker import Walker

SLOT = re.compile(r'name="slot" value="([^"]+)"')
HOLD = re.compile(r'name="hold" value="([^"]+)"')
DETAILS = {
    "who_for": "self",
    "name": "Marian Hale",
    "bday_month": "4",
    "bday_day": "21",
    "bday_year": "1968",
    "email": "marian.hale@example.org",
    "phone": "(865) 555-0178",
    "language": "en",
    "question": "What can I do this month?",
    "calendar": "invitation",
}
BIRTH = {"bday_month": "April", "bday_day": "21", "bday_year": "1968"}


def slots(page: str) -> list[str]:
    """Return what the buttons of a list of times send, as they stand on the page."""
    return [unescape(value) for value in SLOT.findall(page)]


def patient(site: Flask) -> Walker:
    """Come to the list of times on the general way."""
    walker = Walker(site)
    walker.be_safe("general")
    return walker


def keep(walker: Walker, which: int = 0) -> str:
    """Keep a time; return what its button sent."""
    value = slots(walker.get("/times").text)[which]
    assert walker.post("/times", {"slot": value}).location == "/details"
    return value


def give_away(site: Flask) -> None:
    """Let the times that are kept go to somebody else."""
    with site.app_context():
        db.session.execute(delete(Appointment).where(Appointment.status == Status.HELD))
        db.session.commit()


def book(walker: Walker, **changes: str) -> str:
    """Go all the way with a time some days ahead; return the reference."""
    keep(walker, -1)
    walker.get("/details")
    assert walker.post("/details", DETAILS | changes).location == "/review"
    page = walker.get("/review").text
    done = walker.post("/review", {"hold": HOLD.findall(page)[0]})
    return done.location.split("/")[2]


def link_of(site: Flask, reference: str) -> str:
    """Return the path of the link in an appointment's mails."""
    with site.app_context():
        row = db.session.scalars(
            select(Appointment).where(Appointment.reference == reference)
        ).one()
        return appointment.path(row.id, row.link_version)


def by_link(site: Flask, reference: str) -> Walker:
    """Come by the link of a mail."""
    walker = Walker(site)
    assert walker.get(link_of(site, reference)).location == f"/appointment/{reference}"
    return walker
