"""A new appointment with scripts and without: what helps while one types, and nothing else."""

import re

from playwright.sync_api import ViewportSize

from tests.browser.colleague import sign_in
from tests.browser.conftest import Arrive
from tests.browser.patient import Patient
from tests.browser.stories_of_booking_at_the_desk import say_who
from tests.browser.stories_of_the_day import next_monday

WIDE: ViewportSize = {"width": 1366, "height": 900}
HALF_WAY = "li => { const box = li.getBoundingClientRect(); return [box.x + 9, box.y, box.height] }"


def opened(patient: Patient, query: str = "") -> None:
    sign_in(patient)
    patient.open(f"/staff/new{query}")


def test_three_letters_name_whom_the_clinic_knows_and_nothing_moves(patient: Patient) -> None:
    opened(patient)
    field = patient.page.locator("#name")
    before = field.bounding_box()

    field.press_sequentially("abb", delay=20)
    patient.page.locator("#known button").first.wait_for()

    assert "Abbott" in patient.find("#known button").first.inner_text()
    assert field.bounding_box() == before
    assert field.input_value() == "abb"
    assert patient.page.evaluate("document.activeElement.id") == "name"


def test_one_press_takes_the_details_of_somebody_known(patient: Patient) -> None:
    opened(patient)
    patient.page.locator("#name").press_sequentially("abb", delay=20)

    patient.page.locator("#known button").first.click()
    patient.page.wait_for_url("**/staff/new")

    assert "Abbott" in patient.find("#name").input_value()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", patient.find("#birth").input_value())


def test_the_free_times_follow_what_is_chosen_and_what_was_typed_stays(patient: Patient) -> None:
    opened(patient, f"?date={next_monday()}")
    patient.page.locator("#name").fill("Noor Bloom")

    with patient.page.expect_response("**/staff/new"):
        patient.page.locator("#visit").select_option(label="General spine visit")
    patient.page.locator("#gate .choice").first.wait_for(state="detached")

    values = patient.find(".slot input").evaluate_all("all => all.map(one => one.value)")
    assert values
    assert {value.rpartition("|")[2] for value in values} == {"2"}
    assert patient.find("#name").input_value() == "Noor Bloom"


def test_a_press_on_free_time_books_at_the_five_minutes_under_the_pointer(
    patient: Patient,
) -> None:
    sign_in(patient)
    patient.page.set_viewport_size(WIDE)
    patient.open(f"/staff/day?date={next_monday()}")
    free = patient.find("li:has(> a.free)").first
    free.scroll_into_view_if_needed()
    x, y, height = free.evaluate(HALF_WAY)
    begins = free.locator("a").get_attribute("href") or ""

    patient.page.mouse.click(x, y + height - 3)
    patient.page.wait_for_url("**/staff/new?**")

    first = re.findall(r"time=(\d\d:\d\d)", begins)[0]
    shown = patient.find("#clock").input_value()
    assert patient.find("input[value=own]").is_checked()
    assert int(shown[3:]) % 5 == 0
    assert shown > first


def test_a_key_leads_to_it_from_everywhere(patient: Patient) -> None:
    sign_in(patient)
    patient.open("/staff/find")

    with patient.page.expect_navigation():
        patient.page.keyboard.press("n")

    assert patient.path == "/staff/new"


def test_all_of_it_works_without_scripts(arrive: Arrive) -> None:
    patient = arrive(javascript=False)
    opened(patient, f"?date={next_monday()}")
    patient.page.locator("#visit").select_option(label="General spine visit")
    patient.press("Show free times")
    patient.find(".slot input").first.check()
    say_who(patient, email="")

    patient.go_on()

    assert "No e-mail: call" in patient.words
    assert "The reference is" in patient.words
