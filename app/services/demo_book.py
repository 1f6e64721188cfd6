"""The demonstration clinic's appointments: some weeks of them, so that free times are scarce."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.appointment import Wish
from app.domain.availability import Calendar, fitting
from app.domain.clinic import Clinic
from app.domain.interval import Interval
from app.domain.timeline import Grid
from app.domain.wallclock import DAY
from app.services import calendar
from app.services.day import time_of
from app.storage import clinic as clinics
from app.storage import models, people
from app.storage.models import Status
from app.storage.types import new_id

WEEKS_BACK, WEEKS_AHEAD = 2, 7
TAKEN = 74  # out of 100 times, fewer the further ahead
MOVED = 12  # out of 100 that were booked a day ahead or more
GIVEN = (
    "Ada",
    "Ben",
    "Cora",
    "Dev",
    "Elif",
    "Femi",
    "Grace",
    "Hugo",
    "Ines",
    "Jun",
    "Kofi",
    "Lena",
)
FAMILY = ("Abbott", "Bauer", "Costa", "Diaz", "Evans", "Farah", "Green", "Haddad", "Ito", "Khan")


def fill(session: Session, *, now: datetime) -> None:
    """Book part of every clinician's day, the same for the same day of set-up."""
    clinic = clinics.load(session)
    patients: list[dict[str, object]] = []
    appointments: list[dict[str, object]] = []
    for wish in _wishes(clinic, now):
        number = len(patients) + 1
        patients.append(_patient(number, now))
        appointments.append(_appointment(number, wish, clinic, patients[-1]["id"], now))
    session.execute(insert(models.Patient), patients)
    session.execute(insert(models.Appointment), appointments)
    moved = sorted(_moves(appointments, now), key=lambda line: line["at"])
    session.execute(insert(models.JournalEntry), moved)


def _moves(appointments: list[dict[str, Any]], now: datetime) -> Iterator[dict[str, Any]]:
    """Say of some that they stood two days later at first, as the journal does."""
    for number, one in enumerate(appointments):
        at = one["booked_at"] + timedelta(hours=1)
        if at < min(now, one["starts_at"] - DAY) and _chance("moved", number) < MOVED:
            start, doctor, place = one["starts_at"], one["clinician_id"], one["location_id"]
            yield {
                "at": at,
                "actor": "patient",
                "verb": "move",
                "appointment_id": one["id"],
                "change": {
                    "start": [(start + 2 * DAY).isoformat(), start.isoformat()],
                    "clinician": [doctor, doctor],
                    "location": [place, place],
                },
            }


def _chance(*parts: object) -> int:
    """Return 0 to 99, always the same for the same parts."""
    return int.from_bytes(sha256(repr(parts).encode()).digest()[:4]) % 100


def _wishes(clinic: Clinic, now: datetime) -> Iterator[Wish]:
    first = now.date() - timedelta(weeks=WEEKS_BACK)
    grid = Grid.of_days(first, 7 * (WEEKS_BACK + WEEKS_AHEAD))
    for clinician_id in clinic.clinicians:
        busy = 0
        for number in range(7 * (WEEKS_BACK + WEEKS_AHEAD) - 2):
            day = first + timedelta(days=number + 1)
            for wish in _day(clinic, clinician_id, day, grid, busy, now.date()):
                busy |= grid.cover(_blocked(clinic, wish))
                yield wish


def _blocked(clinic: Clinic, wish: Wish) -> Interval:
    return clinic.visit_types[wish.visit_type_id].blocked(wish.start)


def _day(
    clinic: Clinic, clinician_id: int, day: date, grid: Grid, busy: int, today: date
) -> Iterator[Wish]:
    """Go through a day from morning to evening and book where chance says so."""
    share = TAKEN - max(0, (day - today).days) // 2
    for location_id, location in clinic.locations.items():
        cells = calendar.cells_of_day(day, location.zone, grid)
        for type_id in sorted(clinic.clinicians[clinician_id].visit_type_ids, reverse=True):
            for start, video in _starts(clinic, clinician_id, location_id, type_id, grid, cells):
                wish = Wish(
                    visit_type_id=type_id,
                    clinician_id=clinician_id,
                    location_id=location_id,
                    video=video,
                    start=start,
                )
                blocked = grid.cover(_blocked(clinic, wish))
                wanted = _chance(day.toordinal() - today.toordinal(), clinician_id, start.hour,
                                 start.minute, type_id)  # fmt: skip
                if not blocked & busy and wanted < share // 2:
                    busy |= blocked
                    yield wish


def _starts(
    clinic: Clinic, clinician_id: int, location_id: int, type_id: int, grid: Grid, cells: int
) -> Iterator[tuple[datetime, bool]]:
    visit_type = clinic.visit_types[type_id]
    stretches = clinic.hours[clinician_id].stretches(clinic.locations[location_id], grid)
    for video in (False, True):
        if visit_type.video if video else visit_type.in_person:
            fits = fitting(stretches, visit_type.rule, video=video, grid=grid) & cells
            free = Calendar(rule=visit_type.rule, grid=grid, zone=clinic.zone, fits=fits, busy=0)
            for start in free.slots(now=grid.origin - visit_type.rule.notice):
                yield start, video


def _patient(number: int, now: datetime) -> dict[str, object]:
    given = GIVEN[number % len(GIVEN)]
    family = FAMILY[number // len(GIVEN) % len(FAMILY)]
    email = f"{given}.{family}.{number}@example.org".lower()
    return {
        "id": new_id(),
        "name": f"{given} {family}",
        "birth_date": date(1940, 1, 1) + timedelta(days=number * 37 % 20000),
        "email": email,
        "email_key": people.email_key(email),
        "phone": f"+1865555{100 + number % 100:04d}",
        "language": "en",
        "booker_name": None,
        "calendar": "text",
        "created_at": now,
    }


def _appointment(
    number: int, wish: Wish, clinic: Clinic, patient_id: object, now: datetime
) -> dict[str, object]:
    chance = _chance("missed", number)
    past = Status.MISSED if chance < 6 else Status.CANCELLED if chance < 13 else Status.COMPLETED
    status = past if wish.start < now else Status.BOOKED
    ahead = timedelta(days=_chance("ahead", number) ** 2 // 200, hours=2)
    return time_of(wish, clinic) | {
        "id": new_id(),
        "reference": f"{clinic.reference_prefix}-DEM-{number:04d}",
        "status": status,
        "patient_id": patient_id,
        "booked_at": min(now, wish.start - ahead),
        "cancelled_at": wish.start - ahead / 2 if status is Status.CANCELLED else None,
    }
