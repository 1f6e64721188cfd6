"""The clinic under a flood of bookings: seen by the worker, known to every process."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain import pressure as rules
from app.services import clinic as clinics
from app.storage import clinic as storage
from app.storage import journal
from app.storage.database import reading, transaction

BOOKINGS = ("book", "book_tentatively")  # verbs of the journal


def watch(*, now: datetime) -> None:
    """Put the clinic under pressure, keep it there, or end it.

    In normal times that is one small question; the history is asked only after ten bookings
    in ten minutes, and then once a minute.
    """
    until = clinics.load().pressure_until
    if not rules.lasts(until, now=now) and _flood(reading(), now):
        _set(rules.until(now=now), was=until, now=now)
    elif until is not None and not rules.is_on(until, now=now):
        _set(None, was=until, now=now)


def _flood(session: Session, now: datetime) -> bool:
    window = now - rules.WINDOW
    latest = journal.count(session, BOOKINGS, after=window)
    if not rules.may_be_flood(latest):
        return False
    history = now - rules.HISTORY
    earlier = journal.counts(session, BOOKINGS, after=history, until=window, window=rules.WINDOW)
    return rules.is_flood(latest, earlier)


def _set(until: datetime | None, *, was: datetime | None, now: datetime) -> None:
    """Change the clinic once, whoever else watches; the journal tells beginning and end."""
    with transaction() as session:
        if not storage.set_pressure(session, until, was=was):
            return
        if was is None or until is None:
            verb = "pressure_on" if until else "pressure_off"
            journal.note(session, verb, actor="worker", appointment_id=None, now=now)
