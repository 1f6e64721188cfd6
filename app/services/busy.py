"""Doctors' other calendars: connecting, handing in, asking for another look, forgetting."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.domain.busy import (
    CALENDARS,
    Connected,
    Fault,
    Found,
    Known,
    TooManyCalendars,
    address_of,
)
from app.domain.clinic import Clinic
from app.domain.interval import Interval
from app.domain.refusals import NotYours
from app.domain.staff import Permission, Staff
from app.storage import busy, holds, journal
from app.storage import clinic as clinics
from app.storage.database import reading, retried, transaction
from app.storage.models import BusyCalendar
from app.storage.types import new_id


def listing(*, actor: Staff, clinic: Clinic, now: datetime) -> list[Connected]:
    """Return the calendars of the doctors whose hours are the actor's to change."""
    found = busy.listing(reading(), doctors(actor, clinic), now=now)
    return [_shown(row, many, now=now) for row, many in found]


def doctors(actor: Staff, clinic: Clinic) -> list[int]:
    """Return the doctors whose other calendars are the actor's to see and change."""
    actor.needs(Permission.HOURS)
    return [id_ for id_, one in clinic.clinicians.items() if one.active and actor.arranges(id_)]


def _shown(row: BusyCalendar, many: int, *, now: datetime) -> Connected:
    address = busy.address(reading(), row)
    return Connected(
        id=row.id,
        clinician_id=row.clinician_id,
        name=row.name,
        host=urlsplit(address).hostname or "" if address else "",
        added_at=row.added_at,
        read_at=row.read_at,
        fault=Fault(row.fault) if row.fault else None,
        skipped=row.skipped,
        many=many,
        withheld=row.trusted_until is not None and row.trusted_until < now,
        asked=row.next_try_at is not None and row.next_try_at <= now,
    )


def late(*, actor: Staff, clinic: Clinic, now: datetime) -> list[Known]:
    """Return the calendars for whose sake doctors are not offered just now."""
    seen = actor.seen(clinic.clinicians)
    return busy.withheld(reading(), seen, now=now)


@retried
def connect(
    clinician_id: int, name: str, address: str, *, actor: Staff, clinic: Clinic, now: datetime
) -> str:
    """Keep where a doctor's other calendar is, for the worker to read; twice is once.

    Raises NotRead for an address that is none, NotYours, TooManyCalendars.
    """
    wanted = address_of(address)
    with _calendars(clinician_id, actor) as (session, known):
        for row in known:
            if busy.address(session, row) == wanted:
                return row.id
        values = {"next_try_at": now, "trusted_until": now + clinic.busy_trusted}
        return _add(session, known, clinician_id, name, wanted, values, actor, clinic, now=now)


@retried
def hand_in(
    clinician_id: int,
    name: str,
    found: Found,
    window: Interval,
    *,
    actor: Staff,
    clinic: Clinic,
    now: datetime,
) -> str:
    """Keep what a file says, instead of a file of the same name; it never changes by itself.

    Raises NotYours, TooManyCalendars.
    """
    values = {"read_at": now, "known_until": window.end, "skipped": found.skipped}
    with _calendars(clinician_id, actor) as (session, known):
        same = [row.id for row in known if row.address is None and row.name == name]
        if same:
            id_ = same[0]
            busy.change(session, id_, **values)
        else:
            id_ = _add(session, known, clinician_id, name, None, values, actor, clinic, now=now)
        if busy.keep(session, id_, found.busy):
            busy.changed(session, clinician_id)
    return id_


@contextmanager
def _calendars(clinician_id: int, actor: Staff) -> Iterator[tuple[Session, list[BusyCalendar]]]:
    """Open a transaction in which nobody else changes a doctor's calendars."""
    actor.needs(Permission.HOURS)
    if not actor.arranges(clinician_id):
        raise NotYours
    with transaction() as session:
        holds.lock_calendars(session, [clinician_id])
        yield session, busy.of(session, clinician_id)


def _add(
    session: Session,
    known: list[BusyCalendar],
    clinician_id: int,
    name: str,
    address: str | None,
    values: dict[str, Any],
    actor: Staff,
    clinic: Clinic,
    *,
    now: datetime,
) -> str:
    if len(known) >= CALENDARS:
        raise TooManyCalendars
    id_ = new_id()
    plain = {"id": id_, "clinician_id": clinician_id, "name": name, "added_at": now}
    busy.add(
        session, plain | {"skipped": 0, "etag": "", "modified": "", "attempts": 0} | values, address
    )
    _changed(session, clinician_id)
    _note(session, "busy_added", clinician_id, actor, clinic, now=now)
    return id_


def _changed(session: Session, clinician_id: int) -> None:
    """Let every process know who has other calendars, and read this doctor's anew."""
    clinics.changed(session)
    busy.changed(session, clinician_id)


def _note(
    session: Session, verb: str, clinician_id: int, actor: Staff, clinic: Clinic, *, now: datetime
) -> None:
    doctor = clinic.clinicians[clinician_id].name
    journal.note(session, verb, actor=actor.signature, appointment_id=None, now=now, name=doctor)


def _found(calendar_id: str, actor: Staff) -> BusyCalendar:
    actor.needs(Permission.HOURS)
    row = busy.find(reading(), calendar_id)
    if row is None or not actor.arranges(row.clinician_id):
        raise NotYours
    return row


@retried
def refresh(calendar_id: str, *, actor: Staff, now: datetime) -> None:
    """Let the worker read a calendar at once; a file is handed in again instead."""
    row = _found(calendar_id, actor)
    if row.address is None:
        raise NotYours
    with transaction() as session:
        busy.change(session, row.id, next_try_at=now)


@retried
def remove(calendar_id: str, *, actor: Staff, clinic: Clinic, now: datetime) -> None:
    """Forget a calendar; the times at which it said that its doctor is busy come free."""
    row = _found(calendar_id, actor)
    with transaction() as session:
        holds.lock_calendars(session, [row.clinician_id])
        busy.remove(session, row.id)
        _changed(session, row.clinician_id)
        _note(session, "busy_removed", row.clinician_id, actor, clinic, now=now)
