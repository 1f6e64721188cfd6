"""Stories of hours, closures and holidays, and of whoever loses their time by them."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.stories_of_the_day import next_monday
from tests.browser.story import story

WEEKS = timedelta(days=7)
ALL_BUT_ONE = "boxes => boxes.slice(1).forEach(box => box.checked = false)"  # for the next walk


def fill_closure(patient: Patient, first: date, last: date, whose: str = "doctor-3") -> None:
    """Say what is closed, without times."""
    patient.find("[name=whose]").select_option(whose)
    patient.write("first", str(first))
    patient.write("last", str(last))


@story(
    "reception/closures/add",
    "reception/closures/add: to mend",
    "reception/closures/add: what it would break",
    "reception/closures/closures",
    "reception/closures/change",
    "reception/closures/closures: taken back",
)
def closing_some_time(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open("/staff/closures/add")
    yield "reception/closures/add"
    fill_closure(patient, next_monday() + WEEKS, next_monday())
    patient.go_on()
    yield "reception/closures/add: to mend"
    fill_closure(patient, next_monday() + WEEKS, next_monday() + WEEKS)
    patient.write("note", "Congress")
    patient.go_on()
    yield "reception/closures/add: what it would break"
    patient.go_on()
    patient.open("/staff/closures")
    yield "reception/closures/closures"
    patient.press("Change")
    yield "reception/closures/change"
    patient.open("/staff/closures")
    patient.find("form[action$='/take-back'] button").first.click()
    yield "reception/closures/closures: taken back"


@story(
    "reception/hours/hours",
    "reception/hours/add",
    "reception/hours/add: to mend",
    "reception/hours/hours: more hours",
    "reception/hours/change",
    "reception/hours/change: what it would break",
    "reception/hours/change: taking hours away",
)
def changing_hours(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open(f"/staff/hours?doctor=3&date={next_monday() + WEEKS}")
    yield "reception/hours/hours"
    patient.press("Add hours")
    yield "reception/hours/add"
    patient.write("from_time", "18:00")
    patient.write("until_time", "17:00")
    patient.go_on()
    yield "reception/hours/add: to mend"
    patient.choose("days", "5")
    patient.write("until_time", "20:00")
    patient.go_on()
    yield "reception/hours/hours: more hours"
    patient.press("Change or end")
    yield "reception/hours/change"
    patient.write("until_time", "09:30")
    patient.go_on()
    yield "reception/hours/change: what it would break"
    patient.open("/staff/hours?doctor=3")
    patient.press("Change or end")
    patient.press("Take these hours away")
    yield "reception/hours/change: taking hours away"


@story("reception/hours/open_day", "reception/hours/hours: a day opened")
def opening_a_day(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open("/staff/hours?doctor=2")
    patient.press("Open a day")
    yield "reception/hours/open_day"
    patient.write("day", str(next_monday() + timedelta(days=5)))
    patient.write("from_time", "09:00")
    patient.write("until_time", "12:00")
    patient.go_on()
    yield "reception/hours/hours: a day opened"


@story(
    "reception/rehouse/rehouse",
    "reception/rehouse/rehouse: one moved",
    "reception/rehouse/calls",
    "reception/rehouse/rehouse: all mailed",
    "reception/rehouse/rehouse: every appointment has its time",
)
def rehousing_a_day(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    day = next_monday() + 2 * WEEKS + timedelta(days=1)
    patient.open("/staff/closures/add")
    fill_closure(patient, day, day, "doctor-2")
    patient.go_on()
    patient.go_on()
    yield "reception/rehouse/rehouse"
    patient.press("Move there")
    yield "reception/rehouse/rehouse: one moved"
    patient.press("Not reached")
    patient.press("List to call from")
    yield "reception/rehouse/calls"
    patient.press("Back")
    patient.go_on()
    yield "reception/rehouse/rehouse: all mailed"
    patient.open("/staff/closures")
    rows = patient.find("tr").filter(has_text="Okafor")
    rows.locator("form[action$='/take-back'] button").first.click()
    patient.open("/staff/rehouse")
    yield "reception/rehouse/rehouse: every appointment has its time"


@story(
    "reception/holidays/holidays",
    "reception/holidays/holidays: closed",
)
def taking_holidays_over(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    year = next_monday().year + 2
    patient.open(f"/staff/holidays?country=US&part=TN&year={year}")
    yield "reception/holidays/holidays"
    patient.find("[name=day]").evaluate_all(ALL_BUT_ONE)
    patient.go_on()
    yield "reception/holidays/holidays: closed"
