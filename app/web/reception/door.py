"""The door to the staff's pages: whoever is not signed in, or may not, does not come in."""

from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as later

from app.domain.refusals import NotYours, Refused
from app.domain.staff import Permission
from app.services import staff_session
from app.storage.staff_sessions import StaffVisit
from app.web import errors, staff
from app.web.access import Audience, StaffOnly, asked_of_staff, audience
from app.web.clock import now
from app.web.csrf import typed
from app.web.reception import proof, settling
from app.web.refusals import say, status

SAFE = ("GET", "HEAD", "OPTIONS")
LANDING = "reception.day.day"
TO_SETTLE = "reception.settle.to_settle"


@dataclass(frozen=True, slots=True)
class Room:
    """An entry of the navigation, for those whose role has the permission.

    What is opened once a week lies behind *More*, so that the day's own rooms fit in a line.
    """

    endpoint: str
    name: LazyString
    permission: Permission
    key: str = ""  # that opens it
    seldom: bool = False

    @property
    def blueprint(self) -> str:
        """The room's name."""
        return self.endpoint.rpartition(".")[0]


ROOMS = (
    Room(LANDING, later("Day"), Permission.SEE_DAY),
    Room("reception.day.week", later("Week"), Permission.SEE_DAY),
    Room("reception.new.new", later("New appointment"), Permission.RUN_DAY, key="n"),
    Room(TO_SETTLE, later("To settle"), Permission.RUN_DAY),
    Room("reception.waiting.waiting_list", later("Waiting list"), Permission.RUN_DAY, seldom=True),
    Room("reception.figures.figures", later("Figures"), Permission.FIGURES, seldom=True),
    Room("reception.handover.handover", later("Hand over"), Permission.RUN_DAY, seldom=True),
    Room("reception.hours.hours", later("Hours"), Permission.HOURS, seldom=True),
    Room("reception.calendars.calendars", later("Calendars"), Permission.SEE_DAY, seldom=True),
    Room("reception.team.team", later("Staff"), Permission.STAFF, seldom=True),
    Room("reception.settings.settings", later("Settings"), Permission.SETTINGS, seldom=True),
    Room("reception.journal.journal", later("Journal"), Permission.JOURNAL, seldom=True),
)
HOURS_ROOMS = (
    Room("reception.hours.hours", later("Hours"), Permission.HOURS),
    Room("reception.closures.closures", later("Closures"), Permission.HOURS),
    Room("reception.holidays.holidays", later("Holidays"), Permission.CLOSE_CLINIC),
    Room("reception.rehouse.rehouse", later("To rehouse"), Permission.RUN_DAY),
)


def keep() -> ResponseReturnValue | None:
    """Let a request through, or answer it here; a view that declares nothing is for nobody."""
    asked = asked_of_staff()
    if asked is None:
        return None if audience() is Audience.PUBLIC else abort(404)
    visit = staff.session()
    if visit is not None and visit.passed_at is None:
        return None if asked.joining and visit.token_id else _sign_in()
    if visit is None:
        return _sign_in()
    visit.staff.needs(asked.permission)
    return _who_it_still_is(visit, asked)


def _who_it_still_is(visit: StaffVisit, asked: StaffOnly) -> ResponseReturnValue | None:
    """Ask again where it matters, or where a long session rested; else note the sign of life."""
    changes = request.method not in SAFE
    locked = staff_session.locked(visit, now=now())
    fresh = staff_session.proven(visit, now=now()) and not locked
    if locked or (asked.proof and changes and not fresh):
        return proof.ask(visit)
    if not asked.by_itself:
        staff_session.touch(visit, now=now())
    return None


def _sign_in() -> ResponseReturnValue:
    """Lead to the sign-in page; what somebody typed when their session ended stays with them."""
    if request.method in SAFE:
        return redirect(url_for("reception.sign_in.sign_in"), code=303)
    page = render_template("errors/signed_out.html", fields=typed(), action=request.path)
    return page, 401


def frame() -> dict[str, Any]:
    """Give every page of staff who is signed in, and what they may."""
    visit = staff.signed_in()
    who = visit.staff if visit else None
    rooms, hours_rooms = (
        [room for room in some if who is not None and who.may(room.permission)]
        for some in (ROOMS, HOURS_ROOMS)
    )
    return {
        "who": who,
        "rooms": rooms,
        "hours_rooms": hours_rooms,
        "counts": {TO_SETTLE: settling.count()} if who is not None else {},
        "Permission": Permission,
    }


def refused(refusal: Refused) -> ResponseReturnValue:
    """Say no on a page of staff's own; what is not theirs looks as if it were not there."""
    if isinstance(refusal, NotYours):
        return errors.refused(refusal)
    page = render_template("errors/not_allowed.html", code=refusal.code, sentence=say(refusal))
    return page, status(refusal)
