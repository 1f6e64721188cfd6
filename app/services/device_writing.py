"""What a device changes in a calendar: it moves, cancels and keeps times free as the desk does.

Whatever else it writes is not kept.  What it has then is made to look changed, so that it
fetches it anew; so is what it was refused to change.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.device import Device, Scope
from app.domain.device_calendar import Block, Shown, Written, on_the_wall, zone_of
from app.domain.device_refusals import KnownElsewhere, NotABusyTime
from app.domain.hours import Closure
from app.domain.refusals import ChangedMeanwhile, NotYours, Refused
from app.services import attending, cancelling, closing, desk_moving, device_calendar
from app.services.seen import mark
from app.storage import device_calendar as storage
from app.storage import holds
from app.storage.database import retried, transaction

KIND = "other"


def change(
    shown: Shown, written: Written, *, device: Device, clinic: Clinic, now: datetime
) -> None:
    """Give what a device saw the time that it wrote; its words, and a visit's length, are not kept.

    Raises NotAllowed, NotYours, NotABusyTime, ChangedMeanwhile, and what moving and closing raise.
    """
    with _or_back(shown):
        device.needs(Scope.MOVE)
        if written.repeats:
            raise NotABusyTime
        if isinstance(shown.about, Block):
            _change_block(shown, shown.about, written, device, clinic, now=now)
        else:
            _move(shown, shown.clinician_id, written.start, device, clinic, now=now)


def move_to(
    shown: Shown, clinician_id: int, *, device: Device, clinic: Clinic, now: datetime
) -> None:
    """Give an appointment to another doctor, at its time and place.

    Raises what `change` raises.
    """
    with _or_back(shown):
        device.needs(Scope.MOVE)
        device_calendar.check(device, clinician_id, clinic)
        if isinstance(shown.about, Block):
            raise NotABusyTime
        _move(shown, clinician_id, shown.interval.start, device, clinic, now=now)


def remove(shown: Shown, *, device: Device, clinic: Clinic, now: datetime) -> None:
    """Cancel an appointment that a device deleted, or open again what it kept free.

    Raises NotAllowed, NotYours, AlreadyOver, ChangedMeanwhile, HoursChanged.
    """
    with _or_back(shown):
        if isinstance(shown.about, Block):
            device.needs(Scope.MOVE)
            known = closing.find(shown.about.closure_id, actor=device.staff)
            closing.take_back(known.id, was=mark(known), actor=device.staff, now=now)
            return
        device.needs(Scope.CANCEL)
        found = _as_seen(shown, device, clinic, now=now)
        cancelling.cancel_at_desk(
            found.reference, cancelling.BY_DEVICE, revision=found.revision, actor=device.staff,
            now=now,
        )  # fmt: skip


@retried
def keep_free(
    clinician_id: int,
    name: str,
    written: Written,
    *,
    device: Device,
    clinic: Clinic,
    now: datetime,
) -> None:
    """Close a doctor's time for what a device wrote; nothing of its words is kept.

    Raises NotAllowed, NotYours, NotABusyTime, KnownElsewhere, InThePast, WouldBreak.
    """
    device.needs(Scope.MOVE)
    device_calendar.check(device, clinician_id, clinic)
    if written.repeats or written.invites or not written.busy:
        raise NotABusyTime
    closure = _closure(clinician_id, written, clinic)
    with transaction() as session:
        holds.lock_calendars(session, [clinician_id])
        if (other := storage.uid_taken(session, clinician_id, written.uid)) is not None:
            raise KnownElsewhere(other)
        closure_id = closing.closed(
            session, closure, seen="", clinic=clinic, actor=device.staff, now=now
        )
        if storage.is_block(session, closure_id):
            raise NotABusyTime  # the same time is kept free already
        storage.add_block(
            session, closure_id=closure_id, clinician_id=clinician_id, name=name,
            uid=written.uid, put_at=now,
        )  # fmt: skip


@retried
def put_back(shown: Shown) -> None:
    """Let something look changed, so that whatever a device made of it is fetched anew."""
    with transaction() as session:
        storage.note(session, shown.clinician_id, shown.name)


@contextmanager
def _or_back(shown: Shown) -> Iterator[None]:
    try:
        yield
    except Refused:
        put_back(shown)
        raise


def _move(
    shown: Shown,
    clinician_id: int,
    start: datetime,
    device: Device,
    clinic: Clinic,
    *,
    now: datetime,
) -> None:
    found = _as_seen(shown, device, clinic, now=now)
    wish = replace(found.wish, start=start, clinician_id=clinician_id)
    if found.wish == wish:
        put_back(shown)
        return
    desk_moving.move(
        found.reference, wish, revision=found.revision, actor=device.staff, clinic=clinic, now=now
    )


def _as_seen(shown: Shown, device: Device, clinic: Clinic, *, now: datetime) -> Appointment:
    """Return an appointment if it is still as the device saw it.

    It is read before the calendar is asked again: nothing comes between without its revision
    telling.
    """
    found = attending.found_by_id(shown.name.removesuffix(storage.SUFFIX), device.staff)
    again = device_calendar.find(device, shown.clinician_id, shown.name, clinic=clinic, now=now)
    if found is None or again is None:
        raise NotYours
    if again.revision != shown.revision:
        raise ChangedMeanwhile
    return found


def _change_block(
    shown: Shown,
    block: Block,
    written: Written,
    device: Device,
    clinic: Clinic,
    *,
    now: datetime,
) -> None:
    known = closing.find(block.closure_id, actor=device.staff)
    wanted = _closure(shown.clinician_id, written, clinic)
    changed = replace(known, starts=wanted.starts, ends=wanted.ends)
    if changed == known:
        put_back(shown)
        return
    closing.change(changed, was=mark(known), seen="", clinic=clinic, actor=device.staff, now=now)


def _closure(clinician_id: int, written: Written, clinic: Clinic) -> Closure:
    starts, ends = on_the_wall(written, zone_of(clinician_id, clinic))
    if not starts < ends <= starts + closing.LONGEST:
        raise NotABusyTime
    return Closure(clinician_id=clinician_id, starts=starts, ends=ends, kind=KIND)
