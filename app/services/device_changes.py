"""What changed in a calendar since a device last looked, in parts if it is much."""

from dataclasses import replace
from datetime import datetime

from app.domain.clinic import Clinic
from app.domain.device import Device
from app.domain.device_calendar import AT_ONCE, Changes, Shown, Stretch, Token, begin
from app.services import device_calendar
from app.storage import device_calendar as storage
from app.storage.database import reading


def changes(
    device: Device,
    clinician_id: int,
    since: Token | None,
    *,
    at_most: int = AT_ONCE,
    clinic: Clinic,
    now: datetime,
) -> Changes | None:
    """Return what changed since a token, everything without one; None for a token not of ours.

    A change of the clinic itself, a place's name or how patients are named, may show anywhere:
    then everything is told, and the device sees by itself what is new.  What is more than *at_most*
    is told from the token on that comes with the first part.
    """
    upto = device_calendar.token(device, clinician_id, clinic, now=now)
    if since == upto:
        return Changes(shown=(), gone=(), token=upto)
    if since is not None and not since.leads_to(upto):
        return None  # an older book than the device saw, restored from a backup, or long ago
    if since is None or since.clinic != upto.clinic:
        since = (since or upto).anew(upto.clinic)
    left = _left(clinician_id, since, upto, clinic)
    if len(left) > at_most:
        return None
    first = since.calendar + 1 if since.next is None else since.next
    many = Stretch(first=first, last=upto.calendar, at_most=at_most - len(left) + 1)
    shown = device_calendar.listing(device, clinician_id, stretch=many, clinic=clinic, now=now)
    return _told(clinician_id, since, upto, many, shown, left)


def _told(
    clinician_id: int, since: Token, upto: Token, many: Stretch, shown: list[Shown], left: list[str]
) -> Changes:
    """Return what is told of a stretch: up to its last but one, or all if it ends before.

    Only what went since the device has been here went for the device.
    """
    here = {one.name for one in shown}
    since_then = replace(many, first=max(many.first, since.calendar + 1))
    changed = storage.changed(reading(), clinician_id, since_then)
    gone = [(revision, name) for revision, name in changed if name not in here]
    order = sorted([one.revision for one in shown] + [revision for revision, _name in gone])
    more = len(order) >= many.at_most
    stop = order[many.at_most - 1] if more else upto.calendar + 1
    return Changes(
        shown=tuple(one for one in shown if one.revision < stop),
        gone=(*left, *(name for revision, name in gone if revision < stop)),
        token=since.stopped(stop, upto) if more else upto,
        more=more,
    )


def _left(clinician_id: int, since: Token, upto: Token, clinic: Clinic) -> list[str]:
    """Return the names of what a device was shown and what has become too old for it since."""
    if since.day == upto.day:
        return []
    begun, until = begin(since.day), begin(upto.day)
    kept = device_calendar.blocks(clinician_id, clinic, since=begun)
    return [
        *storage.ended(reading(), clinician_id, since=begun, until=until),
        *(one.name for one in kept if one.interval.end <= until),
    ]
