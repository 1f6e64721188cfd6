"""Stories of devices that follow the clinic's calendars."""

from collections.abc import Iterator

from app.domain.staff import Role
from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.story import story


@story(
    "reception/devices/devices",
    "reception/devices/devices: to mend",
    "reception/devices/make",
    "reception/devices/devices: one",
    "reception/devices/devices: revoked",
)
def letting_a_phone_follow(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.CLINICIAN)
    patient.open("/staff/calendars/devices")
    yield "reception/devices/devices"
    patient.go_on()
    yield "reception/devices/devices: to mend"
    patient.write("name", "The phone that is always in my left pocket, with a crack")
    patient.go_on()
    yield "reception/devices/make"
    patient.go_on()
    yield "reception/devices/devices: one"
    patient.find("button[name=id]").click()
    yield "reception/devices/devices: revoked"
