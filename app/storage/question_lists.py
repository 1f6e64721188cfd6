"""Lists of questions: how they are kept, sealed, and found."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from app.domain.questions import Wishes
from app.storage import sealing
from app.storage.models import Appointment, QuestionList


def find(session: Session, reading_id: str) -> Wishes:
    """Return what a reader wants to ask; raises CannotOpen when its key is gone."""
    row = session.get(QuestionList, reading_id, populate_existing=True)
    if row is None:
        return Wishes()
    said = json.loads(sealing.of(session).open(_place(reading_id), row.sealed))
    return Wishes(tuple(said["matters"]), tuple(said["asked"]), said["own"])


def keep(session: Session, reading_id: str, wishes: Wishes, *, now: datetime) -> None:
    """Keep it in the place of what was kept before."""
    sealed = sealing.of(session).seal(_place(reading_id), json.dumps(asdict(wishes)))
    session.merge(QuestionList(reading_id=reading_id, sealed=sealed, saved_at=now))


def drop_old(session: Session, *, visit_before: datetime) -> None:
    """Forget the lists of visits that are long over."""
    session.execute(delete(QuestionList).where(_old(visit_before)))


def any_old(session: Session, *, visit_before: datetime) -> bool:
    """Say whether a list is to be forgotten, without taking the write lock."""
    query = select(QuestionList.reading_id).where(_old(visit_before))
    return session.scalar(query.limit(1)) is not None


def _old(visit_before: datetime) -> ColumnElement[bool]:
    """Name the lists whose last visit ended before then; others go with their reading."""
    last = select(func.max(Appointment.ends_at)).where(
        Appointment.reading_id == QuestionList.reading_id
    )
    return last.scalar_subquery() < visit_before


def _place(reading_id: str) -> str:
    return f"question_list.sealed.{reading_id}"
