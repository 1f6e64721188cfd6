"""Stories of calendars outside the clinic: who looks at them, and by which link."""

from collections.abc import Iterator

from app.domain.staff import Role
from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.story import story


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
