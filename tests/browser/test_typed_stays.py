"""What was typed or ticked stays when a page is made larger, Spanish, or its time kept longer."""

import pytest
from playwright.sync_api import Locator

from app.domain.safety import Tier
from tests.browser.patient import Patient
from tests.web.walker import PRIMER

LOOKS = ["Largest text", "Larger text", "Español", "English", "Text as it was"]
WORDS = "To lift my granddaughter."
VALUES = """all => all.map(one => [one.name, one.type, one.value, one.checked])"""


def typed(patient: Patient) -> list[object]:
    """Return what the page's form would send, but for the token and the visit's language."""
    fields: Locator = patient.find("#form :is(input:not([type=hidden]), textarea, select)")
    found: list[list[object]] = fields.evaluate_all(VALUES)
    return [one for one in found if one[0] != "language"]


def press_all(patient: Patient) -> list[list[object]]:
    """Press each button of the comfort row; return what was typed after each."""
    seen = []
    for name in LOOKS:
        patient.page.locator(".comfort").get_by_role("button", name=name).click()
        seen.append(typed(patient))
    return seen


def test_the_details_stay_and_are_sent_by_enter_alone(anybody: Patient) -> None:
    patient = anybody
    patient.be_safe()
    patient.keep_time()
    patient.say_who()
    patient.choose("needs", "cannot_sit_long")
    patient.choose("calendar", "text")
    before = typed(patient)

    after = press_all(patient)
    patient.press("Keep it longer")
    longer = typed(patient)

    assert after == [before] * len(LOOKS)
    assert longer == before
    assert not patient.shows(".summary")
    patient.page.locator("[name=email]").press("Enter")
    assert patient.h1 == "Check and book"
    assert "I cannot sit long" in patient.words


@pytest.mark.parametrize("way", ["general", "primer"])
def test_the_answers_of_the_safety_check_stay(anybody: Patient, way: str) -> None:
    patient = anybody
    patient.open(f"/safety/{way}")
    patient.answer(Tier.EMERGENCY)
    before = typed(patient)

    after = press_all(patient)

    assert after == [before] * len(LOOKS)
    patient.go_on()
    assert patient.path == f"/safety/{way}/today"


def test_where_one_stands_stays_and_so_do_ones_own_words(anybody: Patient) -> None:
    patient = anybody
    patient.be_safe("primer")
    patient.choose("reads", "helper")
    reads = typed(patient)
    assert press_all(patient) == [reads] * len(LOOKS)
    patient.read()
    patient.choose("K1", "talk")
    patient.choose("K3", "skip")
    patient.write("words_1", WORDS * 30)
    before = typed(patient)

    after = press_all(patient)

    assert after == [before] * len(LOOKS)
    assert patient.path.startswith("/statements")
    patient.go_on()
    assert patient.h1 == "Choose a time"
    patient.open("/statements")
    assert typed(patient) == before


def test_an_answer_to_a_question_of_the_guide_stays(anybody: Patient) -> None:
    patient = anybody
    patient.be_safe("primer")
    patient.read(last=1)
    patient.go_on()
    check = PRIMER.page(2).check
    assert check is not None
    patient.choose("answer", check.right)
    before = typed(patient)

    after = press_all(patient)

    assert after == [before] * len(LOOKS)
    patient.page.locator(f"[name=answer][value={check.right}]").press("Enter")
    assert patient.find("#reply h2").count() == 1


def test_the_list_of_questions_stays_as_it_was_left(anybody: Patient) -> None:
    patient = anybody
    patient.be_safe("primer")
    patient.read(last=1)
    patient.open("/questions")
    patient.choose("asked", "N2")
    patient.choose("matters", "low_risk")
    patient.write("own", WORDS)
    before = typed(patient)

    after = press_all(patient)

    assert after == [before] * len(LOOKS)
    patient.page.locator("[name=own]").press("Enter")
    assert WORDS in patient.find("#list").inner_text()


def test_a_part_of_the_form_before_the_visit_stays(anybody: Patient) -> None:
    patient = anybody
    reference = patient.book()
    patient.press("Tell your doctor some things now")
    patient.say_birth_date("4", "21", "1968")
    birth = typed(patient)
    assert press_all(patient) == [birth] * len(LOOKS)
    patient.go_on()
    for part in ("where", "life"):
        patient.open(f"/appointment/{reference}/prepare/{part}")
        for box in patient.find("#form [type=checkbox]").all()[:3]:
            box.check()
        for field in patient.find("#form textarea").all():
            field.fill(WORDS)
        before = typed(patient)

        after = press_all(patient)

        assert after == [before] * len(LOOKS)
        patient.go_on()
        patient.open(f"/appointment/{reference}/prepare/{part}")
        assert typed(patient) == before
