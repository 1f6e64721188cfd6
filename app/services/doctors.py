"""Doctors: added, changed, ended; none of their appointments is lost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.setting import StillComing
from app.domain.staff import Staff
from app.services import setting, subscription
from app.storage import parts
from app.storage.database import reading, retried, transaction
from app.storage.models import Clinician, VisitType
from app.storage.parts import Coming

OFFERS = "offers"


def find(actor: Staff, id_: int) -> dict[str, Any]:
    """Return what can be changed of a doctor."""
    setting.may_set(actor)
    return _fields(reading(), setting.found(parts.find(reading(), Clinician, id_)))


def _fields(session: Session, doctor: Clinician) -> dict[str, Any]:
    return parts.fields(doctor) | {OFFERS: parts.offers(session, doctor.id)}


def coming(actor: Staff, id_: int, *, now: datetime) -> list[Coming]:
    """Return the appointments that are still to come with a doctor."""
    setting.may_set(actor)
    return parts.coming(reading(), clinician_id=id_, now=now)


@retried
def add(actor: Staff, wanted: dict[str, Any], *, now: datetime) -> int:
    """Add a doctor; without hours nobody can book with them yet."""
    setting.may_set(actor)
    with transaction() as session:
        made = parts.add(session, Clinician, wanted, calendar_revision=0)
        parts.offer(session, made.id, wanted[OFFERS])
        setting.note(session, "doctor_added", actor=actor, name=made.name, now=now)
        return made.id


@retried
def change(
    actor: Staff, id_: int, wanted: dict[str, Any], *, seen: str, knowing: bool, now: datetime
) -> None:
    """Change a doctor.

    Raises SettingChanged, and StillComing for one who ends while appointments are coming, unless
    *knowing* which they are: they stay in the book until each is moved or over.
    """
    setting.may_set(actor)
    with transaction() as session:
        doctor = setting.found(parts.locked(session, Clinician, id_))
        changed = setting.differing(_fields(session, doctor), wanted, seen)
        if not changed:
            return
        ends = changed.get("active") == [True, False]
        if ends and not knowing and parts.coming(session, clinician_id=id_, now=now):
            raise StillComing
        parts.write(session, doctor, wanted)
        parts.offer(session, id_, wanted[OFFERS])
        if ends:
            subscription.end_of_doctor(session, id_, by=actor.signature, now=now)
        setting.note(
            session, "doctor_changed", actor=actor, name=doctor.name, now=now,
            changed=_named(session, changed),
        )  # fmt: skip


def _named(session: Session, changed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the change with the names of visit types, as a journal keeps them."""
    if OFFERS not in changed:
        return dict(changed)
    names = {one.id: one.name for one in parts.listed(session, VisitType)}
    told = [[names.get(id_, "") for id_ in ids or ()] for ids in changed[OFFERS]]
    return {**changed, OFFERS: told}


@retried
def put(actor: Staff, id_: int, *, up: bool, now: datetime) -> None:
    """Put a doctor higher or lower in the list that patients see."""
    setting.may_set(actor)
    with transaction() as session:
        doctor = setting.moved(session, Clinician, id_, up=up)
        if doctor is not None:
            setting.note(session, "order_changed", actor=actor, name=doctor.name, now=now)
