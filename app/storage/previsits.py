"""Forms before the visit: how they are kept and found."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.previsit import Answers
from app.storage import sealing
from app.storage.adding import add_unless_there
from app.storage.models import Appointment, PreVisit


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A form as it stands, of the edition in which it was last filled in."""

    edition: str
    answers: dict[str, tuple[str, ...]]
    saved_at: datetime
    finished_at: datetime | None


def find(session: Session, appointment_id: str) -> Kept | None:
    """Return an appointment's form; raises CannotOpen when its key is gone."""
    row = session.get(PreVisit, appointment_id, populate_existing=True)
    return None if row is None else _kept(session, row)


def several(session: Session, appointment_ids: Collection[str]) -> dict[str, Kept]:
    """Return the forms of some appointments; one whose key is gone says nothing but that it is."""
    query = select(PreVisit).where(PreVisit.appointment_id.in_(appointment_ids))
    return {row.appointment_id: _as_kept(session, row) for row in session.scalars(query)}


def begin(session: Session, appointment_id: str, *, edition: str, now: datetime) -> bool:
    """Begin an empty form; return False when there is one."""
    row = {
        "appointment_id": appointment_id,
        "sealed": _sealed(session, appointment_id, edition, {}),
        "started_at": now,
        "saved_at": now,
    }
    return add_unless_there(session, PreVisit, row)


def find_to_change(session: Session, appointment_id: str) -> Kept | None:
    """Return a form; nobody else changes it until the transaction ends."""
    query = select(PreVisit).where(PreVisit.appointment_id == appointment_id).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    return None if row is None else _kept(session, row)


def change(
    session: Session, appointment_id: str, answers: Answers, *, edition: str, now: datetime
) -> None:
    """Keep what a form says now."""
    sealed = _sealed(session, appointment_id, edition, answers)
    mine = update(PreVisit).where(PreVisit.appointment_id == appointment_id)
    session.execute(mine.values(sealed=sealed, saved_at=now))


def finish(session: Session, appointment_id: str, *, now: datetime) -> bool:
    """Note that somebody is done with a form; the first time counts."""
    open_one = (PreVisit.appointment_id == appointment_id) & PreVisit.finished_at.is_(None)
    done = update(PreVisit).where(open_one).values(finished_at=now)
    return session.execute(done.returning(PreVisit.appointment_id)).first() is not None


def drop(session: Session, appointment_id: str) -> None:
    """Forget one form: somebody took it back."""
    session.execute(delete(PreVisit).where(PreVisit.appointment_id == appointment_id))


def drop_old(session: Session, *, visit_before: datetime) -> None:
    """Forget the forms of visits that are long over."""
    old = select(Appointment.id).where(Appointment.ends_at < visit_before)
    session.execute(delete(PreVisit).where(PreVisit.appointment_id.in_(old)))


def any_old(session: Session, *, visit_before: datetime) -> bool:
    """Say whether a form is to be forgotten, without taking the write lock."""
    of = PreVisit.appointment_id == Appointment.id
    query = select(PreVisit.appointment_id).join(Appointment, of)
    return session.scalar(query.where(Appointment.ends_at < visit_before).limit(1)) is not None


def _as_kept(session: Session, row: PreVisit) -> Kept:
    try:
        return _kept(session, row)
    except sealing.CannotOpen:
        return Kept(edition="", answers={}, saved_at=row.saved_at, finished_at=row.finished_at)


def _kept(session: Session, row: PreVisit) -> Kept:
    said = json.loads(sealing.of(session).open(_place(row.appointment_id), row.sealed))
    return Kept(
        edition=said["edition"],
        answers={name: tuple(values) for name, values in said["answers"].items()},
        saved_at=row.saved_at,
        finished_at=row.finished_at,
    )


def _sealed(session: Session, appointment_id: str, edition: str, answers: Answers) -> bytes:
    words = json.dumps({"edition": edition, "answers": {k: list(v) for k, v in answers.items()}})
    return sealing.of(session).seal(_place(appointment_id), words)


def _place(appointment_id: str) -> str:
    return f"previsit.sealed.{appointment_id}"
