"""Builders: closures and hours as staff type them, and what they leave behind."""

from datetime import date, datetime, timedelta

from sqlalchemy import insert

from app.domain.hours import Closure
from app.domain.hours_refusals import WouldBreak
from app.domain.rehousing import Case, Progress
from app.domain.staff import Staff
from app.services import breaking, closing, rehousing
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import KNOXVILLE, RIVERA
from tests.conftest import MONDAY_8AM
from tests.services.looking import clinic_changed

TUESDAY = datetime(2027, 3, 2)  # noqa: DTZ001  a wall has no zone
WEDNESDAY = TUESDAY.replace(day=3)


def closure(starts: datetime = TUESDAY, ends: datetime = WEDNESDAY, **others: object) -> Closure:
    """Mean the whole of Tuesday, of the whole clinic, or something else."""
    values: dict[str, object] = {"starts": starts, "ends": ends, "kind": "other", "note": ""}
    return Closure(**(values | others))  # type: ignore[arg-type]  # values of a builder


def close(wanted: Closure, actor: Staff, *, seen: str = "", now: datetime = MONDAY_8AM) -> int:
    """Close something; what it breaks was seen before."""
    try:
        return closing.close(wanted, seen=seen, clinic=clinics.load(), actor=actor, now=now)
    except WouldBreak as refusal:
        seen = breaking.sight(refusal.lost)
    return closing.close(wanted, seen=seen, clinic=clinics.load(), actor=actor, now=now)


def open_at_night(weekday: int) -> None:
    """Let Dr Rivera see people in Knoxville from midnight to midnight."""
    row = {
        "clinician_id": RIVERA, "location_id": KNOXVILLE, "weekday": weekday, "from_minute": 0,
        "until_minute": 1440, "valid_from": date(2027, 1, 4),
    }  # fmt: skip
    db.session.execute(insert(models.WeeklyHours).values(**row))
    clinic_changed()


AFTERNOON = closure(TUESDAY.replace(hour=12), TUESDAY.replace(hour=17), clinician_id=RIVERA)


def see(actor: Staff, closure_id: int | None = None, hours_later: float = 0) -> Progress:
    """Return how far it is with whoever lost their time."""
    now = MONDAY_8AM + timedelta(hours=hours_later)
    return rehousing.progress(closure_id, actor=actor, clinic=clinics.load(), now=now)


def only(actor: Staff, closure_id: int | None = None, hours_later: float = 0) -> Case:
    """Return the only one of them."""
    (case,) = see(actor, closure_id, hours_later).cases
    return case
