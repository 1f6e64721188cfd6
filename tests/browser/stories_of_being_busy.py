"""Stories of doctors who are busy elsewhere."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from app.clock import system_clock
from app.domain.staff import Role
from app.storage import models
from app.storage.models import BusyCalendar, BusyTime
from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.story import story

FORTNIGHT = timedelta(days=14)  # later less is booked
LONG_NAME = "Universitätsklinikum, Sprechstunde der Wirbelsäulenchirurgie, Mi."


@story(
    "reception/busy/busy",
    "reception/busy/busy: to mend",
    "reception/busy/busy: connected",
    "reception/busy/busy: read",
    "reception/day/day: busy elsewhere",
    "reception/settle/to_settle: busy elsewhere",
    "reception/busy/busy: not read",
    "reception/day/day: not offered",
    "reception/busy/busy: removed",
)
def being_busy_elsewhere(patient: Patient) -> Iterator[str]:
    start = _booked(patient, patient.book())
    sign_in(patient)
    patient.open("/staff/calendars/busy")
    yield "reception/busy/busy"
    _connect(patient, "http://calendar.example.org/rivera.ics")
    yield "reception/busy/busy: to mend"
    _connect(patient, "webcal://calendar.example.org/rivera.ics")
    yield "reception/busy/busy: connected"
    _read(patient, start, trusted=timedelta(days=1), skipped=2)
    patient.open("/staff/calendars/busy")
    yield "reception/busy/busy: read"
    patient.open(f"/staff/day?date={(start + FORTNIGHT).date()}")
    yield "reception/day/day: busy elsewhere"
    patient.open("/staff/settle")
    yield "reception/settle/to_settle: busy elsewhere"
    _read(patient, start, trusted=-timedelta(hours=1), fault="not_a_calendar")
    patient.open("/staff/calendars/busy")
    patient.page.locator("main details summary").click()
    yield "reception/busy/busy: not read"
    patient.open(f"/staff/day?date={start.date()}")
    yield "reception/day/day: not offered"
    patient.open("/staff/calendars/busy")  # others want this doctor's times too
    patient.page.locator("main details summary").click()
    patient.page.locator("main details button").click()
    yield "reception/busy/busy: removed"


@story("reception/busy/rules", "reception/busy/rules: to mend")
def choosing_how_often_calendars_are_read(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER)
    patient.open("/staff/calendars/busy/rules")
    yield "reception/busy/rules"
    patient.write("busy_minutes", "1")
    patient.press("Keep these rules")
    yield "reception/busy/rules: to mend"


def _connect(patient: Patient, address: str) -> None:
    form = patient.page.locator("form", has=patient.page.locator("#address"))
    form.locator("[name=name]").fill(LONG_NAME[:60])
    form.locator("[name=address]").fill(address)
    form.locator("button").click()


def _booked(patient: Patient, reference: str) -> datetime:
    mine = models.Appointment.reference == reference
    with patient.house.book() as book:
        row = book.execute(select(models.Appointment).where(mine)).mappings().one()
    start: datetime = row["starts_at"]
    return start


def _read(patient: Patient, start: datetime, *, trusted: timedelta, **changes: object) -> None:
    """Let the worker have read that the doctor is busy around a visit, or not for too long."""
    now, hour = system_clock(), timedelta(hours=1)
    read = {"read_at": now - hour, "trusted_until": now + trusted, "next_try_at": now + 9 * hour}
    with patient.house.book() as book:
        doctor = select(models.Appointment.clinician_id).where(
            models.Appointment.starts_at == start, models.Appointment.patient_id.is_not(None)
        )
        values = read | {"clinician_id": book.execute(doctor).scalars().first(), "leased_by": None}
        book.execute(update(BusyCalendar).values(values | {"fault": None} | changes))
        (id_,) = book.execute(select(BusyCalendar.id)).scalars()
        if not book.execute(select(BusyTime.calendar_id)).first():
            for first in (start, start + FORTNIGHT):
                times = {"calendar_id": id_, "starts_at": first, "ends_at": first + 2 * hour}
                book.execute(insert(BusyTime).values(times))
        book.execute(update(models.Clinic).values(revision=models.Clinic.revision + 1))
