"""Stories of who owns the clinic: what was done, and how it is set up."""

from collections.abc import Iterator

from app.domain.staff import Role
from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.stories_of_the_day import next_monday
from tests.browser.story import story


@story(
    "reception/journal/journal",
    "reception/journal/journal: to mend",
    "reception/journal/looks",
)
def asking_who_changed_what(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER, name="Mira Castellan")
    patient.open(f"/staff/day?date={next_monday()}")
    patient.find(".tile").first.click()
    patient.open("/staff/journal")
    yield "reception/journal/journal"
    patient.open("/staff/journal?from=2027-03-05&until=2027-03-01")
    yield "reception/journal/journal: to mend"
    patient.open("/staff/journal/looks")
    yield "reception/journal/looks"
