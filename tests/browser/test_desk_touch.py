"""Moving by finger on a tablet: rest, then drag; a finger that moves at once scrolls."""

from playwright.sync_api import Browser, CDPSession

from tests.browser.dragging import A_ROW, MOVED, at_the_desk, five_later, free_after
from tests.browser.house import House
from tests.browser.patient import Patient


def touch(hand: CDPSession, what: str, *at: float) -> None:
    points = [{"x": at[0], "y": at[1]}] if at else []
    hand.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": points})


def test_a_finger_that_rests_takes_an_appointment_along_and_one_that_moves_scrolls(
    house: House, browser: Browser
) -> None:
    context = browser.new_context(base_url=house.address, reduced_motion="reduce", has_touch=True)
    patient = Patient(context.new_page(), house)
    at_the_desk(patient)
    tile, name = free_after(patient)
    row = tile.locator("xpath=..").get_attribute("class") or ""
    hand = context.new_cdp_session(patient.page)
    box = tile.bounding_box()
    assert box is not None
    x, y = box["x"] + 20, box["y"] + 6

    touch(hand, "touchStart", x, y)
    for step in range(1, 5):
        touch(hand, "touchMove", x, y - 10 * step)
    touch(hand, "touchEnd")
    assert not patient.page.locator(".carried").count()
    assert patient.path.startswith("/staff/day")

    tile.scroll_into_view_if_needed()
    box = tile.bounding_box()
    assert box is not None
    x, y = box["x"] + 20, box["y"] + 6
    touch(hand, "touchStart", x, y)
    patient.page.locator(f"#{name}.carried").wait_for()
    for step in range(1, 5):
        touch(hand, "touchMove", x + 1, y + (A_ROW + 2) * step / 4)
    touch(hand, "touchEnd")
    patient.page.locator("#said").wait_for(state="visible")

    assert "Moved to" in patient.page.locator("#said").inner_text()
    patient.page.wait_for_function(MOVED, arg=[name, five_later(row)], timeout=4000)
    context.close()
