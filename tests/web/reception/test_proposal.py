"""What somebody is asked, as the desk sees it: on the board, and on a page of its own."""

import pytest
from flask import Flask

from app.domain.staff import Role
from tests.clinics import OKAFOR
from tests.desk import appoint
from tests.offers import SOONER, answer_of, held_times, offer
from tests.services.looking import booked
from tests.services.people import THURSDAY
from tests.staffing import Colleague

NOON, TWO = SOONER


@pytest.fixture
def asked(site: Flask) -> tuple[str, str]:
    """Give an appointment on Thursday and what its patient is asked."""
    with site.app_context():
        reference = appoint(THURSDAY.start)
        return reference, offer(reference)


def test_the_board_says_to_whom_a_time_is_offered_and_until_when(
    site: Flask, asked: tuple[str, str]
) -> None:
    page = Colleague(site).get("/staff/day?date=2027-03-02")

    assert page.text.count("Offered to Marian Hale until 6:00\u00a0pm") == 2
    assert f'href="/staff/offer/{asked[1]}"' in page.text
    assert "Held online" not in page.text


def test_the_desk_notes_a_yes_from_the_phone(site: Flask, asked: tuple[str, str]) -> None:
    jo = Colleague(site)
    page = jo.get(f"/staff/offer/{asked[1]}")
    assert "Not answered yet" in page.text

    done = jo.follow(
        jo.post(f"/staff/offer/{asked[1]}/yes", {"slot": "2027-03-02T19:00:00Z|1|1|0|2"})
    )

    assert "Said yes" in done.text
    with site.app_context():
        assert booked(asked[0]).starts_at == TWO.start


@pytest.mark.parametrize(
    ("press", "word", "how"), [("no", "Said no", "no"), ("withdraw", "Taken back", "withdrawn")]
)
def test_the_desk_frees_the_times(
    site: Flask, asked: tuple[str, str], press: str, word: str, how: str
) -> None:
    jo = Colleague(site)
    jo.get(f"/staff/offer/{asked[1]}")

    for _twice in range(2):
        done = jo.follow(jo.post(f"/staff/offer/{asked[1]}/{press}"))
        assert word in done.text
    with site.app_context():
        assert (answer_of(asked[1]), held_times()) == (how, [])


def test_a_colleague_who_was_slower_reads_what_happened(
    site: Flask, asked: tuple[str, str]
) -> None:
    jo, mira = Colleague(site), Colleague(site)
    mira.get(f"/staff/offer/{asked[1]}")
    jo.get(f"/staff/offer/{asked[1]}")
    jo.post(f"/staff/offer/{asked[1]}/withdraw")

    late = mira.post(f"/staff/offer/{asked[1]}/yes", {"slot": "2027-03-02T19:00:00Z|1|1|0|2"})

    assert late.status_code == 409
    assert 'data-refusal="offer_withdrawn"' in late.text
    assert "Taken back" in late.text


def test_t12_the_offer_of_another_doctor_is_not_there(site: Flask, asked: tuple[str, str]) -> None:
    okafor = Colleague(site, Role.CLINICIAN, clinician_id=OKAFOR)
    okafor.get("/staff/day")

    for path in ("", "/yes", "/no", "/withdraw"):
        method = okafor.get if not path else okafor.post
        assert method(f"/staff/offer/{asked[1]}{path}").status_code == 404
    with site.app_context():
        assert answer_of(asked[1]) is None
