"""Doctors' other calendars: how they are kept, taken in turn, and what they say."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain.busy import Known, Seen, key
from app.domain.interval import Interval
from app.domain.settle import Kind, Matter
from app.storage import models, sealing
from app.storage.models import BusyCalendar, BusyTime, Status

Row_ = models.Appointment
MANY = timedelta(days=90)  # within which the times of a calendar are counted
COMING = (Status.BOOKED, Status.TENTATIVE)


def listing(
    session: Session, clinician_ids: Collection[int], *, now: datetime
) -> list[tuple[BusyCalendar, int]]:
    """Return the calendars of some doctors, each with how many times it has in three months."""
    soon = (BusyTime.ends_at > now) & (BusyTime.starts_at < now + MANY)
    many = (
        select(func.count()).where(BusyTime.calendar_id == BusyCalendar.id, soon).scalar_subquery()
    )
    theirs = select(BusyCalendar, many).where(BusyCalendar.clinician_id.in_(clinician_ids))
    order = BusyCalendar.clinician_id, BusyCalendar.added_at, BusyCalendar.id
    return [(row, number) for row, number in session.execute(theirs.order_by(*order))]


def find(session: Session, calendar_id: str) -> BusyCalendar | None:
    """Return one calendar."""
    return session.get(BusyCalendar, calendar_id, populate_existing=True)


def of(session: Session, clinician_id: int) -> list[BusyCalendar]:
    """Return the calendars of one doctor."""
    return list(
        session.scalars(select(BusyCalendar).where(BusyCalendar.clinician_id == clinician_id))
    )


def add(session: Session, values: dict[str, Any], address: str | None) -> None:
    """Keep a calendar; its address opens it to whoever has it, and is sealed."""
    sealed = None
    if address is not None:
        sealed = sealing.of(session).seal(_place(values["id"]), address)
    session.execute(insert(BusyCalendar).values(values | {"address": sealed}))


def address(session: Session, row: BusyCalendar) -> str | None:
    """Return where a calendar is; None for one that was handed in."""
    if row.address is None:
        return None
    return sealing.of(session).open(_place(row.id), row.address)


def _place(calendar_id: str) -> str:
    return f"busy_calendar.address.{calendar_id}"


def remove(session: Session, calendar_id: str) -> None:
    """Forget a calendar and its times."""
    session.execute(delete(BusyTime).where(BusyTime.calendar_id == calendar_id))
    session.execute(delete(BusyCalendar).where(BusyCalendar.id == calendar_id))


def change(session: Session, calendar_id: str, **values: Any) -> None:  # noqa: ANN401  columns
    """Keep what is new about a calendar."""
    session.execute(update(BusyCalendar).where(BusyCalendar.id == calendar_id).values(values))


def keep(session: Session, calendar_id: str, spans: Iterable[Interval]) -> bool:
    """Keep these times instead of those before; say whether they are others."""
    theirs = BusyTime.calendar_id == calendar_id
    before = session.execute(select(BusyTime.starts_at, BusyTime.ends_at).where(theirs))
    rows = [(span.start, span.end) for span in spans]
    if {(start, end) for start, end in before} == set(rows):
        return False
    session.execute(delete(BusyTime).where(theirs))
    if rows:
        named = [{"calendar_id": calendar_id, "starts_at": a, "ends_at": b} for a, b in rows]
        session.connection().execute(insert(BusyTime), named)
    return True


def changed(session: Session, clinician_id: int) -> None:
    """Let every process read the doctor's calendar again."""
    doctor = models.Clinician
    theirs = update(doctor).where(doctor.id == clinician_id)
    session.execute(theirs.values(calendar_revision=doctor.calendar_revision + 1))


def trust(session: Session, lasts: timedelta) -> None:
    """Let what calendars at an address say count for so long, from when it was read."""
    for row in session.scalars(select(BusyCalendar).where(BusyCalendar.address.is_not(None))):
        row.trusted_until = (row.read_at or row.added_at) + lasts
        changed(session, row.clinician_id)
    session.flush()


