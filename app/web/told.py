"""What the doctor should know from the safety check, until the person books or leaves.

It travels sealed in the person's own session cookie: the clinic keeps nothing of it before.
"""

from flask import session

from app.services import safety
from app.services.safety import Told
from app.storage.visitors import Visit

KEY = "told"


def keep(told: Told, visit: Visit) -> None:
    """Remember what to tell; nothing to tell takes away what was."""
    session.pop(KEY, None)
    if told:
        session[KEY] = safety.seal(told, visit)


def kept(visit: Visit) -> Told:
    """Return what to tell, with the answer given."""
    return safety.unseal(session[KEY], visit) if KEY in session else ()


def points(visit: Visit) -> tuple[str, ...]:
    """Return the names of the points to tell."""
    return tuple(item for item, _answer in kept(visit))
