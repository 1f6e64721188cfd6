from flask import Flask

from app.domain.staff import Role
from tests.conftest import StoppedClock
from tests.staffing import PASSWORD, Colleague
from tests.web.reception.newcomer import Newcomer, code


def test_nobody_sees_the_day_without_signing_in(site: Flask) -> None:
    answer = site.test_client().get("/staff/day")

    assert (answer.status_code, answer.location) == (303, "/staff/sign-in")


def test_whoever_is_signed_in_sees_the_day_and_the_way_out(site: Flask) -> None:
    jo = Colleague(site, Role.RECEPTION)

    page = jo.get("/staff/day")

    assert page.status_code == 200
    assert "Jo Brandt" in page.text
    assert "Sign out" in page.text


def test_address_password_and_code_let_somebody_in(
    site: Flask, seed: str, clock: StoppedClock
) -> None:
    somebody = Newcomer(site)

    first = somebody.give()
    somebody.get("/staff/sign-in/second")
    second = somebody.code(code(seed, clock))

    assert (first, second) == ("/staff/sign-in/second", "/staff/day")
    assert somebody.get("/staff/day").status_code == 200


def test_the_password_alone_opens_nothing_but_the_second_step(site: Flask, seed: str) -> None:
    somebody = Newcomer(site)

    somebody.give()

    assert somebody.get("/staff/day").location == "/staff/sign-in"
    assert somebody.get("/staff/me").location == "/staff/sign-in"
    assert somebody.get("/staff/factor").location == "/staff/sign-in"


def test_the_second_step_is_nobodys_without_the_first(site: Flask) -> None:
    assert Newcomer(site).get("/staff/sign-in/second").location == "/staff/sign-in"


def test_half_a_sign_in_lasts_ten_minutes(site: Flask, seed: str, clock: StoppedClock) -> None:
    somebody = Newcomer(site)
    somebody.give()
    somebody.get("/staff/sign-in/second")

    clock.forward(minutes=10, seconds=1)

    assert somebody.code(code(seed, clock)) == "/staff/sign-in"
    assert somebody.get("/staff/day").status_code == 303


def test_t13_the_handle_from_before_the_second_factor_opens_nothing(
    site: Flask, seed: str, clock: StoppedClock
) -> None:
    somebody = Newcomer(site)
    somebody.give()
    before = somebody.client.get_cookie("fw-staff")
    somebody.get("/staff/sign-in/second")
    somebody.code(code(seed, clock))

    thief = site.test_client()
    assert before is not None
    thief.set_cookie("fw-staff", before.value)

    assert thief.get("/staff/day").status_code == 303


def test_t13_a_copied_cookie_is_dead_after_signing_out(site: Flask) -> None:
    jo = Colleague(site)
    copy = site.test_client()
    copy.set_cookie("fw-staff", jo.handle)
    jo.get("/staff/day")

    out = jo.post("/staff/sign-out")

    assert out.location == "/staff/sign-in?said=out"
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert jo.client.get_cookie("fw-staff") is None
    assert copy.get("/staff/day").status_code == 303


def test_what_was_typed_when_the_session_ended_is_kept_but_no_password(site: Flask) -> None:
    jo = Colleague(site)
    jo.get("/staff/day")
    jo.client.delete_cookie("fw-staff")

    answer = jo.post("/staff/sign-out", {"note": "rang at nine", "password": PASSWORD})

    assert answer.status_code == 401
    assert 'name="note" value="rang at nine"' in answer.text
    assert 'data-refusal="sign_in_needed"' in answer.text
    assert PASSWORD not in answer.text
