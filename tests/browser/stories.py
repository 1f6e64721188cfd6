"""Ways through the site that together show every page in every state; no assertions.

Each story stops at a page by giving its name: the template, and the state it is in.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text

from app.clock import system_clock
from app.domain.safety import Tier
from tests.browser.patient import LATER, Patient
from tests.web.walker import PRIMER

Walk = Callable[[Patient], Iterator[str]]


@dataclass(frozen=True)
class Story:
    """A way through the site, and the pages where it stops."""

    walk: Walk
    pages: tuple[str, ...]


STORIES: dict[str, Story] = {}


def story(*pages: str) -> Callable[[Walk], Walk]:
    """Enter a way through the site into the list, with the pages where it stops."""

    def enter(walk: Walk) -> Walk:
        STORIES[walk.__name__] = Story(walk, pages)
        return walk

    return enter


@story(
    "patient/start/start",
    "patient/safety/urgent",
    "patient/safety/urgent: to mend",
    "patient/safety/stop",
    "patient/safety/today",
    "patient/safety/tell",
    "patient/safety/call_today",
    "patient/safety/noted",
)
def the_safety_check(patient: Patient) -> Iterator[str]:
    patient.open("/")
    yield "patient/start/start"
    patient.press("Read and book")
    yield "patient/safety/urgent"
    patient.go_on()
    yield "patient/safety/urgent: to mend"
    patient.choose("E1", "yes")
    patient.go_on()
    yield "patient/safety/stop"
    patient.press("I pressed something by mistake")
    patient.answer(Tier.EMERGENCY)
    patient.go_on()
    yield "patient/safety/today"
    patient.answer(Tier.CALL_TODAY)
    patient.go_on()
    yield "patient/safety/tell"
    patient.press("Back")
    patient.answer(Tier.CALL_TODAY, T1="not_sure")
    patient.go_on()
    yield "patient/safety/call_today"
    patient.be_safe("primer", B1="yes", B2="not_sure")
    yield "patient/safety/noted"


FIRST_HALF, SECOND_HALF = range(1, 6), range(6, 11)


@story(*(f"patient/primer/page: part {number}" for number in FIRST_HALF))
def the_first_half_of_the_guide(patient: Patient) -> Iterator[str]:
    patient.be_safe("primer")
    yield from _parts(patient, FIRST_HALF)


@story(*(f"patient/primer/page: part {number}" for number in SECOND_HALF))
def the_second_half_of_the_guide(patient: Patient) -> Iterator[str]:
    patient.be_safe("primer")
    patient.read(last=5)
    yield from _parts(patient, SECOND_HALF)


def _parts(patient: Patient, numbers: range) -> Iterator[str]:
    for number in numbers:
        yield f"patient/primer/page: part {number}"
        patient.read(number, number)


@story(
    "patient/primer/check",
    "patient/primer/check: to mend",
    "patient/primer/check: not quite",
    "patient/primer/check: the answer",
    "patient/primer/check: yes",
    "patient/primer/statements",
    "patient/primer/statements: to mend",
    "patient/primer/whole",
    "patient/primer/resume",
    "patient/primer/resume: to mend",
)
def the_questions_of_the_guide(patient: Patient) -> Iterator[str]:
    asked = [page.number for page in PRIMER.pages if page.check]
    patient.be_safe("primer")
    patient.read(last=asked[0] - 1)
    patient.go_on()
    yield "patient/primer/check"
    patient.go_on()
    yield "patient/primer/check: to mend"
    patient.reply(asked[0], right=False)
    yield "patient/primer/check: not quite"
    patient.reply(asked[0], right=False)
    yield "patient/primer/check: the answer"
    patient.go_on()
    patient.read(asked[0] + 1, asked[1] - 1)
    patient.go_on()
    patient.reply(asked[1])
    yield "patient/primer/check: yes"
    patient.go_on()
    patient.read(asked[1] + 1)
    yield "patient/primer/statements"
    patient.write("words_0", "long " * 300)
    patient.go_on()
    yield "patient/primer/statements: to mend"
    patient.open("/primer/all")
    yield "patient/primer/whole"
    patient.open("/resume")
    yield "patient/primer/resume"
    patient.write("code", "ABCD-EFGH")
    patient.go_on()
    yield "patient/primer/resume: to mend"


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


@story(
    "patient/about/about",
    "patient/about/data",
    "errors/not_found",
    "errors/session_ended",
    "errors/refused",
    "errors/too_large",
)
def what_is_said_and_what_goes_wrong(patient: Patient) -> Iterator[str]:
    patient.open("/about")
    yield "patient/about/about"
    patient.open("/your-data")
    yield "patient/about/data"
    patient.open("/a/abc.def")
    yield "errors/not_found"
    patient.open("/find")
    patient.page.context.clear_cookies()
    patient.go_on()
    yield "errors/session_ended"
    patient.be_safe()
    patient.keep_time()
    patient.say_who(bday_year=str(system_clock().year - 10))
    patient.go_on()
    yield "errors/refused"
    patient.open("/details")
    patient.say_who(question="long " * 20_000)
    patient.go_on()
    yield "errors/too_large"


def bring_forward(patient: Patient, reference: str, until: timedelta) -> None:
    """Change the book so that an appointment begins that long from now."""
    start = system_clock().replace(tzinfo=None) + until
    change(
        patient,
        reference,
        "overlap_reason = 'a test', starts_at = :start, ends_at = :end,"
        " blocked_from = :start, blocked_until = :end",
        start=str(start),
        end=str(start + timedelta(minutes=30)),
    )


def change(patient: Patient, reference: str, what: str, **values: str) -> None:
    """Change an appointment in the book behind the clinic's back."""
    sentence = f"UPDATE appointment SET {what} WHERE reference = :reference"  # noqa: S608  ours
    with patient.house.book() as book:
        book.execute(text(sentence), values | {"reference": reference})
