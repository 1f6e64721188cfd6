"""Stories of a new appointment at the desk."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.domain.safety import Tier
from app.domain.staff import Role
from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.stories_of_the_day import next_monday
from tests.browser.story import story


def say_who(patient: Patient, **others: str) -> None:
    """Fill in who calls: somebody whom no other story knows."""
    number = int(patient.email.partition("@")[0].rpartition(".")[2], 16)
    birth = date(1930, 1, 1) + timedelta(days=number % 20_000)
    who = {"name": "Noor Bloom", "birth": str(birth), "email": patient.email}
    who |= {"phone": f"(202) 555-{number % 9000 + 1000}"}
    for name, value in (who | others).items():
        patient.page.locator(f"#new [name={name}]").fill(value)


@story(
    "reception/new/new",
    "reception/new/new: to mend",
    "reception/new/new: somebody known",
    "reception/new/new: taken",
    "reception/new/new: perhaps known",
    "reception/appointment/appointment: booked at the desk",
)
def booking_for_a_caller(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open("/staff/new")
    yield "reception/new/new"
    patient.write("phone", "12")
    patient.go_on()
    yield "reception/new/new: to mend"
    patient.open(f"/staff/new?date={next_monday() + timedelta(days=21)}&doctor=1")
    say_who(patient, name="Abb")
    patient.press("Look whether we know them")
    patient.find("#known button").first.wait_for()
    yield "reception/new/new: somebody known"
    patient.find(".slot input").first.check()
    taken = patient.find(".slot input").first.input_value()
    say_who(patient)
    patient.go_on()
    patient.find("#log-h").wait_for()
    patient.open(f"/staff/new?date={next_monday() + timedelta(days=21)}&doctor=1")
    patient.find(".slot input").first.evaluate("(field, value) => field.value = value", taken)
    patient.find(".slot input").first.check()
    say_who(
        patient, name="Ada Lin", birth="1900-02-03", phone="(202) 555-0099", email="ada@example.org"
    )
    patient.go_on()
    yield "reception/new/new: taken"
    patient.find(".slot input").first.check()
    say_who(patient, name="Nour Bloom", email="nour@example.org")
    patient.go_on()
    yield "reception/new/new: perhaps known"
    patient.go_on()
    yield "reception/appointment/appointment: booked at the desk"


@story(
    "patient/appointment/guide",
    "patient/safety/urgent: for an appointment",
    "patient/appointment/manage: with something to read",
    "reception/appointment/appointment: please call",
)
def reading_for_a_visit(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open(f"/staff/new?date={next_monday() + timedelta(days=28)}&doctor=1")
    patient.find(".slot input").first.check()
    say_who(patient)
    patient.go_on()
    patient.find("#log-h").wait_for()
    desk = patient.path.partition("?")[0]
    patient.open(f"{patient.link()}?to=guide")
    yield "patient/appointment/guide"
    patient.go_on()
    yield "patient/safety/urgent: for an appointment"
    patient.answer(Tier.EMERGENCY, E1="yes")
    patient.go_on()
    patient.find("[data-emergency]").first.wait_for()
    patient.open(f"/appointment/{desk.rpartition('/')[2]}")
    yield "patient/appointment/manage: with something to read"
    patient.open(desk)
    yield "reception/appointment/appointment: please call"


@story("reception/aloud/first", "patient/primer/page: read aloud")
def reading_aloud(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open(f"/staff/new?date={next_monday() + timedelta(days=28)}&doctor=1")
    patient.find(".slot input").first.check()
    patient.choose("guide", "aloud")
    say_who(patient, email="")
    patient.go_on()
    patient.find(".steps-list").wait_for()
    yield "reception/aloud/first"
    patient.go_on()
    for tier in (Tier.EMERGENCY, Tier.CALL_TODAY, Tier.BOOK_AND_TELL):
        patient.answer(tier)
        patient.go_on()
    patient.find(".demo a[href*=staff]").wait_for()
    yield "patient/primer/page: read aloud"


@story(
    "reception/unread/unread",
    "reception/unread/unread: days that are none",
    "reception/unread/unread: chosen",
)
def choosing_what_becomes_of_unread_guides(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER)
    patient.open("/staff/settings/unread")
    yield "reception/unread/unread"
    patient.choose("rule", "tell")
    patient.write("days", "none")
    patient.go_on()
    yield "reception/unread/unread: days that are none"
    patient.write("days", "2")
    patient.go_on()
    patient.find(".note.go").wait_for()
    yield "reception/unread/unread: chosen"
