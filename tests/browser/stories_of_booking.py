"""Stories of an appointment: choosing a time, moving, cancelling, and what stands in the way."""

from collections.abc import Iterator
from datetime import timedelta

from app.clock import system_clock
from tests.browser.patient import LATER, Patient
from tests.browser.story import bring_forward, change, story


@story(
    "patient/booking/choose_time",
    "patient/booking/choose_time: nothing that day",
    "patient/booking/choose_time: nothing free",
    "patient/booking/details",
    "patient/booking/details: to mend",
    "patient/booking/choose_time: one is kept",
    "patient/booking/choose_time: refused",
    "patient/booking/review",
    "patient/start/start: given back",
    "patient/start/start: asked again",
)
def choosing_a_time(patient: Patient) -> Iterator[str]:
    patient.be_safe()
    yield "patient/booking/choose_time"
    patient.open(f"/times?from={_saturday():%Y-%m-%d}")
    yield "patient/booking/choose_time: nothing that day"
    patient.open("/times?visit=general&doctor=1&place=2")
    yield "patient/booking/choose_time: nothing free"
    patient.press("Show all doctors")
    patient.keep_time()
    yield "patient/booking/details"
    patient.go_on()
    yield "patient/booking/details: to mend"
    patient.press("Back to the times")
    yield "patient/booking/choose_time: one is kept"
    patient.page.locator("[data-slot]").first.evaluate("slot => slot.value = 'tomorrow'")
    patient.page.locator("[data-slot]").first.click()
    yield "patient/booking/choose_time: refused"
    patient.open("/details")
    patient.say_who(email="marian@gamil.com", question="Will it help?\n" * 20)
    patient.page.locator("[name=needs]").evaluate_all("all => all.forEach(one => one.click())")
    patient.go_on()
    yield "patient/booking/review"
    patient.press("Give the time back and leave")
    yield "patient/start/start: given back"
    patient.page.context.clear_cookies()
    patient.open("/times")
    yield "patient/start/start: asked again"


def _saturday() -> object:
    today = system_clock().date()
    return today + timedelta(days=5 - today.weekday(), weeks=1)


@story(
    "patient/appointment/booked",
    "patient/appointment/manage",
    "patient/appointment/move",
    "patient/appointment/confirm_move",
    "patient/appointment/manage: moved",
    "patient/appointment/cancel",
    "patient/appointment/manage: cancelled",
    "errors/refused",
    "patient/start/start: done here",
)
def an_appointment(patient: Patient) -> Iterator[str]:
    patient.book()
    yield "patient/appointment/booked"
    patient.press("See or change it")
    yield "patient/appointment/manage"
    patient.press("Move it")
    yield "patient/appointment/move"
    patient.keep_time(2 * LATER)
    yield "patient/appointment/confirm_move"
    patient.go_on()
    yield "patient/appointment/manage: moved"
    patient.press("Cancel it")
    yield "patient/appointment/cancel"
    patient.go_on()
    yield "patient/appointment/manage: cancelled"
    cancelled = patient.path.partition("?")[0]
    patient.open(f"{cancelled}/appointment.ics")
    yield "errors/refused"
    patient.open(cancelled)
    patient.press("I am done on this device")
    yield "patient/start/start: done here"


@story(
    "patient/link/find",
    "patient/link/find: to mend",
    "patient/link/find: sent",
    "patient/appointment/manage: locked",
    "patient/appointment/unlock",
    "patient/appointment/unlock: to mend",
    "patient/appointment/unlock: refused",
    "patient/appointment/manage: too late",
    "patient/appointment/manage: over",
    "demo/mailbox",
    "demo/mail",
)
def a_link_from_the_mail(patient: Patient) -> Iterator[str]:
    reference = patient.book()
    patient.page.context.clear_cookies()
    patient.open("/find")
    yield "patient/link/find"
    patient.go_on()
    yield "patient/link/find: to mend"
    patient.write("email", patient.email)
    patient.go_on()
    yield "patient/link/find: sent"
    patient.open(patient.link())
    yield "patient/appointment/manage: locked"
    patient.press("Give the birth date")
    yield "patient/appointment/unlock"
    patient.go_on()
    yield "patient/appointment/unlock: to mend"
    patient.say_birth_date("4", "22", "1968")
    patient.go_on()
    yield "patient/appointment/unlock: refused"
    bring_forward(patient, reference, timedelta(hours=3))
    patient.open(f"/appointment/{reference}")
    yield "patient/appointment/manage: too late"
    bring_forward(patient, reference, timedelta(hours=-3))
    patient.page.reload()
    yield "patient/appointment/manage: over"
    patient.open("/demo/mailbox")
    yield "demo/mailbox"
    patient.page.locator(".letters a").first.click()
    yield "demo/mail"


@story(
    "patient/appointment/tentative",
    "patient/appointment/confirm",
    "patient/appointment/confirm: gone",
)
def an_appointment_under_a_flood(patient: Patient) -> Iterator[str]:
    reference = patient.book()
    link = patient.link()
    until = str(system_clock().replace(tzinfo=None) + timedelta(minutes=50))
    change(patient, reference, "status = 'tentative', booked_at = NULL, hold_until = :until",
           until=until)  # fmt: skip
    patient.open(f"/appointment/{reference}/tentative")
    yield "patient/appointment/tentative"
    patient.open(link)
    yield "patient/appointment/confirm"
    change(patient, reference, "status = 'cancelled', hold_until = NULL")
    patient.page.reload()
    yield "patient/appointment/confirm: gone"
