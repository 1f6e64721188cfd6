"""Taking out what a page shows: for owners, who show again who they are; it is written down.

Health words are never among it.
"""

from collections.abc import Iterable
from datetime import date, datetime

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.desk import Board
from app.domain.finding import Sought
from app.domain.staff import Permission, Staff
from app.services import agreeing, desk, finding
from app.storage import appointments, journal, sealing
from app.storage.database import reading, retried, transaction


@retried
def of_search(
    typed: str, sought: Sought, *, kind: str, actor: Staff, clinic: Clinic, now: datetime
) -> list[Appointment]:
    """Return what a search shows: what is to come for each person, and their last; TooVague."""
    actor.needs(Permission.EXPORT)
    people, _ = finding.find(typed, sought, actor=actor, clinic=clinic, now=now)
    lines = [line for one in people for line in (*one.coming, *([one.last] if one.last else []))]
    found = _listed(line.reference for line in lines)
    looked_for = sealing.of(reading()).keyed_hash("find", typed)
    _note(actor, now, what="search", kind=kind, many=len(found), sought=looked_for)
    return found


@retried
def of_day(
    on: date, *, location_id: int | None, kind: str, actor: Staff, clinic: Clinic, now: datetime
) -> list[Appointment]:
    """Return what stands on a day."""
    actor.needs(Permission.EXPORT)
    board = desk.day(on, location_id=location_id, actor=actor, clinic=clinic, now=now)
    found = _on(board)
    _note(actor, now, what="day", kind=kind, many=len(found), day=on.isoformat())
    return found


@retried
def of_week(
    of: date, clinician_id: int, *, kind: str, actor: Staff, clinic: Clinic, now: datetime
) -> list[Appointment]:
    """Return what stands in a doctor's week; raises NotYours."""
    actor.needs(Permission.EXPORT)
    found = _on(desk.week(of, clinician_id, actor=actor, clinic=clinic, now=now))
    _note(actor, now, what="week", kind=kind, many=len(found), day=of.isoformat(),
          clinician_id=clinician_id)  # fmt: skip
    return found


def _on(board: Board) -> list[Appointment]:
    """Return what stands on a board; a hold has no reference yet."""
    return _listed(one.reference for one in board.planned)


def _listed(references: Iterable[str]) -> list[Appointment]:
    known = {one for one in references if one}
    return appointments.listed(reading(), appointments.by_references(known))


def _note(actor: Staff, now: datetime, *, many: int, **said: object) -> None:
    """Write down what is taken out; much of it only when another owner agreed."""
    agreeing.check(said, many, actor=actor, now=now)
    said["many"] = many
    with transaction() as session:
        journal.note(session, "export", actor=actor.signature, appointment_id=None, now=now, **said)
