"""A device that others use after the patient (T06)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser.conftest import launch
from tests.browser.house import House
from tests.browser.patient import Patient
from tests.browser.watch import Watch


@pytest.fixture
def remembering(playwright_: Playwright) -> Iterator[Browser]:
    """Give a browser that keeps left pages in its memory, as people's browsers do."""
    browser = launch(playwright_, ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


@pytest.fixture
def patient(remembering: Browser, house: House) -> Iterator[Patient]:
    """Give somebody at such a browser."""
    context = remembering.new_context(base_url=house.address)
    watch = Watch(context, house.address)
    yield Patient(context.new_page(), house)
    context.close()
    assert watch.faults == []


def test_t06_after_done_the_back_button_shows_no_personal_word(patient: Patient) -> None:
    reference = patient.book()
    patient.press("See or change it")
    personal = (patient.name, patient.email, reference, "in my place", "1968", "555-0178")

    patient.press("I am done on this device")
    assert patient.path == "/?said=left"
    shown = []
    for _ in range(8):
        patient.back()
        shown.append(patient.page.content())

    assert [word for word in personal for page in shown if word in page] == []
    patient.open(f"/appointment/{reference}")
    assert patient.h1 == "We cannot find this page"


def test_t06_done_in_one_window_empties_the_memory_of_the_others(patient: Patient) -> None:
    patient.book()
    patient.open("/about")
    other = patient.page.context.new_page()
    other.goto("/your-data")

    other.get_by_role("button", name="I am done on this device").click()
    other.wait_for_url("**/?said=left")
    patient.back()

    assert patient.h1 == "We cannot find this page"
    assert patient.name not in patient.page.content()