def anything_due(session: Session, *, now: datetime) -> bool:
    """Say whether a calendar is to be read, without taking the write lock."""
    return (
        session.scalar(select(BusyCalendar.id).where(BusyCalendar.next_try_at <= now).limit(1))
        is not None
    )


def lease(session: Session, owner: str, *, now: datetime, lasts: timedelta) -> BusyCalendar | None:
    """Take the calendar that waits longest for one worker; nobody else reads it meanwhile."""
    due = (
        select(BusyCalendar)
        .where(BusyCalendar.next_try_at <= now)
        .order_by(BusyCalendar.next_try_at, BusyCalendar.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.scalars(due).first()
    if row is None:
        return None
    row.attempts += 1
    row.leased_by = owner
    row.next_try_at = now + lasts
    session.flush()
    return row


def seen(
    session: Session, clinician_ids: Collection[int], window: Interval, *, now: datetime
) -> Seen:
    """Return when doctors are busy elsewhere within a window, and of whom nobody knows."""
    near = (
        (BusyTime.calendar_id == BusyCalendar.id)
        & (BusyTime.ends_at > window.start)
        & (BusyTime.starts_at < window.end)
    )
    query = select(BusyCalendar, BusyTime.starts_at, BusyTime.ends_at).outerjoin(BusyTime, near)
    theirs = query.where(BusyCalendar.clinician_id.in_(clinician_ids))
    found = session.execute(theirs.order_by(BusyTime.starts_at)).all()
    rows = {row.id: row for row, _start, _end in found}
    return Seen(
        spans=tuple((row.clinician_id, Interval(a, b)) for row, a, b in found if a is not None),
        late=tuple(_known(row) for row in rows.values() if _is_late(row, now)),
    )


def _is_late(row: BusyCalendar, now: datetime) -> bool:
    return row.trusted_until is not None and row.trusted_until < now


def _known(row: BusyCalendar) -> Known:
    return Known(
        calendar_id=row.id, clinician_id=row.clinician_id, name=row.name, read_at=row.read_at
    )


def withheld(session: Session, clinician_ids: Collection[int], *, now: datetime) -> list[Known]:
    """Return the calendars that were not read for so long that their doctors are not offered."""
    late = select(BusyCalendar).where(
        BusyCalendar.clinician_id.in_(clinician_ids), BusyCalendar.trusted_until < now
    )
    return [_known(row) for row in session.scalars(late.order_by(BusyCalendar.trusted_until))]


def conflicts(session: Session, clinician_ids: Collection[int], *, now: datetime) -> list[Matter]:
    """Return the coming appointments at whose time their doctor is busy elsewhere."""
    query = (
        select(
            Row_, models.Patient,
            func.min(BusyTime.starts_at).label("since"), func.max(BusyTime.ends_at).label("until"),
        )
        .join(models.Patient, models.Patient.id == Row_.patient_id)
        .join(BusyCalendar, BusyCalendar.clinician_id == Row_.clinician_id)
        .join(BusyTime, BusyTime.calendar_id == BusyCalendar.id)
        .where(
            Row_.clinician_id.in_(clinician_ids), Row_.starts_at > now, Row_.status.in_(COMING),
            BusyTime.starts_at < Row_.ends_at, BusyTime.ends_at > Row_.starts_at,
        )
        .group_by(Row_.id, models.Patient.id)
        .order_by(Row_.starts_at, Row_.id)
    )  # fmt: skip
    return [_matter(*row) for row in session.execute(query)]


def _matter(
    row: models.Appointment, patient: models.Patient, since: datetime, until: datetime
) -> Matter:
    return Matter(
        kind=Kind.BUSY, key=key(row.id, row.sequence, Interval(since, until)), name=patient.name,
        phone=patient.phone, email=patient.email, reference=row.reference, start=row.starts_at,
        clinician_id=row.clinician_id, location_id=row.location_id,
    )  # fmt: skip
