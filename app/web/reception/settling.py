"""How much is to be settled, for the navigation of every page: asked for twice a minute at most.

A page that shows something else must not ask the book six questions more each time.
"""

from datetime import datetime, timedelta

from flask import Flask, current_app, g

from app.domain.staff import Permission
from app.services import settle
from app.services.settle import Asked
from app.web import guide, staff
from app.web.clock import now
from app.web.visitor import clinic

KEY = "to_settle"
GOOD_FOR = timedelta(seconds=30)

Counts = dict[str, tuple[datetime, int]]  # by who looks: until when it is good, and how much


def count() -> int:
    """Return how much the person who is signed in has to settle."""
    if g.get("plain_page"):  # the book may be away
        return 0
    who = staff.actor()
    if not who.may(Permission.RUN_DAY):
        return 0
    counts: Counts = current_app.extensions.setdefault(KEY, {})
    until, known = counts.get(who.id, (now(), 0))
    if until > now():
        return known
    found = settle.count(Asked(actor=who, clinic=clinic(), guide=guide.copy(), now=now()))
    counts[who.id] = (now() + GOOD_FOR, found)
    return found


def forget(app: Flask) -> None:
    """Ask anew: somebody settled something."""
    app.extensions.pop(KEY, None)
