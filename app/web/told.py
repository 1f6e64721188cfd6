"""How the safety check ended and what the doctor should know, until the person books or leaves.

It travels sealed in the person's own session cookie: the clinic keeps no answer of it before.
"""

from flask import session

from app.domain.safety import Answer, Checked
from app.services import safety
from app.storage.visitors import Visit
from app.web.visitor import needed_visit, remember

KEY = "told"


def keep(checked: Checked | None, visit: Visit) -> None:
    """Remember how the check ended, instead of the one before."""
    session.pop(KEY, None)
    if checked is not None:
        session[KEY] = safety.seal(checked, visit)


def go_on(known: Visit | None, handle: str | None) -> None:
    """Go on under a new handle, if there is one, with how the check ended under the old."""
    if handle is not None:
        ended = checked(known) if known else None
        remember(handle)
        keep(ended, needed_visit())


def checked(visit: Visit) -> Checked | None:
    """Return how the check ended, as far as this cookie knows it."""
    return safety.unseal(session[KEY], visit) if KEY in session else None


def kept(visit: Visit) -> dict[str, Answer]:
    """Return what to tell, with the answer given."""
    known = checked(visit)
    return dict(known.told) if known else {}


def points(visit: Visit) -> tuple[str, ...]:
    """Return the names of the points to tell."""
    return tuple(kept(visit))
