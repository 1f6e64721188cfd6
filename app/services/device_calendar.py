"""The calendars that a device follows, and what is in them."""

from collections.abc import Collection, Mapping
from datetime import datetime

from app.domain.clinic import Clinic, Clinician
from app.domain.device import Device
from app.domain.device_calendar import Block, Shown, Stretch, Token, begin, first_day, zone_of
from app.domain.refusals import NotYours
from app.domain.staff import Permission
from app.storage import clinic as clinics
from app.storage import device_calendar
from app.storage.database import reading


def calendars(device: Device, clinic: Clinic) -> list[Clinician]:
    """Return whose calendars a device may follow: those that its owner may see."""
    device.staff.needs(Permission.SEE_DAY)
    return [one for one in clinic.clinicians.values() if one.active and device.staff.sees(one.id)]


def check(device: Device, clinician_id: int, clinic: Clinic) -> None:
    """Refuse a calendar that is not the owner's to see."""
    if all(one.id != clinician_id for one in calendars(device, clinic)):
        raise NotYours


def tokens(device: Device, clinic: Clinic, *, now: datetime) -> Mapping[int, Token]:
    """Return how far each calendar has come."""
    revisions = clinics.calendar_revisions(reading())
    return {
        one.id: Token(calendar=revisions[one.id], clinic=clinic.revision, day=first_day(now))
        for one in calendars(device, clinic)
    }


def token(device: Device, clinician_id: int, clinic: Clinic, *, now: datetime) -> Token:
    """Return how far a calendar has come; asked before what is in it, so that nothing is missed."""
    check(device, clinician_id, clinic)
    counted = device_calendar.revision(reading(), clinician_id)
    return Token(calendar=counted, clinic=clinic.revision, day=first_day(now))


def listing(
    device: Device,
    clinician_id: int,
    *,
    names: Collection[str] | None = None,
    stretch: Stretch | None = None,
    clinic: Clinic,
    now: datetime,
) -> list[Shown]:
    """Return what is in a calendar from a month ago on, or what of it has these names.

    With a *stretch* of its changes, what is still there of what they changed.
    """
    check(device, clinician_id, clinic)
    since = begin(first_day(now))
    booked = device_calendar.appointments(
        reading(), clinician_id, since=since, names=names, stretch=stretch
    )
    return booked + blocks(clinician_id, clinic, since=since, names=names, stretch=stretch)


def blocks(
    clinician_id: int,
    clinic: Clinic,
    *,
    since: datetime,
    names: Collection[str] | None = None,
    stretch: Stretch | None = None,
) -> list[Shown]:
    """Return what devices keep free in a calendar and what ends after an instant."""
    zone = zone_of(clinician_id, clinic)
    found = device_calendar.blocks(
        reading(), clinician_id, since=since, names=names, stretch=stretch
    )
    there = [
        Shown(
            clinician_id=clinician_id,
            name=block.name,
            revision=revision,
            about=Block(
                closure_id=closure.id,
                uid=block.uid,
                starts=closure.starts,
                ends=closure.ends,
                zone=zone,
                put_at=block.put_at,
            ),
        )
        for closure, block, revision in found
        if closure.clinician_id == clinician_id
    ]
    return [one for one in there if one.interval.end > since]


def find(
    device: Device, clinician_id: int, name: str, *, clinic: Clinic, now: datetime
) -> Shown | None:
    """Return what has a name in a calendar."""
    found = listing(device, clinician_id, names=[name], clinic=clinic, now=now)
    return next(iter(found), None)
