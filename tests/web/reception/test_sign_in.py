from flask import Flask

from app.domain.staff import Role
from tests.staffing import PASSWORD, Colleague, hire
from tests.web.walker import Walker

PAIR = {"email": "jo@example.org", "password": PASSWORD}


def test_nobody_sees_the_day_without_signing_in(site: Flask) -> None:
    answer = site.test_client().get("/staff/day")

    assert (answer.status_code, answer.location) == (303, "/staff/sign-in")


def test_whoever_is_signed_in_sees_the_day_and_the_way_out(site: Flask) -> None:
    jo = Colleague(site, Role.RECEPTION)

    page = jo.get("/staff/day")

    assert page.status_code == 200
    assert "Jo Brandt" in page.text
    assert "Sign out" in page.text


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(site: Flask) -> None:
    with site.app_context():
        hire(email="jo@example.org")
    walker = Walker(site)
    walker.get("/staff/sign-in")

    wrong = walker.post("/staff/sign-in", PAIR | {"password": "something else again"})
    unknown = walker.post("/staff/sign-in", {"email": "jo@example.com", "password": PASSWORD})

    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace("example.org", "example.com") == unknown.text
    assert PASSWORD not in unknown.text


def test_t13_a_copied_cookie_is_dead_after_signing_out(site: Flask) -> None:
    jo = Colleague(site)
    copy = site.test_client()
    copy.set_cookie("fw-staff", jo.handle)
    jo.get("/staff/day")

    out = jo.post("/staff/sign-out")

    assert out.location == "/staff/sign-in"
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert jo.client.get_cookie("fw-staff") is None
    assert copy.get("/staff/day").status_code == 303


def test_what_was_typed_when_the_session_ended_is_kept(site: Flask) -> None:
    jo = Colleague(site)
    jo.get("/staff/day")
    jo.client.delete_cookie("fw-staff")

    answer = jo.post("/staff/sign-out", {"note": "rang at nine"})

    assert answer.status_code == 401
    assert 'name="note" value="rang at nine"' in answer.text
    assert 'data-refusal="sign_in_needed"' in answer.text
