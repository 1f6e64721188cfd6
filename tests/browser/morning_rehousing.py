"""The long task of a receptionist's morning: an afternoon is closed, and its people rehoused."""

import re
from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.clock import system_clock
from app.storage import models
from tests.browser.house import House
from tests.browser.morning import MANY, looks_right, open_offer
from tests.browser.patient import Patient

NOON = 12
WEEK = timedelta(days=7)


def a_full_afternoon(clinic: House) -> tuple[int, date]:
    """Return a doctor and a day on which six people or more come after noon."""
    with clinic.book() as book:
        seen = models.Appointment
        booked = book.execute(
            select(seen.clinician_id, seen.starts_at, models.Location.zone)
            .join(models.Location, models.Location.id == seen.location_id)
            .where(seen.status == "booked", seen.starts_at > system_clock() + WEEK)
        )
        afternoons = Counter(
            (row.clinician_id, there.date())
            for row in booked
            if (there := row.starts_at.astimezone(ZoneInfo(row.zone))).hour >= NOON
        )
    return next(place for place, many in afternoons.items() if many >= MANY)


def close_an_afternoon_and_rehouse(jo: Patient, patient: Patient) -> None:
    doctor, day = a_full_afternoon(jo.house)
    jo.open("/staff/closures/add")
    jo.find("[name=whose]").select_option(f"doctor-{doctor}")
    for name in ("first", "last"):
        jo.write(name, str(day))
    jo.write("from_time", "12:00")
    jo.write("until_time", "20:00")
    jo.go_on()
    lost = jo.find("table tbody tr").count()
    looks_right(jo)
    jo.go_on()
    jo.page.wait_for_url("**/staff/rehouse**")
    looks_right(jo)
    for _ in range(2):
        jo.press("Move there")
    jo.press("Not reached")
    jo.press("Mail the times to all")
    asked = jo.find(".case").filter(has_text="@").filter(has_text="Answer by").first
    patient.email = re.findall(r"[\w.+-]+@example\.org", asked.inner_text())[0]
    open_offer(patient)
    patient.go_on()
    patient.page.wait_for_url("**/appointment/**")
    jo.page.reload()

    assert lost >= MANY
    assert f"3 of {lost} settled" in jo.words
    looks_right(jo)
