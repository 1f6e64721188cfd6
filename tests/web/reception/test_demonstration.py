"""Whoever has just started ./run signs in without a phone; nobody else does."""

import re

import pytest
from flask import Flask
from sqlalchemy import update

from app.services import demo_staff
from app.services.demo_staff import PASSWORD, PEOPLE
from app.storage import models
from app.storage.database import db
from tests.conftest import Make, StoppedClock
from tests.staffing import CHEAP, give_app, hire
from tests.web.walker import Walker

SHOWN = re.compile(r'<code class="key">(\d{6})</code>')
JO = PEOPLE[0][0]


@pytest.fixture
def staffed(site: Flask, clock: StoppedClock) -> Flask:
    with site.app_context():
        assert demo_staff.load(passwords=CHEAP, now=clock.now)
    return site


def second_page(site: Flask, email: str = JO) -> str:
    walker = Walker(site)
    walker.get("/staff/sign-in")
    walker.post("/staff/sign-in", {"email": email, "password": PASSWORD})
    return walker.get("/staff/sign-in/second").text


def test_the_page_shows_the_code_of_the_demonstrations_own_people(staffed: Flask) -> None:
    for email, *_ in PEOPLE:
        walker = Walker(staffed)
        walker.get("/staff/sign-in")
        walker.post("/staff/sign-in", {"email": email, "password": PASSWORD})
        for _time in range(2):  # also again within the same half minute
            (code,) = SHOWN.findall(walker.get("/staff/sign-in/second").text)
        answer = walker.post("/staff/sign-in/second", {"code": code})

        assert answer.location == "/staff/day", email


def test_somebody_signs_in_twice_within_half_a_minute(staffed: Flask) -> None:
    for _ in range(2):
        walker = Walker(staffed)
        walker.get("/staff/sign-in")
        walker.post("/staff/sign-in", {"email": JO, "password": PASSWORD})
        (code,) = SHOWN.findall(walker.get("/staff/sign-in/second").text)
        assert walker.post("/staff/sign-in/second", {"code": code}).location == "/staff/day"


def test_t37_a_code_of_anybody_else_is_never_shown(staffed: Flask) -> None:
    with staffed.app_context():
        somebody = hire(password_hash=CHEAP.kept(PASSWORD))
        give_app(somebody)

    assert not SHOWN.findall(second_page(staffed, somebody.email))


def test_t37_a_real_clinic_shows_neither_code_nor_password(staffed: Flask) -> None:
    with staffed.app_context():
        db.session.execute(update(models.Clinic).values(demonstration=False, revision=9))
        db.session.commit()

    assert not SHOWN.findall(second_page(staffed))
    assert PASSWORD not in staffed.test_client().get("/staff/sign-in").text


@pytest.mark.parametrize(
    "changes",
    [{"base_url": "https://demo.example.org"}, {"smtp_url": "smtp://localhost:25"}],
)
def test_t37_a_demonstration_that_others_reach_shows_neither(
    make_app: Make, sqlite_url: str, clock: StoppedClock, changes: dict[str, str]
) -> None:
    site = make_app(sqlite_url, **changes)
    with site.app_context():
        demo_staff.load(passwords=CHEAP, now=clock.now)
    client = site.test_client()
    address = changes.get("base_url", "http://localhost")

    page = client.get("/staff/sign-in", base_url=address).text

    assert "Password" in page
    assert PASSWORD not in page


def test_the_demonstration_is_staffed_once_and_no_other_clinic_is(
    staffed: Flask, clock: StoppedClock
) -> None:
    with staffed.app_context():
        again = demo_staff.load(passwords=CHEAP, now=clock.now)
        db.session.execute(update(models.StaffFactor).values(name="x"))
        db.session.commit()

    assert not again
    assert not SHOWN.findall(second_page(staffed))
