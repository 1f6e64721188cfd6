"""The safety check: of its answers nothing is kept before somebody books.

How it ended travels sealed in the person's own cookie, and goes into the record of whoever
reads the guide: its tier, its time and its words.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict
from datetime import datetime

from app.domain.safety import Answer, Checked, Tier
from app.services.record import note_check
from app.storage import people, sealing, visitors
from app.storage.database import reading, retried, transaction
from app.storage.sealing import CannotOpen
from app.storage.visitors import Visit


@retried
def passed(checked: Checked, *, visit: Visit, way: str, now: datetime) -> None:
    """Note that the check was passed, and for which way; what was to be told is replaced."""
    with transaction() as session:
        note_check(session, visit.reading_id, checked, now=now)
        values = {"way": way, "safety_at": now, "seen_at": now}
        if visit.intake_id is not None:
            words = people.words(session, visit.intake_id) | {"told": list(checked.points)}
            values["intake_id"] = people.keep_words(
                session, words, intake_id=visit.intake_id, now=now
            )
        visitors.change(session, visit.id, **values)


@retried
def stopped(checked: Checked, *, visit: Visit, now: datetime) -> None:
    """Forget that the visitor had passed: they must not wait for an appointment."""
    with transaction() as session:
        note_check(session, visit.reading_id, checked, now=now)
        visitors.change(session, visit.id, safety_at=None)


def seal(checked: Checked, visit: Visit) -> str:
    """Seal how the check ended into text that only the visitor's own cookie carries."""
    words = json.dumps(asdict(checked) | {"at": checked.at.isoformat()})
    return urlsafe_b64encode(sealing.of(reading()).seal(_place(visit), words)).decode()


def unseal(sealed: str, visit: Visit) -> Checked | None:
    """Return how the check ended; a text that is not this visitor's says nothing."""
    try:
        words = sealing.of(reading()).open(_place(visit), urlsafe_b64decode(sealed))
        said = json.loads(words)
        tier = said["tier"] and Tier(said["tier"])
        told = tuple((item, Answer(answer)) for item, answer in said["told"])
        at = datetime.fromisoformat(said["at"])
    except (CannotOpen, ValueError, TypeError):
        return None
    return Checked(**said | {"at": at, "tier": tier, "told": told})


def _place(visit: Visit) -> str:
    return f"session.told.{visit.id}"
