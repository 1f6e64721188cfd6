"""Places where patients are seen: added, changed, taken out of use."""

from datetime import datetime
from typing import Any

from app.domain import arranging
from app.domain.rehousing import Coming
from app.domain.setting import ZoneInUse
from app.domain.staff import Staff
from app.services import arrangement, setting, subscription
from app.storage import coming as storage
from app.storage import parts
from app.storage.database import reading, retried, transaction
from app.storage.models import Location


def find(actor: Staff, id_: int) -> dict[str, Any]:
    """Return what can be changed of a place."""
    return setting.see(actor, Location, id_)


def coming(actor: Staff, id_: int, *, now: datetime) -> tuple[Coming, ...]:
    """Return the appointments that are still to come there."""
    setting.may_set(actor)
    return storage.next_at(reading(), id_, now=now)


@retried
def add(actor: Staff, wanted: dict[str, Any], *, now: datetime) -> int:
    """Add a place; nobody has hours there yet."""
    setting.may_set(actor)
    with transaction() as session:
        made = parts.add(session, Location, wanted)
        setting.note(session, "place_added", actor=actor, name=made.name, now=now)
        return made.id


@retried
def change(
    actor: Staff, id_: int, wanted: dict[str, Any], *, seen: str, agreed: str, now: datetime
) -> None:
    """Change a place.

    Raises SettingChanged, ZoneInUse while appointments are coming, and WouldBreak for one that
    goes out of use with some, unless *agreed* says that they were seen.
    """
    setting.may_set(actor)
    with transaction() as session:
        before = arrangement.locked(session, None)
        place = setting.found(parts.locked(session, Location, id_))
        changed = setting.differing(parts.fields(place), wanted, seen)
        if not changed:
            return
        if "zone" in changed and storage.next_at(session, id_, now=now):
            raise ZoneInUse
        if "active" in changed:
            after = arranging.with_location(before, id_, active=wanted["active"])
            arrangement.put_in_use(session, before, after, seen=agreed, actor=actor, now=now)
        parts.write(session, place, wanted)
        if changed.get("active") == [True, False]:
            subscription.end_of_place(session, id_, by=actor.signature, now=now)
        setting.note(
            session, "place_changed", actor=actor, name=place.name, changed=changed, now=now
        )


def put(actor: Staff, id_: int, *, up: bool, now: datetime) -> None:
    """Put a place higher or lower in the list that patients see."""
    setting.put(actor, Location, id_, up=up, now=now)
