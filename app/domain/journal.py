"""The journal: what its lines are about, and what chains each to the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from app.domain.record import canonical


class Kind(StrEnum):
    """What a line is about; CLINIC is whatever is about nothing else."""

    APPOINTMENTS = "appointments"
    LOOKS = "looks"
    STAFF = "staff"
    GUIDE = "guide"
    CLINIC = "clinic"


OPENED = frozenset({"see", "brief", "break_glass", "card"})  # somebody read one record
TAKEN = frozenset({"cards", "sheet", "export", "hand_out", "export_journal"})
AGREED = frozenset({"export_asked", "export_agreed"})
LOOKS = OPENED | TAKEN | AGREED | {"find", "many_looks"}
STAFF = frozenset({
    "staff_invited", "staff_role", "staff_email", "staff_left", "staff_sessions",
    "staff_factor_taken", "staff_recovered", "factor_added", "factor_removed", "recovery_codes",
    "device_made", "device_revoked",
    "password", "desk_minutes", "identity_linked", "identity_unlinked",
})  # fmt: skip
GUIDE = frozenset({"signed", "withdrawn", "use", "tighten", "allow_instrument"})
VERBS = {Kind.LOOKS: LOOKS, Kind.STAFF: STAFF, Kind.GUIDE: GUIDE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which lines somebody wants to see: always of some days, and by choice of one person."""

    after: datetime
    until: datetime
    actor: str | None = None
    kind: Kind | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the journal; *reference* is that of its appointment."""

    id: int
    at: datetime
    actor: str
    verb: str
    appointment_id: str | None
    change: Mapping[str, Any]
    reference: str | None = None


def chained(previous: str, line: Line) -> str:
    """Return the text whose keyed hash binds a line to everything before it."""
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    whole = [previous, line.id, at, line.actor, line.verb, line.appointment_id, dict(line.change)]
    return canonical(whole).decode()
