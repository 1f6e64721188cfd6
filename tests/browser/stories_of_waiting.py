"""Stories of times that are offered to one person, and of the waiting list."""

from collections.abc import Iterator

from tests.browser.colleague import sign_in
from tests.browser.offered import offer, open_offer
from tests.browser.patient import Patient
from tests.browser.story import story


@story(
    "patient/proposal/proposal",
    "patient/proposal/proposal: no",
    "patient/proposal/proposal: instead",
    "patient/appointment/manage: moved by an offer",
    "patient/proposal/proposal: over",
)
def being_asked_about_another_time(patient: Patient) -> Iterator[str]:
    reference = patient.book()
    first = offer(patient, reference, times=1)
    open_offer(patient, first)
    yield "patient/proposal/proposal"
    patient.press("No, it does not suit me")
    yield "patient/proposal/proposal: no"
    second = offer(patient, reference, "rehouse")
    open_offer(patient, second)
    yield "patient/proposal/proposal: instead"
    patient.go_on()
    yield "patient/appointment/manage: moved by an offer"
    open_offer(patient, second)
    yield "patient/proposal/proposal: over"


@story("reception/proposal/proposal", "reception/proposal/proposal: taken back")
def looking_after_an_offer(patient: Patient) -> Iterator[str]:
    made = offer(patient, patient.book())
    sign_in(patient)
    patient.open(f"/staff/offer/{made}")
    yield "reception/proposal/proposal"
    patient.press("Take the offer back")
    yield "reception/proposal/proposal: taken back"
