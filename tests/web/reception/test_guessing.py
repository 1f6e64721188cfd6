"""Guessing passwords and codes: slow for whoever guesses, and for nobody else."""

from datetime import timedelta

from flask import Flask

from app.domain.booking import CHALLENGES_PER_NETWORK
from app.domain.staff import Staff
from app.services import authenticator
from app.storage import models
from tests.conftest import StoppedClock
from tests.services.looking import rows
from tests.staffing import PASSWORD, Colleague
from tests.web.reception.newcomer import JO, PAIR, WRONG, Newcomer, code
from tests.web.walker import hidden

OPTIONS = "/staff/sign-in/passkey/options"


def test_t26_a_wrong_password_and_an_unknown_address_are_answered_alike(
    site: Flask, jo: Staff
) -> None:
    walker = Newcomer(site)
    walker.get("/staff/sign-in")

    wrong = walker.post("/staff/sign-in", WRONG)
    unknown = walker.post("/staff/sign-in", PAIR | {"email": "jo@example.com"})

    one, other = (
        answer.text.replace(hidden(answer.text, "csrf_token"), "")  # which says when it was made
        for answer in (wrong, unknown)
    )
    assert wrong.status_code == unknown.status_code == 422
    assert one.replace("jo@example.org", "jo@example.com") == other
    assert PASSWORD not in unknown.text


def test_t26_after_five_wrong_tries_the_next_one_waits_and_longer_each_time(
    site: Flask, seed: str, clock: StoppedClock
) -> None:
    bot = Newcomer(site)
    bot.get("/staff/sign-in")

    answers = [bot.post("/staff/sign-in", WRONG).status_code for _ in range(6)]
    clock.forward(seconds=2)
    after_two = [bot.post("/staff/sign-in", WRONG).status_code for _ in range(2)]
    clock.forward(seconds=2)
    too_soon = bot.post("/staff/sign-in", PAIR).status_code

    assert answers == [422] * 5 + [429]
    assert after_two == [422, 429]
    assert too_soon == 429


def test_t09_a_colleague_signs_in_from_elsewhere_while_somebody_guesses(
    site: Flask, seed: str, clock: StoppedClock
) -> None:
    bot = Newcomer(site, "198.51.100.9")
    for _ in range(7):
        bot.give(WRONG)

    somebody = Newcomer(site)
    first = somebody.give()
    somebody.get("/staff/sign-in/second")

    assert bot.give() is None
    assert first == "/staff/sign-in/second"
    assert somebody.code(code(seed, clock)) == "/staff/day"


def test_t09_a_browser_known_before_is_not_kept_out_by_its_neighbour(
    site: Flask, seed: str, clock: StoppedClock
) -> None:
    somebody = Newcomer(site)
    somebody.give()
    somebody.get("/staff/sign-in/second")
    somebody.code(code(seed, clock))
    somebody.client.delete_cookie("fw-staff")
    bot = Newcomer(site)
    for _ in range(7):
        bot.give(WRONG)

    assert bot.give() is None
    assert somebody.give() == "/staff/sign-in/second"


def test_t09_the_tries_tell_neither_address_nor_network(site: Flask, jo: Staff) -> None:
    Newcomer(site).give(WRONG)

    with site.app_context():
        (kept,) = rows(models.StaffWait)

    assert JO not in str(vars(kept))
    assert "192.0.2" not in str(vars(kept))


def test_t27_a_code_works_once(site: Flask, seed: str, clock: StoppedClock) -> None:
    one, other = Newcomer(site), Newcomer(site)
    for somebody in (one, other):
        somebody.give()
        somebody.get("/staff/sign-in/second")

    first, second = one.code(code(seed, clock)), other.code(code(seed, clock))

    assert (first, second) == ("/staff/day", None)


def test_t27_a_code_of_the_neighbouring_half_minutes_works_and_no_other(
    site: Flask, seed: str, clock: StoppedClock
) -> None:
    somebody = Newcomer(site)
    somebody.give()
    somebody.get("/staff/sign-in/second")

    old = authenticator.code_at(seed, now=clock.now - timedelta(minutes=1))
    last = authenticator.code_at(seed, now=clock.now - timedelta(seconds=30))

    assert somebody.code(old) is None
    assert somebody.code(f"{last[:3]} {last[3:]}") == "/staff/day"


def test_t27_after_five_wrong_codes_the_password_is_asked_again(
    site: Flask, seed: str, clock: StoppedClock
) -> None:
    somebody = Newcomer(site)
    somebody.give()
    somebody.get("/staff/sign-in/second")

    for _ in range(5):
        somebody.post("/staff/sign-in/second", {"code": "000000"})
        clock.forward(minutes=1)

    assert somebody.get("/staff/sign-in/second").location == "/staff/sign-in"


def test_t09_a_network_asks_for_so_many_challenges_an_hour_and_colleagues_inside_for_more(
    site: Flask, seed: str, clock: StoppedClock
) -> None:
    bot, jo = Newcomer(site), Colleague(site)
    bot.get("/staff/sign-in")
    jo.get("/staff/day")
    asked = {bot.post(OPTIONS).status_code for _ in range(CHALLENGES_PER_NETWORK)}

    refused, elsewhere = bot.post(OPTIONS), Newcomer(site, "198.51.100.9")
    elsewhere.get("/staff/sign-in")

    assert asked == {200}
    assert (refused.status_code, "too often" in refused.text) == (429, True)
    assert elsewhere.post(OPTIONS).status_code == jo.post(OPTIONS).status_code == 200
    with site.app_context():
        assert len(rows(models.StaffToken)) == CHALLENGES_PER_NETWORK + 2
    clock.forward(hours=1)
    assert bot.post(OPTIONS).status_code == 200
