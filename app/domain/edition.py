"""How long an edition may be shown, and who answers for its words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

RESTS_AFTER = timedelta(days=60)  # past the day by which it should have been looked over


class State(StrEnum):
    """Where an edition is in its life."""

    CURRENT = "current"
    DUE = "due"  # staff are warned
    RESTING = "resting"  # a person goes through it with the patient instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A reviewer's name under the words of an edition in one language, for one country."""

    edition: str
    language: str
    jurisdiction: str
    bundle_sha: str
    name: str
    role: str
    at: datetime


def state(review_by: date, today: date) -> State:
    """Say whether an edition may still be shown."""
    if today <= review_by:
        return State.CURRENT
    return State.DUE if today <= review_by + RESTS_AFTER else State.RESTING
