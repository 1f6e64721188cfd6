"""What people do to book, and to move an appointment of Thursday, most often to Friday."""

from datetime import datetime

from app.domain.actor import Actor
from app.domain.appointment import Hold, Wish
from app.services import appointment, moving
from app.services import clinic as clinics
from app.services.appointment import View
from app.storage.visitors import Visit
from tests.clinics import TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked

NETWORK = "198.51.100.0/24"
THURSDAY = wish(TUESDAY_NOON + days(2))
FRIDAY = wish(TUESDAY_NOON + days(3))


def take(guest: Guest, reference: str, wanted: Wish, actor: Actor | None = None) -> Hold:
    """Choose a new time for an appointment."""
    return moving.take(
        reference, wanted, actor=actor or guest.actor, visit=guest.visit, clinic=clinics.load(),
        exempt=True, now=guest.now,
    )  # fmt: skip


def move(guest: Guest, reference: str, wanted: Wish = FRIDAY, visit: Visit | None = None) -> View:
    """Press the button that moves it; *visit* as it was when the page was shown."""
    return moving.move(
        reference, wanted, actor=guest.actor, visit=visit or guest.visit, clinic=clinics.load(),
        now=guest.now,
    )  # fmt: skip


def token_of(reference: str) -> str:
    """Return what the link of an appointment ends with."""
    made = booked(reference)
    return appointment.path(made.id, made.link_version).removeprefix("/a/")


def reader(reference: str, now: datetime = MONDAY_8AM) -> Guest:
    """Somebody who opens the link of an appointment in another browser."""
    other = Guest(now, network=NETWORK)
    other.open_link(token_of(reference))
    return other


def someone(number: int) -> Guest:
    """Somebody from a network of their own."""
    return Guest(MONDAY_8AM, network=f"198.51.{number}.0/24")


def opened(token: str) -> tuple[str | None, str]:
    """Open a link without a session."""
    return appointment.open_link(token, visit=None, network=NETWORK, now=MONDAY_8AM)


def see(visitor: Guest, reference: str) -> View:
    """Look at an appointment."""
    return appointment.find(reference, actor=visitor.actor, clinic=clinics.load(), now=visitor.now)
