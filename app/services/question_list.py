"""A reader's questions for the doctor: kept sealed, for the reader and the doctor's page."""

from collections.abc import Callable
from datetime import datetime

from app.domain.actor import Actor
from app.domain.questions import Wishes
from app.domain.refusals import NotYours
from app.services.record_copy import unlocked
from app.storage import question_lists, readings
from app.storage.database import reading, retried, transaction
from app.storage.visitors import Visit

Change = Callable[[Wishes], Wishes]


def find(visit: Visit) -> Wishes:
    """Return what a visitor wants to ask; raises NotYours before they began to read."""
    return question_lists.find(reading(), _of_visit(visit))


def of(reference: str, *, actor: Actor) -> Wishes:
    """Return what belongs to an appointment; raises NotYours, UnlockNeeded."""
    return question_lists.find(reading(), _of_appointment(reference, actor))


def of_reading(reading_id: str) -> Wishes:
    """Return what somebody wants to ask, for the doctor's page."""
    return question_lists.find(reading(), reading_id)


def change(visit: Visit, make: Change, *, now: datetime) -> Wishes:
    """Change a visitor's list; raises NotYours, and what *make* raises."""
    return _change(_of_visit(visit), make, now=now)


def change_of(reference: str, make: Change, *, actor: Actor, now: datetime) -> Wishes:
    """Change the list of an appointment; raises NotYours, UnlockNeeded, and what *make* raises."""
    return _change(_of_appointment(reference, actor), make, now=now)


@retried
def _change(reading_id: str, make: Change, *, now: datetime) -> Wishes:
    with transaction() as session:
        row = readings.lock(session, reading_id)
        if row is None or row.withdrawn_at is not None:
            raise NotYours
        before = question_lists.find(session, reading_id)
        after = make(before)
        if after != before:
            question_lists.keep(session, reading_id, after, now=now)
        return after


def _of_visit(visit: Visit) -> str:
    if visit.reading_id is None:
        raise NotYours
    return visit.reading_id


def _of_appointment(reference: str, actor: Actor) -> str:
    reading_id = unlocked(reference, actor).reading_id
    if reading_id is None:
        raise NotYours
    return reading_id
