"""Who answers for the guide, as patients see it, and what they see when nobody did in time."""

from datetime import UTC, datetime

from flask import Flask

from app.services import clinic as clinics
from app.services import edition
from app.settings import ROOT
from tests.conftest import StoppedClock
from tests.web.walker import Walker

DRAFT = "This guide is a draft."
LAST_DAY = datetime(2027, 7, 20, 15, tzinfo=UTC)  # sixty days after the review was due


def sign(site: Flask) -> None:
    """Let a spine doctor sign what this clinic shows in English."""
    with site.app_context():
        copy = edition.shown(clinics.load(), ROOT / "primer", "en")
        edition.sign(
            copy, name="Dr Ada Berg", role="spine doctor", now=datetime(2027, 3, 1, tzinfo=UTC)
        )


def test_every_page_says_that_the_guide_awaits_review_until_somebody_signed(site: Flask) -> None:
    walker = Walker(site)
    before = walker.get("/").text
    sign(site)
    after = walker.get("/").text

    assert DRAFT in before
    assert DRAFT not in after
    assert "Looked over by Dr Ada Berg, spine doctor, on 1 March 2027." in after


def test_a_signature_under_the_english_words_says_nothing_of_the_spanish(site: Flask) -> None:
    sign(site)

    page = site.test_client().get("/", headers={"Accept-Language": "es"}).text

    assert "Dr Ada Berg" not in page


def test_sixty_days_after_the_review_was_due_a_person_goes_through_it(
    site: Flask, clock: StoppedClock
) -> None:
    walker = Walker(site)
    walker.be_safe()
    clock.now = LAST_DAY
    still = Walker(site).get("/").text
    clock.forward(days=1)
    rested = Walker(site)

    page = rested.get("/").text

    assert "/safety/primer" in still
    assert "/safety/primer" not in page
    assert "a person goes through it with you" in page
    assert rested.get("/safety/primer").location == "/safety/general"
    rested.be_safe("general")
    refused = rested.get("/primer/1")
    assert (refused.status_code, "guide_resting" in refused.text) == (409, True)
    assert "guide_resting" in rested.get("/guide/en/1").text
    assert rested.get("/times").status_code == 200
