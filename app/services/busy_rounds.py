"""The worker's part with doctors' other calendars: taken in turn, read elsewhere, recorded here.

What cannot be read leaves what was read before as it is.
"""

from datetime import datetime, timedelta
from typing import Any

from app.domain.busy import Fault, Read, Task, pause, window
from app.services import clinic as clinics
from app.storage import busy, holds
from app.storage.database import reading, retried, transaction

LEASE = timedelta(minutes=2)  # longer than the slowest server and the hardest calendar take


@retried
def lease(*, owner: str, now: datetime) -> Task | None:
    """Take the calendar that waits longest; looking comes first, without the write lock."""
    if not busy.anything_due(reading(), now=now):
        return None
    clinic = clinics.load()
    with transaction() as session:
        row = busy.lease(session, owner, now=now, lasts=LEASE)
        if row is None:
            return None
        address = busy.address(session, row)
        days = window(clinic.horizon, now=now)
        known = row.known_until is not None and row.known_until >= now + clinic.horizon
        return Task(
            calendar_id=row.id,
            clinician_id=row.clinician_id,
            address=address or "",
            window=days,
            zone=clinic.zone.key,
            etag=row.etag if known else "",
            modified=row.modified if known else "",
            owner=owner,
        )


@retried
def keep(task: Task, read: Read, *, now: datetime) -> None:
    """Keep what a calendar says now, and let its doctor's calendar show it."""
    clinic = clinics.load()
    values: dict[str, Any] = {
        "read_at": now, "trusted_until": now + clinic.busy_trusted, "fault": None, "attempts": 0,
        "next_try_at": now + clinic.busy_every, "leased_by": None,
    }  # fmt: skip
    with transaction() as session:
        holds.lock_calendars(session, [task.clinician_id])
        row = busy.find(session, task.calendar_id)
        if row is None or row.leased_by != task.owner:
            return  # it was forgotten, or another worker took it meanwhile
        other = row.trusted_until is not None and row.trusted_until < now
        if read.found is not None:
            values |= {
                "known_until": task.window.end, "skipped": read.found.skipped,
                "etag": read.etag, "modified": read.modified,
            }  # fmt: skip
            other |= busy.keep(session, task.calendar_id, read.found.busy)
        busy.change(session, task.calendar_id, **values)
        if other:
            busy.changed(session, task.clinician_id)


@retried
def fail(task: Task, fault: Fault, *, now: datetime) -> None:
    """Note why a calendar was not read, and try again later, each time later than before."""
    with transaction() as session:
        row = busy.find(session, task.calendar_id)
        if row is None or row.leased_by != task.owner:
            return
        busy.change(
            session, task.calendar_id,
            fault=fault, leased_by=None, next_try_at=now + pause(row.attempts),
        )  # fmt: skip
