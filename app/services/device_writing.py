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
from app.storage.database import retried, transaction

KIND = "other"


def change(
    shown: Shown, written: Written, *, device: Device, clinic: Clinic, now: datetime
) -> None:
    """Give what a device saw the time that it wrote; its words, and its length, are not kept.

    Raises NotAllowed, NotYours, NotABusyTime, ChangedMeanwhile and what moving or closing raise.
    """
    with _or_back(shown):
        device.needs(Scope.MOVE)
        if written.repeats or written.uid != shown.uid(written.uid):
            raise NotABusyTime
        if isinstance(shown.about, Block):
            _change_block(shown.about, shown.clinician_id, written, device, clinic, now=now)
            return
        found = _as_seen(shown, device, clinic, now=now)
        if found.wish.start == written.start:
            put_back(shown)
            return
        wish = replace(found.wish, start=written.start)
        desk_moving.move(
            found.reference, wish, revision=found.revision, actor=device.staff, clinic=clinic,
            now=now,
        )  # fmt: skip
