"""Places where patients are seen: added, changed, taken out of use."""

from datetime import datetime
from typing import Any

from app.domain.rehousing import Coming
from app.domain.setting import Fields, StillComing, ZoneInUse
from app.domain.staff import Staff
from app.services import setting, subscription
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
    return storage.of_part(reading(), location_id=id_, now=now)


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
    actor: Staff, id_: int, wanted: dict[str, Any], *, seen: str, knowing: bool, now: datetime
) -> None:
    """Change a place.

    Raises SettingChanged, ZoneInUse while appointments are coming, and StillComing for one that
    goes out of use unless *knowing* which they are: they stay as they are.
    """
    setting.may_set(actor)
    with transaction() as session:
        place = setting.found(parts.locked(session, Location, id_))
        changed = setting.differing(parts.fields(place), wanted, seen)
        if not changed:
            return
        if "zone" in changed or (changed.get("active") == [True, False] and not knowing):
            _check(storage.of_part(session, location_id=id_, now=now), changed)
        parts.write(session, place, wanted)
        if changed.get("active") == [True, False]:
            subscription.end_of_place(session, id_, by=actor.signature, now=now)
        setting.note(
            session, "place_changed", actor=actor, name=place.name, changed=changed, now=now
        )


def _check(coming: tuple[Coming, ...], changed: Fields) -> None:
    if coming:
        raise ZoneInUse if "zone" in changed else StillComing


def put(actor: Staff, id_: int, *, up: bool, now: datetime) -> None:
    """Put a place higher or lower in the list that patients see."""
    setting.put(actor, Location, id_, up=up, now=now)
