"""Dragging at the desk, as a hand with a mouse does."""

from playwright.sync_api import Locator, ViewportSize

from tests.browser.colleague import sign_in
from tests.browser.patient import Patient
from tests.browser.stories_of_the_day import next_monday

WIDE: ViewportSize = {"width": 1366, "height": 900}
A_ROW = 8.48  # pixels for five minutes: .53rem
FREE = """(() => [...document.querySelectorAll(".tile[data-revision]")].find((tile) =>
  tile.closest("li").nextElementSibling?.querySelector(".free")).id)()"""
MOVED = "([id, place]) => document.getElementById(id)?.closest('li').className.includes(place)"


def at_the_desk(patient: Patient) -> None:
    sign_in(patient)
    patient.page.set_viewport_size(WIDE)
    patient.open(f"/staff/day?date={next_monday()}")


def last_movable(patient: Patient) -> tuple[Locator, str]:
    """Return the last appointment of the first doctor, and its id."""
    tile = patient.find(".col").first.locator(".tile[data-revision]").last
    tile.scroll_into_view_if_needed()
    return tile, tile.get_attribute("id") or ""


def free_after(patient: Patient) -> tuple[Locator, str]:
    """Return an appointment with free time after it, and its id."""
    patient.page.wait_for_load_state()
    name: str = patient.page.evaluate(FREE)
    tile = patient.page.locator(f"#{name}")
    tile.scroll_into_view_if_needed()
    return tile, name


def clock_of(row: str) -> tuple[int, int]:
    """Return the hour and the minute of a tile's row."""
    return int(row[3:5]), int(row[11:13])


def five_later(row: str) -> str:
    """Return the classes of the row after a tile's."""
    hour, minute = clock_of(row)
    minute += 5
    return f"at-{hour + minute // 60:02} past-{minute % 60:02}"


def drag(patient: Patient, tile: Locator, by: tuple[float, float]) -> None:
    box = tile.bounding_box()
    assert box is not None
    x, y = box["x"] + 20, box["y"] + 6
    patient.page.mouse.move(x, y)
    patient.page.mouse.down()
    patient.page.mouse.move(x + by[0] / 2, y + by[1] / 2, steps=4)
    patient.page.mouse.move(x + by[0], y + by[1], steps=4)
    patient.page.mouse.up()
