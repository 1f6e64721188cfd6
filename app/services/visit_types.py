"""Types of visit and their rules; what is booked keeps its time whatever becomes of them."""

import re
import unicodedata
from datetime import datetime
from typing import Any

from app.domain.staff import Staff
from app.services import setting
from app.storage import parts
from app.storage.database import retried, transaction
from app.storage.models import VisitType


def find(actor: Staff, id_: int) -> dict[str, Any]:
    """Return what can be changed of a type of visit."""
    return setting.see(actor, VisitType, id_)


@retried
def add(actor: Staff, wanted: dict[str, Any], *, now: datetime) -> int:
    """Add a type of visit; no doctor offers it yet."""
    setting.may_set(actor)
    with transaction() as session:
        taken = {one.slug for one in parts.listed(session, VisitType)}
        made = parts.add(session, VisitType, wanted, slug=_slug(wanted["name"], taken))
        setting.note(session, "visit_type_added", actor=actor, name=made.name, now=now)
        return made.id


def _slug(name: str, taken: set[str]) -> str:
    """Return what addresses call it: it never changes, so that links to it stay good."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "visit"
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (stem, *numbered) if one not in taken)


@retried
def change(actor: Staff, id_: int, wanted: dict[str, Any], *, seen: str, now: datetime) -> None:
    """Change a type of visit from now on; raises SettingChanged."""
    setting.may_set(actor)
    with transaction() as session:
        kind = setting.found(parts.locked(session, VisitType, id_))
        changed = setting.differing(parts.fields(kind), wanted, seen)
        if not changed:
            return
        parts.write(session, kind, wanted)
        setting.note(
            session, "visit_type_changed", actor=actor, name=kind.name, changed=changed, now=now
        )


def put(actor: Staff, id_: int, *, up: bool, now: datetime) -> None:
    """Put a type of visit higher or lower in the list that patients see."""
    setting.put(actor, VisitType, id_, up=up, now=now)
