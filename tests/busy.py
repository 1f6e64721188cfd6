"""Builders: doctors' other calendars, and the worker that has just read them."""

from datetime import datetime, timedelta

from app.domain.busy import Found, Read, Task
from app.domain.interval import Interval
from app.domain.staff import Role, Staff
from app.services import busy, busy_rounds
from app.services import clinic as clinics
from tests.clinics import RIVERA, TUESDAY_NOON
from tests.conftest import MONDAY_8AM
from tests.staffing import hire

HOUR = timedelta(hours=1)
ADDRESS = "https://calendar.example.org/private/9f2c.ics"
NOON = Interval(TUESDAY_NOON, TUESDAY_NOON + HOUR)


def connect(
    *, clinician_id: int = RIVERA, address: str = ADDRESS, actor: Staff | None = None,
    now: datetime = MONDAY_8AM,
) -> str:  # fmt: skip
    """Connect a calendar at an address; return its id."""
    return busy.connect(
        clinician_id, "Private", address, actor=actor or hire(Role.RECEPTION),
        clinic=clinics.load(), now=now,
    )  # fmt: skip


def taken(owner: str = "worker", *, now: datetime = MONDAY_8AM) -> Task:
    """Take the calendar that is due."""
    task = busy_rounds.lease(owner=owner, now=now)
    assert task is not None, "no calendar is due"
    return task


def read(*spans: Interval, skipped: int = 0, etag: str = "", now: datetime = MONDAY_8AM) -> None:
    """Let the worker read that somebody is busy."""
    found = Read(found=Found(busy=spans, skipped=skipped), etag=etag)
    busy_rounds.keep(taken(now=now), found, now=now)


def busy_at(*spans: Interval, now: datetime = MONDAY_8AM) -> str:
    """Connect a calendar of Dr Rivera's that says so; return its id."""
    id_ = connect(now=now)
    read(*spans, now=now)
    return id_
