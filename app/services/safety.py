"""The safety check: nothing of it is kept but that it was passed, and when."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable

from app.domain.safety import Answer
from app.storage import sealing, visitors
from app.storage.database import reading, transaction
from app.storage.sealing import CannotOpen
from app.storage.visitors import Visit

Told = tuple[tuple[str, Answer], ...]


def fail(visit: Visit) -> None:
    """Forget that the visitor had passed: they must not wait for an appointment."""
    with transaction() as session:
        visitors.change(session, visit.id, safety_at=None)


def seal(told: Iterable[tuple[str, Answer]], visit: Visit) -> str:
    """Seal what the doctor should know into text that only the visitor's own cookie carries."""
    words = json.dumps([[item, answer] for item, answer in told])
    return urlsafe_b64encode(sealing.of(reading()).seal(_place(visit), words)).decode()


def unseal(sealed: str, visit: Visit) -> Told:
    """Return what the doctor should know; a text that is not this visitor's says nothing."""
    try:
        words = sealing.of(reading()).open(_place(visit), urlsafe_b64decode(sealed))
    except (CannotOpen, ValueError):
        return ()
    return tuple((item, Answer(answer)) for item, answer in json.loads(words))


def _place(visit: Visit) -> str:
    return f"session.told.{visit.id}"
