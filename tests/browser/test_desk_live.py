"""What a colleague does appears at the others by itself, and nothing else moves."""

from tests.browser.colleague import sign_in, sign_out
from tests.browser.conftest import Arrive
from tests.browser.patient import Patient
from tests.browser.stories_of_the_day import next_monday

TWO_SECONDS = 2000
GONE = "name => !document.getElementById(name)"


def at_the_desk(arrive: Arrive) -> Patient:
    colleague = arrive()
    sign_in(colleague)
    colleague.open(f"/staff/day?date={next_monday()}")
    return colleague


def cancel(colleague: Patient, tile: str) -> None:
    colleague.find(f"#{tile}").click()
    colleague.press("Cancel it")
    colleague.choose("reason", "other")
    colleague.go_on()


def test_a_cancelled_visit_leaves_the_others_boards_within_two_seconds(arrive: Arrive) -> None:
    jo, max_ = at_the_desk(arrive), at_the_desk(arrive)
    first, last = (jo.find(".tile").nth(number).get_attribute("id") or "" for number in (0, -1))
    jo.page.locator(f"#{last}").focus()
    scrolled = jo.page.evaluate("scrollY")
    jo.page.evaluate("window.notLoadedAgain = true")

    cancel(max_, first)
    jo.page.wait_for_function(GONE, arg=first, timeout=TWO_SECONDS)

    assert jo.page.evaluate("window.notLoadedAgain")
    assert jo.page.evaluate("document.activeElement.id") == last
    assert jo.page.evaluate("scrollY") == scrolled


def test_whoever_is_signed_out_is_told_that_the_board_may_be_old(arrive: Arrive) -> None:
    jo = at_the_desk(arrive)

    sign_out(jo)
    jo.page.locator("#live-off").wait_for(state="visible", timeout=2 * TWO_SECONDS)

    assert jo.find(".tile").count() > 0
