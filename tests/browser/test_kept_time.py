"""A kept time survives impatience: two tabs, double clicks, the back button, a slow person."""

from datetime import timedelta

from sqlalchemy import text

from app.clock import system_clock
from tests.browser.conftest import Arrive
from tests.browser.house import House
from tests.browser.patient import LATER, Patient

OF_ADDRESS = (
    "SELECT count(*) FROM appointment JOIN patient ON patient.id = appointment.patient_id"
    " WHERE status = 'booked' AND email = :email"
)
OVERDUE = (
    "UPDATE appointment SET hold_until = :then WHERE id ="
    " (SELECT id FROM appointment WHERE status = 'held' ORDER BY held_at DESC LIMIT 1)"
)


def appointments(patient: Patient) -> int:
    """Return how many appointments the person has."""
    with patient.house.book() as book:
        return int(book.execute(text(OF_ADDRESS), {"email": patient.email}).scalar_one())


def let_the_minutes_pass(house: House) -> None:
    """Change the book so that the time kept last is kept no longer."""
    then = str(system_clock().replace(tzinfo=None) - timedelta(minutes=5))
    with house.book() as book:
        book.execute(text(OVERDUE), {"then": then})


def test_pressing_the_last_button_twice_books_once(anybody: Patient) -> None:
    patient = anybody
    patient.be_safe()
    patient.keep_time()
    patient.say_who()
    patient.go_on()

    patient.find("[data-action=continue]").dblclick()
    patient.page.wait_for_url("**/booked")

    assert patient.h1 == "You are booked."
    assert appointments(patient) == 1


def test_going_back_after_booking_books_nothing_more(anybody: Patient) -> None:
    patient = anybody
    reference = patient.book()

    patient.back()

    assert appointments(patient) == 1
    assert patient.shows("main h1")
    patient.open(f"/appointment/{reference}")
    assert patient.h1 == "Your appointment"


def test_two_tabs_that_choose_two_times_end_in_one_appointment(anybody: Patient) -> None:
    one = anybody
    one.be_safe()
    other = Patient(one.page.context.new_page(), one.house, email=one.email)
    other.open("/times")

    one.keep_time()
    kept = other.keep_time(2 * LATER)
    one.say_who()
    one.go_on()
    one.go_on()
    other.page.reload()

    assert one.h1 == "You are booked."
    assert appointments(one) == 1
    with one.house.book() as book:
        starts = book.execute(text("SELECT starts_at FROM appointment WHERE reference = :r"),
                              {"r": one.reference}).scalar_one()  # fmt: skip
    assert kept[:16] == str(starts).replace(" ", "T")[:16]
    assert other.h1 == "You are booked."


def test_a_tab_that_confirms_a_time_given_back_is_offered_others(anybody: Patient) -> None:
    one = anybody
    one.be_safe()
    one.keep_time()
    one.say_who()
    one.go_on()
    other = Patient(one.page.context.new_page(), one.house, email=one.email)
    other.open("/times")
    other.keep_time(2 * LATER)
    other.go_on()
    assert other.h1 == "Check and book"

    one.go_on()
    other.go_on()

    assert one.refusal in ("hold_ended", "nothing_held")
    assert one.free_times()
    assert other.h1 == "You are booked."
    assert appointments(one) == 1


def test_a_slow_person_gets_the_time_all_the_same_when_nobody_else_wanted_it(
    anybody: Patient,
) -> None:
    patient = anybody
    patient.be_safe()
    patient.keep_time()
    patient.say_who()

    let_the_minutes_pass(patient.house)
    patient.go_on()
    late = patient.words
    patient.go_on()

    assert "The minutes are up. Nobody has taken the time yet." in late
    assert patient.h1 == "You are booked."


def test_a_slow_person_whose_time_was_taken_keeps_what_they_typed(arrive: Arrive) -> None:
    slow, quick = arrive(), arrive()
    slow.be_safe()
    slow.keep_time()
    slow.say_who(question="Shall I still run?")
    slow.go_on()
    let_the_minutes_pass(slow.house)
    quick.be_safe()
    while not quick.shows(f"[value='{slow.kept}']"):
        quick.press("Later days")
    quick.find(f"[value='{slow.kept}']").first.click()
    assert quick.h1 == "Your details"

    slow.go_on()

    assert slow.refusal == "hold_ended"
    slow.keep_time()
    assert slow.page.locator("[name=question]").input_value() == "Shall I still run?"
    assert slow.page.locator("[name=email]").input_value() == slow.email


def test_a_kept_time_can_be_kept_longer_and_given_back(anybody: Patient) -> None:
    patient = anybody
    patient.be_safe()
    start = patient.keep_time()
    patient.press("Keep it longer")
    assert patient.h1 == "Your details"
    patient.say_who()
    patient.go_on()

    patient.press("Give the time back and leave")

    assert patient.shows("text=The time is free again")
    patient.be_safe()
    assert patient.keep_time() == start


def test_a_form_that_came_too_late_brings_back_what_was_typed(anybody: Patient) -> None:
    patient = anybody
    patient.open("/find")
    patient.write("email", patient.email)
    patient.page.context.clear_cookies()

    patient.go_on()
    asked = patient.h1
    patient.go_on()

    assert asked == "Please send it once more"
    assert patient.h1 == "Check your mail"


def test_details_without_a_session_are_brought_back_too(anybody: Patient) -> None:
    patient = anybody
    patient.be_safe()
    patient.keep_time()
    patient.say_who(question="Shall I still run?")
    patient.page.context.clear_cookies()

    patient.go_on()

    typed = patient.page.locator("main [name=question]").get_attribute("value")
    assert patient.h1 == "Please send it once more"
    assert typed == "Shall I still run?"
    patient.go_on()
    assert patient.refusal == "safety_check_needed"
