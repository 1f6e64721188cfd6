"""Reading on another device, and answering a question wrongly."""

from tests.browser.conftest import Arrive
from tests.browser.patient import Patient
from tests.web.walker import PRIMER

CHECKED = next(page.number for page in PRIMER.pages if page.check)


def test_a_code_leads_on_at_the_same_place_on_another_device(arrive: Arrive) -> None:
    laptop, phone = arrive(), arrive(javascript=False)
    laptop.be_safe("primer")
    laptop.read(last=4)
    code = laptop.find(".code").first.inner_text()

    phone.open("/find")
    phone.press("Go on reading with your code")
    phone.write("code", code.lower())
    phone.go_on()
    phone.be_safe("primer")

    assert phone.path == laptop.path == "/primer/5"
    assert phone.steps_done == 4


def test_a_wrong_answer_explains_and_two_lead_on_all_the_same(anybody: Patient) -> None:
    patient = anybody
    patient.be_safe("primer")
    patient.read(last=CHECKED - 1)
    patient.go_on()

    patient.reply(CHECKED, right=False)
    first = patient.find("#reply").inner_text()
    patient.reply(CHECKED, right=False)

    assert "Look again at part" in first
    assert "Your doctor will go over this with you." in patient.words
    patient.go_on()
    assert patient.path == f"/primer/{CHECKED + 1}"


def test_going_back_in_the_guide_loses_nothing(anybody: Patient) -> None:
    patient = anybody
    patient.be_safe("primer")
    patient.read(last=3)

    patient.press("Back to part 3")
    patient.back()

    assert patient.path == "/primer/4"
    assert patient.steps_done == 3
