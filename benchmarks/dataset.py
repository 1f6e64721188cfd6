"""The same full calendar for the clinic and for the floor: 70 of 100 times are taken."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from app.services import demo
from app.storage import models
from app.storage.database import db, transaction

PAST, AHEAD = 73, 60
EARLIER = 77  # whole weeks: by so much each copy of the past lies before the next
TAKEN = 70  # out of 100
PATIENTS = 1000
AT_ONCE = 5000
SLOT = timedelta(minutes=30)
SLOTS = 16  # from nine to five
GENERAL = 2
PLACES = ((1, ZoneInfo("America/New_York")), (2, ZoneInfo("America/Chicago")))
FLOOR_SQLITE = "CREATE TABLE booked (clinician INTEGER, starts_at INTEGER, ends_at INTEGER)"
FLOOR_POSTGRES = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE booked (clinician int, starts_at bigint, ends_at bigint,
    EXCLUDE USING gist (clinician WITH =, int8range(starts_at, ends_at) WITH &&));
"""
FLOOR_INDEX = "CREATE INDEX booked_by_time ON booked (clinician, starts_at)"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a clinic is, and how long it has been at work."""

    clinicians: int = 10
    history: int = 1  # times 73 past days


@dataclass(frozen=True, slots=True)
class Slot:
    """Half an hour of a clinician."""

    clinician_id: int
    start: datetime

    @property
    def taken(self) -> bool:
        """Say whether it is booked: by chance, but always the same."""
        seed = f"{self.clinician_id}|{self.start:%Y-%m-%dT%H:%M}".encode()
        return sha256(seed).digest()[0] * 100 < TAKEN * 256


def slots(size: Size, first: date, last: date) -> Iterator[Slot]:
    """Yield every slot from one day to before another, in the order of time."""
    for number in range((last - first).days):
        day = first + timedelta(days=number)
        if day.weekday() < 5:
            for clinician_id in range(1, size.clinicians + 1):
                zone = place(clinician_id)[1]
                nine = datetime.combine(day, time(9), zone)
                yield from (Slot(clinician_id, nine + SLOT * n) for n in range(SLOTS))


def place(clinician_id: int) -> tuple[int, ZoneInfo]:
    """Say where a clinician works."""
    return PLACES[clinician_id % len(PLACES)]


def taken(size: Size, today: date) -> Iterator[Slot]:
    """Yield what is booked, the past first."""
    first, last = today - timedelta(days=PAST), today + timedelta(days=AHEAD)
    return (slot for slot in slots(size, first, last) if slot.taken)


def free(size: Size, today: date) -> list[Slot]:
    """Return what a visitor can book just now, whatever the hour."""
    first, last = today + timedelta(days=2), today + timedelta(days=AHEAD - 1)
    return [slot for slot in slots(size, first, last) if not slot.taken]


def fill_clinic(app: Flask, size: Size, *, now: datetime) -> None:
    """Make the tables by the migrations, as a clinic does, and fill them."""
    with app.app_context():
        upgrade()
        with transaction() as session:
            session.add(demo.the_clinic())
            session.add_all(demo.locations())
            session.add_all(demo.visit_types())
            session.flush()
            session.add_all(_clinicians(size))
            session.flush()
            session.add_all(_offers(size))
            session.add_all(_hours(size, now.date()))
            patients = [_patient(number, now) for number in range(PATIENTS)]
            session.execute(insert(models.Patient), patients)
            _fill_history(session, size, now)
            _add(session, taken(size, now.date()), "HB", now)
        db.session.remove()
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
        db.engine.dispose()


def _fill_history(session: Session, size: Size, now: datetime) -> None:
    """Repeat the past before the past, oldest first: so the guard looks at little."""
    copies = size.history - 1
    if copies < 1:
        return
    oldest = timedelta(days=EARLIER * copies)
    past = (slot for slot in taken(size, now.date()) if slot.start < now - timedelta(days=1))
    _add(session, (Slot(slot.clinician_id, slot.start - oldest) for slot in past), "HB0", now)
    columns = [column.name for column in models.Appointment.__table__.columns]
    later = _later_on_sqlite if db.engine.dialect.name == "sqlite" else _later_on_postgres
    for number in range(1, copies):
        values = [_copied(name, number, later) for name in columns]
        session.execute(
            text(
                f"INSERT INTO appointment ({', '.join(columns)}) SELECT {', '.join(values)}"  # noqa: S608
                " FROM appointment WHERE reference LIKE 'HB0-%' ORDER BY starts_at"
            )
        )


def _copied(name: str, number: int, later: Callable[[str, int], str]) -> str:
    if name in ("starts_at", "ends_at", "blocked_from", "blocked_until"):
        return later(name, EARLIER * number)
    if name == "id":
        return f"'{number:04d}' || substr(id, 5)"
    return f"'HB{number}' || substr(reference, 4)" if name == "reference" else name


def _later_on_sqlite(column: str, days: int) -> str:
    return f"strftime('%Y-%m-%d %H\\:%M\\:%f000', {column}, '+{days} days')"


def _later_on_postgres(column: str, days: int) -> str:
    return f"{column} + interval '{days} days'"


def _add(session: Session, slots: Iterator[Slot], prefix: str, now: datetime) -> None:
    rows = (_appointment(number, slot, prefix, now) for number, slot in enumerate(slots))
    while chunk := list(islice(rows, AT_ONCE)):
        session.execute(insert(models.Appointment), chunk)


def _clinicians(size: Size) -> Iterator[models.Clinician]:
    for id_ in range(1, size.clinicians + 1):
        yield models.Clinician(id=id_, name=f"Dr Number {id_}", about="", position=id_)


def _offers(size: Size) -> Iterator[models.ClinicianVisitType]:
    for id_ in range(1, size.clinicians + 1):
        for visit_type_id in range(1, 5):
            yield models.ClinicianVisitType(clinician_id=id_, visit_type_id=visit_type_id)


def _hours(size: Size, today: date) -> Iterator[models.WeeklyHours]:
    for id_ in range(1, size.clinicians + 1):
        for weekday in range(5):
            yield models.WeeklyHours(
                clinician_id=id_,
                location_id=place(id_)[0],
                weekday=weekday,
                from_minute=9 * 60,
                until_minute=17 * 60,
                valid_from=today - timedelta(days=8000),
            )


def _patient(number: int, now: datetime) -> dict[str, Any]:
    email = f"patient.{number}@example.org"
    return {
        "id": f"{number:020d}",
        "name": f"Patient Number {number}",
        "birth_date": date(1968, 4, 21),
        "email": email,
        "email_key": email,
        "phone": "+18655550178",
        "language": "en",
        "booker_name": None,
        "calendar": "text",
        "created_at": now,
    }


def _appointment(number: int, slot: Slot, prefix: str, now: datetime) -> dict[str, Any]:
    return {
        "id": f"{prefix:_<4}{number:016d}",  # in order: a long history fits into some seconds
        "reference": f"{prefix}-{number:07d}",
        "status": models.Status.COMPLETED if slot.start < now else models.Status.BOOKED,
        "clinician_id": slot.clinician_id,
        "location_id": place(slot.clinician_id)[0],
        "visit_type_id": GENERAL,
        "video": False,
        "starts_at": slot.start,
        "ends_at": slot.start + SLOT,
        "blocked_from": slot.start,
        "blocked_until": slot.start + SLOT,
        "patient_id": f"{number % PATIENTS:020d}",
        "booked_at": now,
        "sequence": 0,
        "link_version": 0,
    }


def fill_floor(database: str, size: Size, *, now: datetime) -> None:
    """Make the floor's one table and put the same times into it."""
    rows = [
        (slot.clinician_id, int(slot.start.timestamp()), int((slot.start + SLOT).timestamp()))
        for slot in taken(size, now.date())
    ]
    if database.startswith("postgresql"):
        _fill_postgres(database, rows)
    else:
        _fill_sqlite(database, rows)


def _fill_postgres(database: str, rows: list[tuple[int, int, int]]) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(FLOOR_POSTGRES)
        connection.execute(FLOOR_INDEX)
        with connection.cursor().copy("COPY booked FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        connection.execute("VACUUM ANALYZE")


def _fill_sqlite(database: str, rows: list[tuple[int, int, int]]) -> None:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(FLOOR_SQLITE)
    connection.execute(FLOOR_INDEX)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO booked VALUES (?, ?, ?)", rows)
    connection.execute("COMMIT")
    connection.close()
