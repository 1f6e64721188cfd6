"""Stories of the patient's own record."""

from collections.abc import Iterator

from sqlalchemy import text

from tests.browser.patient import Patient
from tests.browser.story import story


@story(
    "patient/record/record",
    "patient/record/guide",
    "patient/record/changes",
    "patient/record/withdraw",
    "patient/record/record: taken back",
)
def seeing_the_record_and_taking_it_back(patient: Patient) -> Iterator[str]:
    patient.be_safe("primer")
    patient.read()
    patient.choose("K1", "talk")
    patient.go_on()
    patient.keep_time()
    patient.say_who()
    patient.go_on()
    patient.go_on()
    reference = patient.reference
    patient.open(f"/appointment/{reference}/record")
    patient.say_birth_date("4", "21", "1968")
    patient.go_on()
    yield "patient/record/record"
    patient.press("See the guide as it was shown to you")
    yield "patient/record/guide"
    with patient.house.book() as book:  # as if it had been read years ago
        mine = "id = (SELECT reading_id FROM appointment WHERE reference = :reference)"
        old = text(f"UPDATE reading SET edition = '2020-01-01' WHERE {mine}")  # noqa: S608  ours
        book.execute(old, {"reference": reference})
    patient.open(f"/appointment/{reference}/changes")
    yield "patient/record/changes"
    patient.go_on()
    patient.open(f"/appointment/{reference}/record")
    patient.press("Take my answers back")
    yield "patient/record/withdraw"
    patient.go_on()
    yield "patient/record/record: taken back"
