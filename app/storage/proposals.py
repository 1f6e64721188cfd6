"""Proposals: how they are kept and found, and the times that they hold."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from app.domain.appointment import Wish
from app.domain.proposal import AlreadyOffered, Answer, Kind, Proposal
from app.storage import models
from app.storage.adding import add_or_change, add_unless_there
from app.storage.appointments import wish_from
from app.storage.models import Status
from app.storage.people import person_from
from app.storage.types import askable, new_id

Row_ = models.Proposal
Held = models.Appointment
Grant = models.ProposalGrant
OPEN = Row_.answered_at.is_(None)


def add(session: Session, **values: Any) -> None:  # noqa: ANN401  columns of the table
    """Keep a new proposal, or refuse a second one for the same appointment or wish."""
    row = {"answered_at": None, "answer": None, "link_version": 0, **values}
    if not add_unless_there(session, Row_, row):
        raise AlreadyOffered


def hold_of(proposal_id: str, patient_id: str, until: datetime, now: datetime) -> dict[str, Any]:
    """Return what makes an appointment's row a time held for a proposal."""
    return {
        "id": new_id(),
        "status": Status.HELD,
        "proposal_id": proposal_id,
        "patient_id": patient_id,
        "held_at": now,
        "hold_until": until,
    }


def find(session: Session, proposal_id: str) -> Proposal | None:
    """Return a proposal, with whom it is for."""
    found = _found(session, Row_.id == askable(proposal_id))
    return found[0] if found else None


def some(session: Session, ids: Collection[str]) -> list[Proposal]:
    """Return some proposals."""
    return _found(session, Row_.id.in_(list(ids)))


def of_appointment(session: Session, appointment_id: str) -> list[Proposal]:
    """Return what was proposed for an appointment, the latest first."""
    return _found(session, Row_.appointment_id == appointment_id)


def of_appointments(session: Session, ids: Collection[str]) -> list[Proposal]:
    """Return the same for several appointments."""
    return _found(session, Row_.appointment_id.in_(list(ids))) if ids else []


def of_waiting(session: Session, waiting_ids: Iterable[str]) -> list[Proposal]:
    """Return what was proposed to people on the waiting list, the latest first."""
    return _found(session, Row_.waiting_id.in_(list(waiting_ids)))


def open_of_waiting(session: Session, waiting_id: str) -> Proposal | None:
    """Return what somebody on the waiting list has not answered yet."""
    found = _found(session, (Row_.waiting_id == waiting_id) & OPEN)
    return found[0] if found else None


def _found(session: Session, which: ColumnElement[bool]) -> list[Proposal]:
    query = select(Row_, models.Patient).join(models.Patient, models.Patient.id == Row_.patient_id)
    query = query.where(which).order_by(Row_.made_at.desc(), Row_.id)
    rows = session.execute(query.execution_options(populate_existing=True))
    return [_proposal(row, patient) for row, patient in rows]


def _proposal(row: models.Proposal, patient: models.Patient) -> Proposal:
    return Proposal(
        id=row.id,
        kind=Kind(row.kind),
        person=person_from(patient),
        patient_id=row.patient_id,
        appointment_id=row.appointment_id,
        waiting_id=row.waiting_id,
        sequence=row.sequence,
        times=tuple(_wish(one) for one in row.times),
        made_at=row.made_at,
        answer_by=row.answer_by,
        answered_at=row.answered_at,
        answer=Answer(row.answer) if row.answer else None,
        link_version=row.link_version,
    )


def written(wish: Wish) -> dict[str, Any]:
    """Write a time down as the table keeps it."""
    return {
        "visit_type": wish.visit_type_id,
        "clinician": wish.clinician_id,
        "location": wish.location_id,
        "video": wish.video,
        "start": wish.start.isoformat(),
    }


def _wish(kept: dict[str, Any]) -> Wish:
    return Wish(
        visit_type_id=kept["visit_type"],
        clinician_id=kept["clinician"],
        location_id=kept["location"],
        video=kept["video"],
        start=datetime.fromisoformat(kept["start"]),
    )


def end(session: Session, proposal_id: str, answer: Answer, *, now: datetime) -> bool:
    """Note how a proposal ended, if nobody did before; say whether."""
    ended = update(Row_).where(Row_.id == proposal_id, OPEN)
    return session.execute(
        ended.values(answered_at=now, answer=answer).returning(Row_.id)
    ).first() is not None  # fmt: skip


def led_to(session: Session, proposal_id: str, appointment_id: str) -> None:
    """Note which appointment a yes has made."""
    session.execute(
        update(Row_).where(Row_.id == proposal_id).values(appointment_id=appointment_id)
    )


def _held(proposal_id: str) -> ColumnElement[bool]:
    return (Held.proposal_id == proposal_id) & (Held.status == Status.HELD)


def book(session: Session, proposal_id: str, wish: Wish, values: dict[str, Any]) -> str | None:
    """Make one of the held times what *values* say; return its id unless it is not held."""
    held = select(Held).where(_held(proposal_id)).execution_options(populate_existing=True)
    for row in session.scalars(held):
        if wish_from(row) == wish:
            made = update(Held).where(Held.id == row.id)
            session.execute(made.values(proposal_id=None, **values))
            return row.id
    return None


def drop_times(session: Session, proposal_id: str) -> list[Wish]:
    """Give back what a proposal holds; return it."""
    columns = (
        Held.visit_type_id, Held.clinician_id, Held.location_id, Held.video, Held.starts_at
    )  # fmt: skip
    dropped = delete(Held).where(_held(proposal_id)).returning(*columns)
    rows: Any = session.execute(dropped)
    return [wish_from(row) for row in rows]


def over(session: Session, *, before: datetime) -> dict[str, Answer]:
    """Return the proposals whose time to answer is over, or whose appointment changed since."""
    query = (
        select(Row_.id, Row_.answer_by)
        .outerjoin(Held, Held.id == Row_.appointment_id)
        .where(
            OPEN,
            (Row_.answer_by < before)
            | (Held.sequence != Row_.sequence)
            | (Held.status != Status.BOOKED),
        )
    )
    return {
        id_: Answer.LAPSED if answer_by < before else Answer.WITHDRAWN
        for id_, answer_by in session.execute(query)
    }


def grant(session: Session, visitor_id: str, proposal_id: str, link_version: int) -> None:
    """Let a session answer a proposal; doing it again changes nothing."""
    whose = {"visitor_id": visitor_id, "proposal_id": proposal_id}
    version = {"link_version": link_version}
    add_or_change(session, Grant, whose | version, version)


def is_granted(session: Session, visitor_id: str, proposal_id: str) -> bool:
    """Say whether a session opened the link of a proposal, and the link is still good."""
    good = (Grant.visitor_id == visitor_id) & (Grant.proposal_id == proposal_id)
    query = select(Row_.id).join(Grant, Grant.proposal_id == Row_.id)
    query = query.where(good, Grant.link_version == Row_.link_version)
    return session.scalar(query) is not None
