"""Nobody with an emergency is led to an appointment."""

import pytest

from app.domain.safety import Tier
from tests.browser.patient import Patient


def ways_to_book(patient: Patient) -> list[str]:
    """Return what on this page could lead to an appointment."""
    links = patient.page.locator("a, form").evaluate_all(
        "all => all.map(one => one.getAttribute('href') ?? one.getAttribute('action'))"
    )
    return [link for link in links if link in ("/times", "/primer/1", "/", "/find")]


@pytest.mark.parametrize("way", ["primer", "general"])
def test_an_emergency_stops_with_one_number_and_a_way_back(anybody: Patient, way: str) -> None:
    patient = anybody
    patient.open(f"/safety/{way}")
    patient.answer(Tier.EMERGENCY, E2="yes")

    patient.go_on()

    assert patient.shows("[data-emergency]")
    assert patient.page.locator("[data-action=continue]").get_attribute("href") == "tel:911"
    assert "Call 911" in patient.words
    assert ways_to_book(patient) == []
    patient.press("I pressed something by mistake")
    assert patient.path == f"/safety/{way}"
    assert patient.page.locator("[name=E2]:checked").get_attribute("value") == "yes"


def test_what_needs_a_call_today_ends_in_the_clinics_number(anybody: Patient) -> None:
    patient = anybody
    patient.open("/safety/general")
    patient.answer(Tier.EMERGENCY)
    patient.go_on()
    patient.answer(Tier.CALL_TODAY, T2="not_sure")

    patient.go_on()

    call = patient.page.locator("[data-action=continue]").get_attribute("href") or ""
    assert call.startswith("tel:+1865")
    assert "/times" not in ways_to_book(patient)
    patient.open("/times")
    assert patient.refusal == "safety_check_needed"


def test_missing_answers_are_listed_and_lead_to_their_questions(anybody: Patient) -> None:
    patient = anybody
    patient.open("/safety/general")
    patient.choose("E1", "no")

    patient.go_on()
    patient.page.locator(".summary a").first.click()

    assert patient.path == "/safety/general#E2"
    assert patient.page.locator("[name=E1]:checked").get_attribute("value") == "no"
