"""The page that asks one person whether a time suits: opened by a mail, answered by a press."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.services import proposal
from app.storage.models import Status
from tests.arranging import TUESDAY, close, closure
from tests.clinics import days
from tests.conftest import StoppedClock
from tests.desk import appoint
from tests.offers import EVENING, SOONER, answer_of, held_times, offer, token_of
from tests.services.looking import booked, everything
from tests.services.people import THURSDAY
from tests.staffing import hire
from tests.web.walker import Walker

NOON, TWO = SOONER
VALUES = ["2027-03-02T17:00:00Z|1|1|0|2", "2027-03-02T19:00:00Z|1|1|0|2"]


@pytest.fixture
def asked(site: Flask) -> tuple[str, str]:
    """Give an appointment on Thursday and what its patient is asked."""
    with site.app_context():
        reference = appoint(THURSDAY.start)
        return reference, offer(reference)


def refusal_of(page: TestResponse) -> str:
    """Return the code of the refusal that a page shows."""
    found = re.search(r'data-refusal="(\w+)"', page.text)
    return found[1] if found else ""


def opened(site: Flask, proposal_id: str) -> Walker:
    """Open the link of the mail."""
    walker = Walker(site)
    with site.app_context():
        token = token_of(proposal_id)
    walker.follow(walker.get(f"/p/{token}"))
    return walker


def test_the_link_leaves_the_address_and_the_page_shows_every_time(
    site: Flask, asked: tuple[str, str]
) -> None:
    with site.app_context():
        token = token_of(asked[1])

    gone = Walker(site).get(f"/p/{token}")
    page = opened(site, asked[1]).get(f"/offer/{asked[1]}")

    assert (gone.status_code, gone.location) == (303, f"/offer/{asked[1]}")
    assert token.partition(".")[2] not in page.text
    assert all(value in page.text for value in VALUES)
    assert "Tuesday 2 March, 12" in page.text


def test_a_yes_leads_to_the_moved_appointment(site: Flask, asked: tuple[str, str]) -> None:
    reference, made = asked
    walker = opened(site, made)

    there = walker.post(f"/offer/{made}", {"slot": VALUES[1]})

    assert there.location == f"/appointment/{reference}?done=moved"
    assert "It is moved." in walker.get(there.location).text
    with site.app_context():
        assert booked(reference).starts_at == TWO.start


def test_a_time_that_was_closed_meanwhile_says_so_and_the_other_is_still_there(
    site: Flask, asked: tuple[str, str]
) -> None:
    marian = opened(site, asked[1])
    marian.get(f"/offer/{asked[1]}")
    with site.app_context():
        close(closure(TUESDAY.replace(hour=12), TUESDAY.replace(hour=13)), hire())

    page = marian.post(f"/offer/{asked[1]}", {"slot": VALUES[0]})

    assert (page.status_code, refusal_of(page)) == (409, "clinic_closed")
    assert VALUES[1] in page.text


def test_a_no_is_thanked_for(site: Flask, asked: tuple[str, str]) -> None:
    walker = opened(site, asked[1])

    page = walker.follow(walker.post(f"/offer/{asked[1]}", {"no": "no"}))

    assert "Thank you for telling us" in page.text
    assert "data-slot" not in page.text
    with site.app_context():
        assert (answer_of(asked[1]), held_times()) == ("no", [])


def test_an_answer_that_comes_too_late_hears_so(
    site: Flask, asked: tuple[str, str], clock: StoppedClock
) -> None:
    clock.now = EVENING - timedelta(minutes=9)
    walker = opened(site, asked[1])
    clock.forward(minutes=10)

    answer = walker.post(f"/offer/{asked[1]}", {"slot": VALUES[0]})

    assert (answer.status_code, refusal_of(answer)) == (409, "offer_over")
    with site.app_context():
        assert booked(asked[0]).starts_at == THURSDAY.start


def test_the_second_window_hears_that_it_was_answered(site: Flask, asked: tuple[str, str]) -> None:
    first, second = opened(site, asked[1]), opened(site, asked[1])
    first.post(f"/offer/{asked[1]}", {"no": "no"})

    answer = second.post(f"/offer/{asked[1]}", {"slot": VALUES[0]})

    assert refusal_of(answer) == "offer_answered"


def test_an_offer_that_was_taken_back_says_so(site: Flask, asked: tuple[str, str]) -> None:
    with site.app_context():
        proposal.withdraw(asked[1], actor=hire(), now=EVENING)

    page = opened(site, asked[1]).get(f"/offer/{asked[1]}")

    assert refusal_of(page) == "offer_withdrawn"


def test_t03_opening_a_link_again_and_again_changes_nothing(
    site: Flask, asked: tuple[str, str]
) -> None:
    with site.app_context():
        token = token_of(asked[1])
    walker = opened(site, asked[1])
    with site.app_context():
        before = everything()

    for method in ("HEAD", "GET", "GET"):
        walker.client.open(f"/p/{token}", method=method)

    with site.app_context():
        assert everything() == before


@pytest.mark.parametrize("turn", ["{0}x", "{0}.{1}a", "{0}.", "nobody.{1}", "{0}.{2}"])
def test_t04_a_link_that_is_a_little_wrong_is_none(
    site: Flask, asked: tuple[str, str], turn: str
) -> None:
    with site.app_context():
        (id_, _, mac), old = token_of(asked[1]).partition("."), token_of(asked[1], 7)
    walker = Walker(site)

    answer = walker.get("/p/" + turn.format(id_, mac, old.partition(".")[2]))
    unknown = walker.get("/p/nobody.nothing")

    assert answer.status_code == 404
    assert answer.data == unknown.data


def test_a_link_of_long_ago_is_none(
    site: Flask, asked: tuple[str, str], clock: StoppedClock
) -> None:
    with site.app_context():
        token = token_of(asked[1])
    clock.now = EVENING + days(31)

    assert Walker(site).get(f"/p/{token}").status_code == 404


def test_t11_a_time_that_was_not_offered_is_not_taken(site: Flask, asked: tuple[str, str]) -> None:
    walker = opened(site, asked[1])

    for said in ({"slot": "2027-03-03T17:00:00Z|1|1|0|2"}, {"slot": "x"}, {}):
        assert walker.post(f"/offer/{asked[1]}", said).status_code == 404
    with site.app_context():
        assert booked(asked[0]).status == Status.BOOKED
        assert answer_of(asked[1]) is None
