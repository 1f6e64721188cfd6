import pytest
from flask import Flask

from app.domain.staff import Role
from tests.staffing import Colleague

HUGE = "9" * 5000


@pytest.mark.parametrize("room", ["doctors", "places", "visit-types"])
def test_a_number_that_no_book_holds_is_nobodys(site: Flask, room: str) -> None:
    assert Colleague(site, Role.OWNER).get(f"/staff/settings/{room}/{HUGE[:20]}").status_code == 404


def test_a_doctor_with_five_thousand_digits_is_none(site: Flask) -> None:
    jo = Colleague(site)
    jo.get("/staff/new")

    page = jo.post("/staff/new", {"doctor": HUGE, "place": HUGE, "act": "times"})

    assert page.status_code == 200


def test_a_closure_with_five_thousand_digits_is_none(site: Flask) -> None:
    jo = Colleague(site)
    jo.get("/staff/rehouse")

    page = jo.post("/staff/rehouse/offer-all", {"closure": HUGE})

    assert page.status_code == 404


def test_a_note_with_a_sign_that_nobody_sees_says_so(site: Flask) -> None:
    jo = Colleague(site)
    jo.get("/staff/handover")

    page = jo.post("/staff/handover", {"note": "Call\0back"})
    done = jo.post("/staff/handover/done", {"id": "a\0b"})

    assert page.status_code == 422
    assert "nobody can see" in page.text
    assert done.status_code == 303
