"""Stories of what staff print, take out and count."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from app.domain.staff import Role
from app.storage import models
from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.stories_of_the_day import next_monday
from tests.browser.story import story

RIVERA, OKAFOR = 1, 2


def reference_of(patient: Patient, clinician_id: int) -> str:
    """Return the reference of one of a doctor's appointments."""
    table = models.Appointment
    asked = select(table.reference).where(table.clinician_id == clinician_id).limit(1)
    with patient.house.book() as book:
        return str(book.execute(asked).scalar_one())


@story("reception/sheet/sheet", "reception/sheet/sheet: nobody is in")
def printing_the_day(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open(f"/staff/day?date={next_monday()}")
    patient.press("Day sheet")
    yield "reception/sheet/sheet"
    patient.open(f"/staff/day/sheet?date={next_monday() - timedelta(days=1)}")
    yield "reception/sheet/sheet: nobody is in"


@story(
    "reception/day/day: with pages to read",
    "reception/brief/brief",
    "reception/brief/glass",
    "reception/brief/glass: to mend",
    "reception/brief/brief: with a reason",
)
def reading_before_the_visits(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.CLINICIAN, name="Dr Ana Rivera")
    patient.open(f"/staff/day?date={next_monday()}")
    yield "reception/day/day: with pages to read"
    patient.find("[aria-labelledby=briefs-h] a").first.click()
    yield "reception/brief/brief"
    patient.open(f"/staff/appointment/{reference_of(patient, OKAFOR)}/brief")
    yield "reception/brief/glass"
    patient.write("reason", "Today")
    patient.go_on()
    yield "reception/brief/glass: to mend"
    patient.write("reason", "I stand in for the doctor today")
    patient.go_on()
    yield "reception/brief/brief: with a reason"


@story("reception/cards/cards", "reception/cards/cards: nobody comes", "reception/cards/card")
def handing_out_cards(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open(f"/staff/day?date={next_monday()}")
    patient.press("Cards")
    yield "reception/cards/cards"
    patient.open(f"/staff/day/cards?date={next_monday() - timedelta(days=1)}")
    yield "reception/cards/cards: nobody comes"
    patient.open(f"/staff/day?date={next_monday()}")
    patient.find(".tile[data-revision]").first.click()
    patient.press("Card")
    yield "reception/cards/card"


@story("reception/day/day: of an owner", "reception/find/find: of an owner")
def taking_out_what_is_shown(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER)
    patient.open(f"/staff/day?date={next_monday()}")
    yield "reception/day/day: of an owner"
    patient.open("/staff/find?q=abb")
    yield "reception/find/find: of an owner"


@story(
    "reception/figures/figures",
    "reception/figures/figures: odd days",
    "reception/figures/figures: no visits",
)
def counting_visits(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER)
    patient.open("/staff/figures")
    yield "reception/figures/figures"
    patient.open("/staff/figures?from=2027-03-07&until=2027-03-01")
    yield "reception/figures/figures: odd days"
    patient.open("/staff/figures?from=2020-03-01&until=2020-03-07")
    yield "reception/figures/figures: no visits"
