"""Doctors: added, changed, ended; none of their appointments is lost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain import arranging
from app.domain.staff import Staff
from app.services import arrangement, setting, subscription
from app.storage import parts
from app.storage.database import reading, retried, transaction
from app.storage.models import Clinician, VisitType

OFFERS = "offers"


def find(actor: Staff, id_: int) -> dict[str, Any]:
    """Return what can be changed of a doctor."""
    return setting.see(actor, Clinician, id_) | {OFFERS: parts.offers(reading(), id_)}


def _fields(session: Session, doctor: Clinician) -> dict[str, Any]:
    return parts.fields(doctor) | {OFFERS: parts.offers(session, doctor.id)}


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
    actor: Staff, id_: int, wanted: dict[str, Any], *, seen: str, agreed: str, now: datetime
) -> None:
    """Change a doctor.

    Raises SettingChanged, and WouldBreak for one who ends while appointments are coming, unless
    *agreed* says that they were seen: they stay in the book until each is moved or over.
    """
    setting.may_set(actor)
    with transaction() as session:
        before = arrangement.locked(session, id_)
        doctor = setting.found(parts.locked(session, Clinician, id_))
        changed = setting.differing(_fields(session, doctor), wanted, seen)
        if not changed:
            return
        if "active" in changed:
            after = arranging.with_clinician(before, id_, active=wanted["active"])
            arrangement.put_in_use(session, before, after, seen=agreed, actor=actor, now=now)
        parts.write(session, doctor, wanted)
        parts.offer(session, id_, wanted[OFFERS])
        if changed.get("active") == [True, False]:
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


def put(actor: Staff, id_: int, *, up: bool, now: datetime) -> None:
    """Put a doctor higher or lower in the list that patients see."""
    setting.put(actor, Clinician, id_, up=up, now=now)
