"""The clinic's mails leave, as the worker lets them."""

from datetime import datetime

from app.domain.letter import DOCTORS, Letter
from app.services import letters, outbox
from tests.conftest import MONDAY_8AM


def delivered(now: datetime = MONDAY_8AM) -> list[Letter]:
    """Let everything that is due leave, and return it."""
    gone: list[Letter] = []
    while (owed := outbox.lease(now=now, owner="one")) is not None:
        said = letters.letter(owed.id, base_url="https://x", emergency_number="911", now=now)
        if said is None:
            outbox.withdraw(owed.id, "one")
            continue
        outbox.handed_over(owed.id, "one", sender="book@x.example", now=now)
        gone.append(said)
    return gone


def to_doctors(now: datetime = MONDAY_8AM) -> list[Letter]:
    """Do the same, and return what the doctors get."""
    return [one for one in delivered(now) if one.kind in DOCTORS]
