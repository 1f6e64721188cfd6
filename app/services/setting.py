"""What every change of a setting has in common: seen as it stands, told from what to what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.refusals import NotYours
from app.domain.setting import Fields, SettingChanged, differences, seen_as
from app.domain.staff import Permission, Staff
from app.storage import clinic as storage
from app.storage import journal, parts
from app.storage.database import reading, retried, transaction
from app.storage.parts import Part


def found(part: Part | None) -> Part:
    """Return a part, or refuse what is not there."""
    if part is None:
        raise NotYours
    return part


def differing(before: Fields, wanted: Fields, seen: str) -> dict[str, list[Any]]:
    """Return what is to change; refuse when it is not as it was seen any more."""
    if seen_as(before) != seen:
        raise SettingChanged
    return differences(before, wanted)


def note(
    session: Session,
    verb: str,
    *,
    actor: Staff,
    name: str,
    changed: Mapping[str, Any] | None = None,
    now: datetime,
) -> None:
    """Write a change down, and let every process read the clinic again."""
    storage.changed(session)
    told = {"name": name} | ({"changed": dict(changed)} if changed else {})
    journal.note(session, verb, actor=actor.signature, appointment_id=None, now=now, **told)


@retried
def keep(verb: str, before: Fields, wanted: Fields, *, actor: Staff, now: datetime) -> None:
    """Keep other rules of the clinic's; nothing is written down where they stand so already."""
    may_set(actor)
    if changed := differences(before, wanted):
        with transaction() as session:
            storage.change(session, **wanted)
            by, said = actor.signature, {"changed": changed}
            journal.note(session, verb, actor=by, appointment_id=None, now=now, **said)


def may_set(actor: Staff) -> None:
    """Refuse whoever does not look after the clinic's settings."""
    actor.needs(Permission.SETTINGS)


def see(actor: Staff, kind: type[Part], id_: int) -> dict[str, Any]:
    """Return what can be changed of a part."""
    may_set(actor)
    return parts.fields(found(parts.find(reading(), kind, id_)))


@retried
def put(actor: Staff, kind: type[Part], id_: int, *, up: bool, now: datetime) -> None:
    """Put a part higher or lower in the list that patients see."""
    may_set(actor)
    with transaction() as session:
        part = _moved(session, kind, id_, up=up)
        if part is not None:
            note(session, "order_changed", actor=actor, name=part.name, now=now)


def _moved(session: Session, kind: type[Part], id_: int, *, up: bool) -> Part | None:
    """Change places with the one before or after it in the list; nothing at its ends."""
    listed = parts.listed(session, kind)
    at = next((number for number, part in enumerate(listed) if part.id == id_), None)
    if at is None:
        raise NotYours
    other = at - 1 if up else at + 1
    if not 0 <= other < len(listed):
        return None
    listed[at], listed[other] = listed[other], listed[at]
    for number, part in enumerate(listed, 1):
        part.position = number  # type: ignore[attr-defined]  # of the three that have an order
    session.flush()
    return listed[other]
