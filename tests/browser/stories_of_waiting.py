"""Stories of times that are offered to one person, and of the waiting list."""

from collections.abc import Iterator

from app.clock import system_clock
from app.domain.staff import Role
from tests.browser.colleague import sign_in
from tests.browser.offered import offer, open_offer
from tests.browser.patient import Patient
from tests.browser.stories_of_the_day import next_monday
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
    patient.find("[name=no]").click()
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


@story(
    "patient/waiting/join",
    "patient/waiting/join: to mend",
    "patient/waiting/joined",
    "patient/waiting/earlier",
    "patient/waiting/earlier: to mend",
    "patient/appointment/manage: waiting",
    "patient/waiting/earlier: on the list",
    "patient/appointment/manage: not waiting",
)
def waiting_for_a_time(patient: Patient) -> Iterator[str]:
    patient.be_safe()
    patient.press("Tell me when a time comes free")
    yield "patient/waiting/join"
    patient.go_on()
    yield "patient/waiting/join: to mend"
    patient.write("name", "Maximiliana Theodora von Hohenstein-Papadopoulos")
    patient.say_birth_date("4", "21", "1968")
    patient.write("email", patient.email)
    patient.write("phone", "(865) 555-0178")
    patient.find("[name=weekdays]").first.check()
    patient.go_on()
    yield "patient/waiting/joined"
    reference = patient.book()
    patient.open(f"/appointment/{reference}/earlier")
    yield "patient/waiting/earlier"
    patient.page.locator("[name=until]").fill("2020-01-01")
    patient.go_on()
    yield "patient/waiting/earlier: to mend"
    patient.page.locator("[name=until]").fill("")
    patient.page.locator("[name=weekdays]").last.check()
    patient.go_on()
    yield "patient/appointment/manage: waiting"
    patient.press("Change or end this")
    yield "patient/waiting/earlier: on the list"
    patient.press("Take me off the list")
    yield "patient/appointment/manage: not waiting"


@story(
    "reception/waiting/waiting_list",
    "reception/waiting_put/newcomer",
    "reception/waiting_put/newcomer: to mend",
    "reception/waiting/waiting_list: put on",
    "reception/waiting/place",
    "reception/proposal/proposal: to one who waits",
    "reception/waiting/place: asked already",
    "reception/waiting/waiting_list: taken off",
    "reception/waiting_put/earlier",
)
def looking_after_the_waiting_list(patient: Patient) -> Iterator[str]:
    sign_in(patient)
    patient.open("/staff/waiting?visit=3")
    yield "reception/waiting/waiting_list"
    patient.open("/staff/waiting/new")
    yield "reception/waiting_put/newcomer"
    patient.go_on()
    yield "reception/waiting_put/newcomer: to mend"
    _fill_in(patient, "Abena Mensah")
    patient.go_on()
    yield "reception/waiting/waiting_list: put on"
    patient.find(".hit h2 a").last.click()
    yield "reception/waiting/place"
    place = patient.path
    patient.find(".slot").first.click()
    yield "reception/proposal/proposal: to one who waits"
    patient.open(place)
    patient.find(".slot").last.click()
    yield "reception/waiting/place: asked already"
    patient.press("Take off the list")
    yield "reception/waiting/waiting_list: taken off"
    patient.open("/staff/day?date=" + str(next_monday()))
    patient.find(".tile[data-revision]").last.click()
    patient.press("Wait for an earlier time")
    yield "reception/waiting_put/earlier"


def _fill_in(patient: Patient, name: str) -> None:
    patient.write("name", name)
    patient.say_birth_date("4", "21", "1968")
    patient.write("phone", "(865) 555-0178")
    patient.page.locator("[name=visit]").select_option(index=2)
    patient.page.locator("[name=until]").fill(str(system_clock().date()))  # nothing fits


@story(
    "reception/waiting_rules/rules",
    "reception/waiting_rules/rules: to mend",
    "reception/waiting_rules/rules: kept",
)
def setting_the_rules_of_the_list(patient: Patient) -> Iterator[str]:
    sign_in(patient, Role.OWNER)
    patient.open("/staff/waiting/rules")
    yield "reception/waiting_rules/rules"
    patient.write("offer_hours", "0")
    patient.go_on()
    yield "reception/waiting_rules/rules: to mend"
    patient.write("offer_hours", "4")
    patient.go_on()
    yield "reception/waiting_rules/rules: kept"
