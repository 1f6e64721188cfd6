"""Stories of reception's day: who comes to whom, and what is done about it."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.clock import system_clock
from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.story import story


def next_monday() -> date:
    """Give a day on which the demonstration clinic is open and much is booked."""
    today = system_clock().date()
    return today + timedelta(days=7 - today.weekday())


@story("reception/day/day", "reception/day/day: no such day", "reception/day/week")
def looking_at_the_day(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open(f"/staff/day?date={next_monday()}")
    yield "reception/day/day"
    patient.open("/staff/day?date=tomorrow")
    yield "reception/day/day: no such day"
    patient.open(f"/staff/week?date={next_monday()}&doctor=3")
    yield "reception/day/week"


@story(
    "reception/find/find: nothing typed",
    "reception/find/find",
    "reception/find/find: too little",
    "reception/find/find: nobody",
)
def finding_a_caller(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open("/staff/find")
    yield "reception/find/find: nothing typed"
    patient.open("/staff/find?q=abb")
    yield "reception/find/find"
    patient.open("/staff/find?q=ab")
    yield "reception/find/find: too little"
    patient.open("/staff/find?q=qqqqqq")
    yield "reception/find/find: nobody"


@story(
    "reception/appointment/appointment",
    "reception/appointment/appointment: with a note",
    "reception/appointment/cancel",
    "reception/appointment/cancel: to mend",
    "reception/appointment/appointment: cancelled",
    "reception/appointment/appointment: changed meanwhile",
)
def looking_after_an_appointment(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open(f"/staff/day?date={next_monday()}")
    patient.find(".tile").first.click()
    yield "reception/appointment/appointment"
    patient.write("note", "Call before noon, please")
    patient.press("Keep the note")
    yield "reception/appointment/appointment: with a note"
    patient.press("Cancel it")
    yield "reception/appointment/cancel"
    patient.go_on()
    yield "reception/appointment/cancel: to mend"
    patient.choose("reason", "doctor_away")
    patient.go_on()
    yield "reception/appointment/appointment: cancelled"
    patient.find("input[name=revision]").first.evaluate("field => field.value = 0")
    patient.go_on()
    yield "reception/appointment/appointment: changed meanwhile"


@story(
    "reception/move/move",
    "reception/move/move: in the past",
    "reception/appointment/appointment: moved",
)
def moving_an_appointment(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open(f"/staff/day?date={next_monday()}")
    patient.find(".tile[data-revision]").last.click()
    patient.press("Move it")
    yield "reception/move/move"
    patient.page.locator("#date").fill(str(next_monday() - timedelta(days=14)))
    patient.write("time", "10:00")
    patient.go_on()
    yield "reception/move/move: in the past"
    patient.open(f"{patient.path}?date={next_monday() + timedelta(days=21)}")
    patient.find(".slot").first.click()
    yield "reception/appointment/appointment: moved"
