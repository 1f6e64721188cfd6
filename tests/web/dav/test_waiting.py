"""A wrong password takes a tenth of a second, whatever is wrong, and keeps nobody else waiting."""

from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from flask import Flask
from werkzeug.datastructures import Authorization
from werkzeug.test import TestResponse

from app import clock as clocks
from app.clock import system_clock, wait_until
from app.services import devices
from app.web.dav.door import TURNS
from tests.conftest import MONDAY_8AM
from tests.phone import Phone, errors
from tests.staffing import PASSWORD

TENTH = timedelta(milliseconds=100)


def ask(site: Flask, user: str, password: str) -> TestResponse:
    who = Authorization("basic", {"username": user, "password": password})
    return site.test_client().open("/dav/", method="PROPFIND", auth=who)


def test_t45_whatever_is_wrong_takes_a_tenth_of_a_second(
    site: Flask, phone: Phone, waited: list[datetime]
) -> None:
    ended = Phone(site, who=phone.who, name="Lost")
    with site.app_context():
        (lost,) = [one for one in devices.listing(phone.who) if one.name == "Lost"]
        devices.revoke(lost.id, actor=phone.who, now=MONDAY_8AM)
    pairs = [
        (phone.who.email, PASSWORD), (phone.who.email, ""), (phone.who.email, ended.password),
        ("nobody@example.org", phone.password), ("", ""), ("x" * 3000, "y" * 3000),
    ]  # fmt: skip

    answers = [ask(site, *pair).status_code for pair in pairs]

    assert answers == [401] * len(pairs)
    assert waited == [MONDAY_8AM + TENTH] * len(pairs)


def test_t45_who_is_right_and_who_is_only_asked_do_not_wait(
    site: Flask, phone: Phone, waited: list[datetime]
) -> None:
    right = phone.find("/dav/", "D:displayname")
    asked = site.test_client().open("/dav/", method="PROPFIND")

    assert (right.status_code, asked.status_code) == (207, 401)
    assert waited == []


def test_t45_those_who_wait_leave_threads_for_everybody_else(
    site: Flask, phone: Phone, waited: list[datetime]
) -> None:
    with ExitStack() as others:
        for _ in range(2):
            assert TURNS.acquire(timeout=5)
            others.callback(TURNS.release)
        wrong = ask(site, phone.who.email, "wrong")
        right = phone.find("/dav/", "D:displayname")
    after = ask(site, phone.who.email, "wrong")

    assert (wrong.status_code, errors(wrong)) == (429, ["too-many-tries", "sentence"])
    assert right.status_code == 207
    assert after.status_code == 401
    assert len(waited) == 1


def test_t45_a_wrong_password_that_waited_gives_its_turn_back(site: Flask) -> None:
    answers = {ask(site, "nobody@example.org", "wrong").status_code for _ in range(5)}

    assert answers == {401}


@pytest.mark.parametrize("later", [timedelta(0), -timedelta(days=1), TENTH / 10])
def test_an_instant_is_waited_for_and_one_that_is_over_is_not(later: timedelta) -> None:
    until = system_clock() + later

    wait_until(until)

    assert system_clock() >= until - TENTH / 100  # clocks are set while they go
    assert clocks.LONGEST <= 1
