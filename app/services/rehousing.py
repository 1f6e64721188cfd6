"""Finding another time for the appointments that lost theirs."""

from collections import Counter
from datetime import datetime

from app.domain.clinic import Clinic
from app.domain.staff import Permission, Staff
from app.services import breaking
from app.storage import rehousing
from app.storage.database import reading


def left(*, actor: Staff, clinic: Clinic, now: datetime) -> dict[int, int]:
    """Return how many appointments are still without a home, by the closure that took theirs."""
    actor.needs(Permission.RUN_DAY)
    ids = [id_ for id_ in clinic.clinicians if actor.sees(id_)]
    found = rehousing.standing(reading(), ids, now=now)
    homeless = breaking.outside(clinic, [one for _, one in found])
    return dict(Counter(closure_id for closure_id, one in found if one.id in homeless))
