"""From the first page to a booked, moved and cancelled appointment, with scripts and without."""

from playwright.sync_api import Page

from app.domain.safety import Tier
from tests.browser.conftest import Arrive
from tests.browser.house import words_of
from tests.browser.patient import LATER, SOON, Patient


def calendar_file(page: Page) -> str:
    """Press the link to the calendar file; return what it holds."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Add to my calendar").click()
    return waiting.value.path().read_text(encoding="utf-8")


def test_who_reads_the_guide_books_moves_and_cancels_a_consultation(anybody: Patient) -> None:
    patient = anybody
    patient.open("/")
    patient.press("Read and book")
    for tier in Tier:
        patient.answer(tier, **({"B1": "not_sure"} if tier is Tier.BOOK_AND_TELL else {}))
        patient.go_on()
    assert patient.h1 == "Noted for your doctor"

    patient.go_on()
    patient.read()
    assert patient.h1 == "Say where you stand"
    patient.choose("K1", "talk")
    patient.go_on()
    assert patient.h1 == "Choose a time"

    first = patient.keep_time()
    assert patient.shows(".hold")
    patient.say_who()
    patient.go_on()
    assert patient.h1 == "Check and book"
    patient.go_on()

    assert patient.h1 == "You are booked."
    reference = patient.reference
    assert reference in patient.words
    assert f"{first.replace('-', '').replace(':', '')}" in calendar_file(patient.page)

    patient.open("/")
    patient.open(patient.link())
    assert patient.path == f"/appointment/{reference}"
    patient.press("Move it")
    second = patient.keep_time(LATER * 2)
    assert second != first
    patient.go_on()
    assert patient.shows("text=It is moved.")
    assert f"{second.replace('-', '').replace(':', '')}" in calendar_file(patient.page)

    patient.open(patient.link(2))
    patient.press("Cancel it")
    patient.go_on()

    assert patient.h1 == "Your appointment is cancelled"
    assert patient.house.letter(patient.email, 3).is_multipart()


def test_a_general_visit_needs_no_reading(anybody: Patient) -> None:
    patient = anybody
    patient.open("/")
    patient.press("Book a general spine visit")

    reference = patient.book(SOON)

    assert patient.h1 == "You are booked."
    assert patient.email in patient.words
    assert f"Reference\n{reference}" in patient.words
    mail = patient.house.letter(patient.email)
    assert reference in words_of(mail)
    assert any(part.get_content_type() == "text/calendar" for part in mail.walk())


def test_somebody_books_for_a_person_they_care_for(arrive: Arrive) -> None:
    patient = arrive()
    patient.be_safe()
    patient.keep_time()
    patient.choose("who_for", "other")
    patient.say_who(name="Ewa Nowak", booker_name="Jan Nowak")
    patient.go_on()

    review = patient.words

    assert "Booked by\nJan Nowak" in review
    assert "For\nEwa Nowak" in review
