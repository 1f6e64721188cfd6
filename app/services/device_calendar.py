"""The calendars that a device follows: what is in them, and what changed since it last looked."""

from collections.abc import Collection, Mapping
from datetime import datetime

from app.domain.clinic import Clinic, Clinician
from app.domain.device import Device
from app.domain.device_calendar import PAST, Block, Changes, Shown, Token, zone_of
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


def tokens(device: Device, clinic: Clinic) -> Mapping[int, Token]:
    """Return how far each calendar has come."""
    revisions = clinics.calendar_revisions(reading())
    return {
        one.id: Token(calendar=revisions[one.id], clinic=clinic.revision)
        for one in calendars(device, clinic)
    }


def token(device: Device, clinician_id: int, clinic: Clinic) -> Token:
    """Return how far a calendar has come; asked before what is in it, so that nothing is missed."""
    check(device, clinician_id, clinic)
    counted = device_calendar.revision(reading(), clinician_id)
    return Token(calendar=counted, clinic=clinic.revision)


def listing(
    device: Device,
    clinician_id: int,
    *,
    names: Collection[str] | None = None,
    clinic: Clinic,
    now: datetime,
) -> list[Shown]:
    """Return what is in a calendar from a month ago on, or what of it has these names."""
    check(device, clinician_id, clinic)
    session = reading()
    zone = zone_of(clinician_id, clinic)
    blocks = [
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
        for closure, block, revision in device_calendar.blocks(session, clinician_id, names=names)
        if closure.clinician_id == clinician_id
    ]
    booked = device_calendar.appointments(session, clinician_id, since=now - PAST, names=names)
    return booked + [one for one in blocks if one.interval.end > now - PAST]


def find(
    device: Device, clinician_id: int, name: str, *, clinic: Clinic, now: datetime
) -> Shown | None:
    """Return what has a name in a calendar."""
    found = listing(device, clinician_id, names=[name], clinic=clinic, now=now)
    return next(iter(found), None)


def changes(
    device: Device, clinician_id: int, since: Token | None, *, clinic: Clinic, now: datetime
) -> Changes | None:
    """Return what changed since a token, everything without one; None for a token not of ours.

    A change of the clinic itself, a place's name or how patients are named, may show anywhere:
    then everything is told, and the device sees by itself what is new.
    """
    upto = token(device, clinician_id, clinic)
    if since == upto:
        return Changes(shown=(), gone=(), token=upto)
    if since is not None and not since.leads_to(upto):
        return None  # an older book than the device saw, restored from a backup
    shown = listing(device, clinician_id, clinic=clinic, now=now)
    if since is None:
        return Changes(shown=tuple(shown), gone=(), token=upto)
    names = set(device_calendar.changed(reading(), clinician_id, since=since.calendar))
    return Changes(
        shown=tuple(one for one in shown if one.name in names or since.clinic != upto.clinic),
        gone=tuple(sorted(names - {one.name for one in shown})),
        token=upto,
    )
