"""Stories of hours, closures and holidays, and of whoever loses their time by them."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.stories_of_the_day import next_monday
from tests.browser.story import story

WEEKS = timedelta(days=7)


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
