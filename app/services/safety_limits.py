"""The medical lead's limits of the safety check: only ever tighter, never an item less."""

from datetime import datetime

from app.content.library import Copy
from app.content.safety_limits import read_limits
from app.domain.refusals import UnknownLimit
from app.domain.safety import Limit
from app.storage import journal, limits
from app.storage.database import reading, retried, transaction


def standing(today: Copy) -> tuple[Limit, ...]:
    """Return every limit that can be set, with its value of today."""
    return tuple(read_limits(today.folder, today.edition, limits.newest(reading())).values())


@retried
def tighten(name: str, value: int, *, today: Copy, who: str, role: str, now: datetime) -> Limit:
    """Let a question stop more people than before; raises UnknownLimit, LimitLoosened."""
    with transaction() as session:
        limits.lock_clinic(session)
        known = read_limits(today.folder, today.edition, limits.newest(session))
        if name not in known:
            raise UnknownLimit
        new = known[name].tightened(value)
        limits.keep(session, name, value, name=who, role=role, now=now)
        journal.note(
            session, "tighten", actor="staff", appointment_id=None, now=now,
            limit=name, value=value, who=who, role=role,
        )  # fmt: skip
    return new
