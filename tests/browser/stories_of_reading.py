"""Stories of the safety check and the guide."""

from collections.abc import Iterator

from sqlalchemy import text

from app.domain.safety import Tier
from tests.browser.patient import Patient
from tests.browser.story import story
from tests.web.walker import PRIMER


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
    patient.write_too_much("words_0", "long " * 300)
    patient.go_on()
    yield "patient/primer/statements: to mend"
    patient.open("/primer/all")
    yield "patient/primer/whole"
    patient.open("/resume")
    yield "patient/primer/resume"
    patient.write("code", "ABCD-EFGH")
    patient.go_on()
    yield "patient/primer/resume: to mend"


@story("patient/primer/gone")
def a_guide_that_is_gone(patient: Patient) -> Iterator[str]:
    patient.be_safe("primer")
    patient.read(last=2)
    with patient.house.book() as book:  # the last who began is this person
        newest = "started_at = (SELECT max(started_at) FROM reading)"
        book.execute(text(f"UPDATE reading SET edition = '2020-01-01' WHERE {newest}"))  # noqa: S608  ours
    patient.open("/primer/3")
    yield "patient/primer/gone"
    patient.go_on()
    assert patient.path == "/primer/1"


@story("patient/guide/page", "patient/guide/page: the last part", "patient/guide/whole")
def the_guide_by_a_link(patient: Patient) -> Iterator[str]:
    patient.open("/guide")
    yield "patient/guide/page"
    patient.open("/guide/en/10")
    yield "patient/guide/page: the last part"
    patient.press("All parts on one page")
    yield "patient/guide/whole"


@story(
    "patient/questions/choose",
    "patient/questions/choose: to mend",
    "patient/questions/choose: in order",
    "patient/questions/kept",
)
def the_questions_for_the_doctor(patient: Patient) -> Iterator[str]:
    patient.be_safe("primer")
    patient.read()
    patient.open("/questions")
    yield "patient/questions/choose"
    patient.write_too_much("own", "why " * 60)
    patient.go_on()
    yield "patient/questions/choose: to mend"
    patient.write("own", "May I swim while I wait?")
    patient.choose("asked", "N6")
    patient.choose("matters", "low_risk")
    patient.go_on()
    patient.press("Up")
    yield "patient/questions/choose: in order"
    patient.open("/statements")
    patient.go_on()
    patient.keep_time()
    patient.say_who()
    patient.go_on()
    patient.go_on()
    reference = patient.reference
    patient.open(patient.link())
    patient.open(f"/appointment/{reference}/questions")
    patient.say_birth_date("4", "21", "1968")
    patient.go_on()
    yield "patient/questions/kept"
