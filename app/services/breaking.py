"""What a change of hours would break: booked appointments that would lose their time.

The same engine as the offer's says what is open, with the change applied in memory.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.hours_refusals import WouldBreak
from app.domain.interval import Interval
from app.domain.rehousing import Coming
from app.domain.staff import Permission, Staff
from app.domain.timeline import Grid
from app.domain.wallclock import DAY
from app.services.seen import mark
from app.storage import coming
from app.storage.coming import Standing
from app.storage.database import reading
from app.storage.models import Status


def homeless(*, actor: Staff, clinic: Clinic, now: datetime) -> tuple[Coming, ...]:
    """Return the coming appointments that stand in no open time, of calendars the actor sees."""
    actor.needs(Permission.RUN_DAY)
    standing = coming.standing(reading(), actor.seen(clinic.clinicians), now=now)
    return coming.these(reading(), outside(clinic, standing))


def is_homeless(about: Appointment, clinic: Clinic, *, now: datetime) -> bool:
    """Say whether an appointment that is still to come stands in no open time."""
    wish, span = about.wish, about.interval
    place = (wish.clinician_id, wish.location_id, wish.video)
    coming_ = about.status == Status.BOOKED and span.start >= now
    return coming_ and bool(outside(clinic, [Standing(about.id, *place, span.start, span.end)]))


def would_lose(
    session: Session, before: Clinic, after: Clinic, *, now: datetime
) -> tuple[Coming, ...]:
    """Return the appointments that have a home now and would have none, the first first."""
    ids = _touched(before, after)
    standing = coming.standing(session, ids, now=now) if ids else []
    already = outside(before, standing)
    return coming.these(session, outside(after, standing) - already)


def agreed(
    session: Session, before: Clinic, after: Clinic, *, seen: str, now: datetime
) -> tuple[Coming, ...]:
    """Return the same, or refuse with it when it is not what somebody had before them."""
    lost = would_lose(session, before, after, now=now)
    check_seen(lost, seen)
    return lost


def check_seen(lost: tuple[Coming, ...], seen: str) -> None:
    """Refuse with the appointments that lose their time, unless somebody saw just these."""
    if lost and seen != sight(lost):
        raise WouldBreak(lost)


def sight(lost: Iterable[Coming]) -> str:
    """Return the letters by which a form says which appointments it showed."""
    return mark(*((one.id, one.wish) for one in lost))


def outside(clinic: Clinic, standing: list[Standing]) -> set[str]:
    """Return which of the appointments stand in no open time."""
    if not standing:
        return set()
    first = min(one.start for one in standing).date()
    last = max(one.end for one in standing).date()
    grid = Grid.of_days(first - DAY, (last - first).days + 3)
    open_: dict[tuple[int, int, bool], int] = {}
    found = set()
    for one in standing:
        key = (one.clinician_id, one.location_id, one.video)
        if key not in open_:
            open_[key] = _open(clinic, *key, grid)
        if grid.cover(Interval(one.start, one.end)) & ~open_[key]:
            found.add(one.id)
    return found


def _open(clinic: Clinic, clinician_id: int, location_id: int, video: bool, grid: Grid) -> int:  # noqa: FBT001  a key
    place = clinic.locations[location_id]
    if not (clinic.clinicians[clinician_id].active and place.active):
        return 0
    return clinic.hours[clinician_id].open_at(place, grid, video=video)


def _touched(before: Clinic, after: Clinic) -> list[int]:
    """Return the clinicians for whom something differs."""
    everybody = before.locations != after.locations
    return [
        id_
        for id_ in before.clinicians
        if everybody
        or before.hours[id_] != after.hours[id_]
        or before.clinicians[id_] != after.clinicians[id_]
    ]
