"""Stories of calendars outside the clinic: who looks at them, and by which link."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from app.clock import system_clock
from app.domain.clock_change import next_change
from app.domain.staff import Role
from app.storage import models
from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.story import story

HALF_AN_HOUR = timedelta(minutes=30)


@story(
    "reception/calendars/calendars: nobody looks",
    "reception/calendars/calendars: to mend",
    "reception/calendars/make",
    "reception/calendars/calendars",
    "reception/calendars/calendars: ended",
)
def letting_a_phone_look(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER, name="Mira Castellan")
    patient.open("/staff/calendars")
    yield "reception/calendars/calendars: nobody looks"
    patient.go_on()
    yield "reception/calendars/calendars: to mend"
    patient.write(
        "name", "the tablet of Dr Rivera, which stays in the consulting room upstairs"[:60]
    )
    patient.go_on()
    yield "reception/calendars/make"
    patient.go_on()
    yield "reception/calendars/calendars"
    patient.find("main form[action$=end] button").first.click()
    yield "reception/calendars/calendars: ended"


@story(
    "reception/clock_changes/clock_changes: nobody comes",
    "reception/clock_changes/clock_changes",
)
def when_clocks_are_changed(patient: Patient) -> Iterator[str]:
    reference = patient.book()
    sign_in(patient, Role.OWNER, name="Mira Castellan")
    patient.open("/staff/clock-changes")
    yield "reception/clock_changes/clock_changes: nobody comes"
    move_behind_the_page(patient, reference, noon_after_the_change())
    patient.open("/staff/clock-changes")
    yield "reception/clock_changes/clock_changes"


def noon_after_the_change() -> datetime:
    """Return noon in New York on the day after its clock is next put."""
    zone = ZoneInfo("America/New_York")
    change = next_change(zone, after=system_clock())
    assert change is not None
    noon = datetime.combine(change.day + timedelta(days=1), time(12), zone)
    return noon.astimezone(UTC)


def move_behind_the_page(patient: Patient, reference: str, start: datetime) -> None:
    """Put an appointment where no page would offer it, after whoever was put there before."""
    with patient.house.book() as book:
        while book.scalar(
            select(models.Appointment.id).where(models.Appointment.starts_at == start)
        ):
            start += HALF_AN_HOUR
        end = start + HALF_AN_HOUR
        span = {"starts_at": start, "ends_at": end, "blocked_from": start, "blocked_until": end}
        its = update(models.Appointment).where(models.Appointment.reference == reference)
        book.execute(its.values(**span))


@story(
    "patient/follow/follow",
    "patient/follow/make",
    "patient/follow/follow: a link that nobody used",
    "patient/follow/follow: ended",
)
def following_an_appointment(patient: Patient) -> Iterator[str]:
    reference = patient.book()
    patient.open(f"/appointment/{reference}/follow")
    yield "patient/follow/follow"
    patient.go_on()
    yield "patient/follow/make"
    patient.open(f"/appointment/{reference}/follow")
    yield "patient/follow/follow: a link that nobody used"
    patient.press("End the links")
    yield "patient/follow/follow: ended"
