"""What can still be done with an appointment, from the mail and afterwards."""

import re
from datetime import timedelta

from tests.browser.house import words_of
from tests.browser.patient import Patient
from tests.browser.story import bring_forward


def test_a_lost_link_comes_again_by_mail_and_the_birth_date_opens_the_rest(
    anybody: Patient,
) -> None:
    patient = anybody
    reference = patient.book()
    patient.house.letter(patient.email)
    patient.page.context.clear_cookies()
    patient.open("/")
    patient.press("I already have an appointment")
    patient.write("email", patient.email)
    patient.go_on()
    assert "/a/" in words_of(patient.house.letter(patient.email, 2))

    patient.open(patient.link(2))
    locked = patient.words
    patient.press("Give the birth date")
    patient.say_birth_date("April", "21", "1968")
    patient.go_on()

    assert patient.path == f"/appointment/{reference}#said"
    assert "What would you do in my place?" not in locked
    assert "What would you do in my place?" in patient.words


def test_the_card_to_carry_is_one_sheet_of_paper(anybody: Patient) -> None:
    anybody.book()

    paper = anybody.page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type /Page\b", paper)) == 1


def test_an_appointment_that_is_too_close_is_changed_by_phone(anybody: Patient) -> None:
    patient = anybody
    reference = patient.book()
    patient.open(f"/appointment/{reference}/cancel")

    bring_forward(patient, reference, timedelta(hours=3))
    patient.go_on()

    assert patient.refusal == "too_late"
    assert patient.shows("main a[href^='tel:']")
    assert not patient.shows("text=Move it")
    assert not patient.shows("text=Cancel it")


def test_cancelling_twice_is_said_kindly(anybody: Patient) -> None:
    patient = anybody
    reference = patient.book()
    other = patient.page.context.new_page()
    other.goto(f"/appointment/{reference}/cancel")
    patient.open(f"/appointment/{reference}/cancel")
    patient.go_on()

    other.locator("[data-action=continue]").click()

    assert other.locator("h1").inner_text() == "Your appointment is cancelled"
    patient.open(patient.link())
    assert patient.h1 == "Your appointment is cancelled"
    assert not patient.shows("text=Move it")


def test_moving_can_be_left_half_way_and_nothing_has_changed(anybody: Patient) -> None:
    patient = anybody
    reference = patient.book()
    patient.open(f"/appointment/{reference}")
    before = patient.find(".date").inner_text()
    patient.press("Move it")
    patient.keep_time()

    patient.press("Keep it as it is")

    assert patient.find(".date").inner_text() == before
