"""The desk by single keys, which help and can be switched off."""

from datetime import timedelta

from app.domain.staff import Role
from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.stories_of_the_day import next_monday


def at_the_desk(patient: Patient) -> None:
    sign_in(patient, Role.RECEPTION)
    patient.open(f"/staff/day?date={next_monday()}")


def test_a_slash_leads_to_the_search_and_a_letter_in_it_is_only_a_letter(patient: Patient) -> None:
    at_the_desk(patient)

    patient.page.keyboard.press("/")
    patient.page.keyboard.type("jt?/k")

    assert patient.page.locator("#find").input_value() == "jt?/k"
    assert str(next_monday()) in patient.path


def test_a_question_mark_shows_the_keys(patient: Patient) -> None:
    at_the_desk(patient)

    patient.page.keyboard.press("?")

    shown = patient.page.locator("#keys").inner_text()
    assert "Day before" in shown
    assert "Find a patient" in shown


def test_a_letter_leads_to_the_next_day(patient: Patient) -> None:
    at_the_desk(patient)

    with patient.page.expect_navigation():
        patient.page.keyboard.press("j")

    assert str(next_monday() + timedelta(days=1)) in patient.path


def test_the_keys_can_be_switched_off(patient: Patient) -> None:
    at_the_desk(patient)
    before = patient.path
    patient.page.keyboard.press("?")
    patient.page.locator("#keys-on").uncheck()
    patient.page.locator("#keys button").click()

    patient.page.keyboard.press("j")

    assert patient.path == before
