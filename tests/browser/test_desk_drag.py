"""Moving by drag: it snaps, it is refused with the reason, and nothing is lost on the way."""

from playwright.sync_api import Browser

from tests.browser.dragging import (
    A_ROW,
    MOVED,
    at_the_desk,
    drag,
    five_later,
    free_after,
    last_movable,
)
from tests.browser.house import House
from tests.browser.patient import Patient


def test_what_is_refused_goes_back_with_the_reason(patient: Patient) -> None:
    at_the_desk(patient)
    tile, name = last_movable(patient)
    before = tile.inner_text()

    drag(patient, tile, (0, A_ROW * 60))  # five hours later: beyond the hours of the day
    patient.page.locator("#said").wait_for(state="visible")

    assert "no hours there" in patient.page.locator("#said").inner_text()
    assert patient.page.locator(f"#{name}").inner_text() == before
    assert patient.path.startswith("/staff/day")


def test_a_tile_snaps_to_five_minutes_and_stays_where_it_was_dropped(patient: Patient) -> None:
    at_the_desk(patient)
    tile, name = free_after(patient)
    row = tile.locator("xpath=..").get_attribute("class") or ""

    drag(patient, tile, (3, A_ROW + 2))
    patient.page.locator("#said").wait_for(state="visible")
    patient.page.wait_for_function(MOVED, arg=[name, five_later(row)], timeout=2000)

    assert "Moved to" in patient.page.locator("#said").inner_text()


def test_an_answer_that_is_not_the_clinics_puts_it_back_and_says_so(patient: Patient) -> None:
    at_the_desk(patient)
    tile, name = last_movable(patient)
    before = tile.inner_text()
    stranger = {"content_type": "text/html", "body": "<p>Wi-Fi: please sign in"}
    patient.page.route("**/move", lambda route: route.fulfill(**stranger))

    drag(patient, tile, (0, A_ROW * 6))
    patient.page.locator("#said").wait_for(state="visible")

    assert "Nothing was moved" in patient.page.locator("#said").inner_text()
    assert patient.page.locator(f"#{name}").inner_text() == before


def test_a_connection_that_is_lost_puts_it_back_and_says_so(house: House, browser: Browser) -> None:
    context = browser.new_context(base_url=house.address, reduced_motion="reduce")
    patient = Patient(context.new_page(), house)
    at_the_desk(patient)
    tile, name = last_movable(patient)
    before = tile.inner_text()
    patient.page.route("**/move", lambda route: route.abort())

    drag(patient, tile, (0, A_ROW * 6))
    patient.page.locator("#said").wait_for(state="visible")

    assert "could not reach the clinic" in patient.page.locator("#said").inner_text()
    assert patient.page.locator(f"#{name}").inner_text() == before
    context.close()
