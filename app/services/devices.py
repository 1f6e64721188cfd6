"""Devices that follow calendars: each has a password of its own, made and revoked by its owner."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from app.domain.device import Device, Scope
from app.domain.device_refusals import (
    DeviceNamed,
    DeviceNameNeeded,
    TooManyDevices,
    WrongDevice,
)
from app.domain.reading import LETTERS, MISHEARD
from app.domain.refusals import NotYours, TooManyTries, UnknownAnswer
from app.domain.staff import Permission, Staff
from app.storage import devices, journal, people, staff, tallies
from app.storage.database import reading, retried, transaction
from app.storage.models import DevicePassword
from app.storage.types import new_id

LENGTH = 20  # of 32 letters each: 100 bits, so that a plain hash keeps it
GROUP = 4
LONGEST_NAME = 60
AT_MOST = 20
WRONG_A_DAY = 200  # from one network; a right password never has to wait
SEEN_EVERY = timedelta(hours=1)  # a device is not written at each look
MADE, REVOKED = "device_made", "device_revoked"


def listing(actor: Staff) -> list[DevicePassword]:
    """Return somebody's own devices."""
    actor.needs(Permission.OWN_ACCOUNT)
    return devices.of(reading(), actor.id)


@retried
def make(name: str, scope: str, *, actor: Staff, now: datetime) -> str:
    """Make a device's password and return it, this once.

    Pressed twice there is one device, with the later password.  Raises DeviceNameNeeded,
    DeviceNamed, UnknownAnswer, TooManyDevices.
    """
    actor.needs(Permission.OWN_ACCOUNT)
    called = " ".join(name.split())[:LONGEST_NAME]
    if not called.isprintable() or not called:
        raise DeviceNameNeeded
    if scope not in tuple(Scope):
        raise UnknownAnswer
    password = _password()
    with transaction() as session:
        staff.lock(session, actor.id)
        known = {one.name.casefold(): one for one in devices.of(session, actor.id)}
        if (same := known.get(called.casefold())) is not None:
            if same.used_at is not None:
                raise DeviceNamed
            devices.drop(session, same.id, staff_id=actor.id)
        elif len(known) >= AT_MOST:
            raise TooManyDevices
        devices.add(
            session, id=new_id(), staff_id=actor.id, hash=hashed(password), name=called,
            scope=scope, created_at=now, used_at=None,
        )  # fmt: skip
        journal.note(
            session, MADE, actor=actor.signature, appointment_id=None, now=now, name=called
        )
    return password


@retried
def revoke(device_id: str, *, actor: Staff, now: datetime) -> None:
    """End a device: its next look is refused.  Raises NotYours, also for one that has ended."""
    actor.needs(Permission.OWN_ACCOUNT)
    with transaction() as session:
        name = devices.drop(session, device_id, staff_id=actor.id)
        if name is None:
            raise NotYours
        journal.note(
            session, REVOKED, actor=actor.signature, appointment_id=None, now=now, name=name
        )


def sign_in(email: str, password: str, *, network: str | None, now: datetime) -> Device:
    """Return whose device asks; the work is the same for whatever is wrong with what it says.

    *network* is where wrong tries are counted; None, the clinic's own, is not.  Raises
    WrongDevice, TooManyTries.
    """
    found = devices.find(reading(), hashed(password), email_key=people.email_key(email))
    if found is None:
        _count(network, now=now)
        raise WrongDevice
    device, seen = found
    if seen is None or seen <= now - SEEN_EVERY:
        _note_use(device, now=now)
    return device


@retried
def _count(network: str | None, *, now: datetime) -> None:
    if network is None:
        return
    with transaction() as session:
        tries = tallies.today(session, "device", network, now=now)
    if tries > WRONG_A_DAY:
        raise TooManyTries


@retried
def _note_use(device: Device, *, now: datetime) -> None:
    with transaction() as session:
        devices.used(session, device.id, now=now)


def hashed(password: str) -> str:
    """Return what is kept of a password, however it is typed."""
    letters = "".join(char for char in password.upper() if char.isalnum()).translate(MISHEARD)
    return sha256(f"device|{letters}".encode("utf-8", "replace")).hexdigest()


def _password() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH)).lower()
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))
