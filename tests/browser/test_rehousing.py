"""An afternoon is closed, and whoever came then finds another time, asked by the desk."""

from datetime import datetime, timedelta

from tests.browser.colleague import sign_in
from tests.browser.conftest import Arrive
from tests.browser.patient import Patient
from tests.browser.stories_of_hours import fill_closure

LINK = "/p/"


def close_their_day(jo: Patient, reference: str) -> None:
    """Close the day of somebody's appointment for their doctor, having seen what it breaks."""
    with jo.house.book() as book:
        row = book.exec_driver_sql(
            "SELECT clinician_id, starts_at FROM appointment WHERE reference = ?", (reference,)
        ).one()
    day = (datetime.fromisoformat(str(row[1])) - timedelta(hours=6)).date()
    jo.open("/staff/closures/add")
    fill_closure(jo, day, day, f"doctor-{row[0]}")
    jo.go_on()
    assert jo.refusal == "would_break"
    assert reference in (jo.find(".breaks").inner_html())
    jo.go_on()


def test_times_are_mailed_and_the_answer_moves_without_scripts(arrive: Arrive) -> None:
    marian = arrive(javascript=False)
    reference = marian.book(timedelta(days=10))
    jo = arrive(javascript=False)
    sign_in(jo)
    close_their_day(jo, reference)
    row = jo.find(f"#r-{reference}")

    row.get_by_role("button", name="Mail these times").click()
    asked = row.inner_text()
    mail = marian.house.letter(marian.email, 2)
    body = mail.get_body(("plain",))
    assert body is not None
    link = next(word for word in body.get_content().split() if LINK in word)
    marian.open(link[link.index(LINK) :].rstrip(".>)"))
    marian.go_on()
    jo.page.reload()

    assert "Asked by mail" in asked
    assert "Moved" in row.inner_text()
    assert marian.house.letter(marian.email, 3)["Subject"]


def test_a_keyboard_is_enough_to_note_a_call(arrive: Arrive) -> None:
    marian = arrive()
    reference = marian.book(timedelta(days=12))
    jo = arrive()
    sign_in(jo)
    close_their_day(jo, reference)
    row = jo.find(f"#r-{reference}")

    row.get_by_role("button", name="Not reached").focus()
    jo.page.keyboard.press("Enter")
    jo.page.wait_for_url("**#r-*")

    assert "Not reached," in row.inner_text()
