"""A flood of bookings, and what people do under it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import update

from app.domain.appointment import Wish
from app.services import appointment, confirming, pressure
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import KNOXVILLE, NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, person, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, clinic_changed, rows

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
HALF = timedelta(minutes=30)


def times() -> Iterator[Wish]:
    """Every half hour of both doctors, one working day after the other."""
    for day in (day for day in range(60) if (day + 1) % 7 < 5):
        morning = TUESDAY_NOON - timedelta(hours=3) + timedelta(days=day)
        for number in range(16):
            start = morning + number * HALF
            yield wish(start, clinician_id=RIVERA, location_id=KNOXVILLE)
            yield wish(start + HOUR, clinician_id=OKAFOR, location_id=NASHVILLE)


def press(until: datetime) -> None:
    """Put the clinic under pressure, as the worker does when it sees a flood."""
    db.session.execute(update(models.Clinic).values(pressure_until=until))
    clinic_changed()


def book(guest: Guest, wanted: Wish | None = None, email: str | None = None) -> str:
    """Go all the way from a network that counts."""
    held = guest.hold(wanted)
    guest.say(person(email))
    return guest.confirm(held.id)


def by_link(reference: str, now: datetime) -> Guest:
    """Be whoever reads the patient's mail, on another device."""
    row = booked(reference)
    reader = Guest(now, network="203.0.113.0/24")
    token = appointment.path(row.id, row.link_version).removeprefix("/a/")
    reader.open_link(token)
    return reader


def confirm(reference: str, guest: Guest) -> appointment.View:
    return confirming.confirm(reference, actor=guest.actor, clinic=clinics.load(), now=guest.now)


def flood(number: int) -> list[str]:
    """Book so often within some minutes, five times from each network, while a worker watches."""
    references = []
    for tried, wanted in enumerate(islice(times(), number)):
        now = MONDAY_8AM + timedelta(seconds=tried)
        references.append(book(Guest(now, network=f"198.51.{tried // 5}.0/24"), wanted))
        if tried % 2:
            pressure.watch(now=now)
    return references


def statuses(references: list[str]) -> Counter[str]:
    standing = {row.reference: row.status for row in rows(models.Appointment)}
    return Counter(standing[reference] for reference in references)


def verbs() -> Counter[str]:
    return Counter(row.verb for row in rows(models.JournalEntry))
