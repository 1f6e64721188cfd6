"""Stories of people who work at the clinic."""

from collections.abc import Iterator

from app.domain.staff import Role
from tests.browser.colleague import sign_in, sign_out
from tests.browser.patient import Patient
from tests.browser.story import story


@story(
    "reception/sign_in/sign_in",
    "reception/sign_in/sign_in: to mend",
    "reception/day/day",
    "errors/signed_out",
)
def coming_to_work(patient: Patient) -> Iterator[str]:
    patient.open("/staff/day")
    yield "reception/sign_in/sign_in"
    patient.write("email", "jo@example.org")
    patient.write("password", "not the right one")
    patient.go_on()
    yield "reception/sign_in/sign_in: to mend"
    sign_in(patient)
    patient.open("/staff/day")
    yield "reception/day/day"
    sign_out(patient)
    patient.find("header form button").click()
    yield "errors/signed_out"


@story("reception/team/team", "errors/not_allowed")
def looking_after_the_staff(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER, name="Mira Castellan")
    patient.open("/staff/team")
    yield "reception/team/team"
    sign_in(patient, Role.RECEPTION)
    patient.open("/staff/team")
    yield "errors/not_allowed"
