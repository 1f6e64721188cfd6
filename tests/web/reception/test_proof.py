"""Showing again who one is, and sessions that end by themselves."""

import re

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.staff import Role
from app.storage import models
from app.storage.database import db
from tests.conftest import StoppedClock
from tests.staffing import PASSWORD, Colleague, session_of

NEW = "four words nobody has"


def set_desk_minutes(site: Flask, minutes: int) -> None:
    with site.app_context():
        db.session.execute(update(models.Clinic).values(desk_minutes=minutes))
        db.session.commit()


@pytest.fixture
def jo(site: Flask, clock: StoppedClock) -> Colleague:
    """Give somebody who signed in six minutes ago."""
    jo = Colleague(site)
    clock.forward(minutes=6)
    jo.get("/staff/me/password")
    return jo


def test_t13_what_matters_asks_again_after_five_minutes_and_changes_nothing(
    site: Flask, jo: Colleague
) -> None:
    page = jo.post("/staff/me/password", {"password": NEW})

    assert page.status_code == 403
    assert "Is it still you?" in page.text
    assert NEW not in page.text


def test_what_was_typed_goes_on_with_the_proof(jo: Colleague) -> None:
    page = jo.post("/staff/factor/remove", {"factor": "typed before"})
    kept = re.findall(r'type="hidden" name="factor" value="([^"]+)"', page.text)

    again = jo.post("/staff/factor/remove", {"factor": kept[0], "proof": PASSWORD})

    assert set(kept) == {"typed before"}
    assert again.status_code == 404  # it went on: there is no factor of that name


def test_a_wrong_proof_asks_again_and_does_nothing(jo: Colleague) -> None:
    page = jo.post("/staff/factor/codes", {"proof": "not the right one"})

    assert page.status_code == 422
    assert "This is not your password." in page.text


def test_t26_guessing_the_proof_waits_like_guessing_at_the_door(jo: Colleague) -> None:
    answers = [jo.post("/staff/factor/codes", {"proof": "x" * 12}).text for _ in range(6)]

    assert "That was tried too often." in answers[-1]
    assert "That was tried too often." not in answers[4]


def test_t13_the_proof_gives_the_session_a_new_handle(site: Flask, jo: Colleague) -> None:
    thief = site.test_client()
    thief.set_cookie("fw-staff", jo.handle)

    shown = jo.post("/staff/factor/codes", {"proof": PASSWORD})

    assert shown.status_code == 200
    assert thief.get("/staff/day").status_code == 303
    assert jo.get("/staff/day").status_code == 200


@pytest.mark.parametrize("role", Role)
def test_t13_whoever_does_nothing_for_half_an_hour_is_signed_out(
    site: Flask, clock: StoppedClock, role: Role
) -> None:
    somebody = Colleague(site, role)

    clock.forward(minutes=30)
    soon = somebody.get("/staff/day").status_code
    clock.forward(minutes=31)

    assert (soon, somebody.get("/staff/day").status_code) == (200, 303)


def test_t13_nobody_stays_longer_than_twelve_hours(site: Flask, clock: StoppedClock) -> None:
    somebody = Colleague(site)
    for _ in range(29):
        clock.forward(minutes=24, seconds=49)
        assert somebody.get("/staff/day").status_code == 200

    clock.forward(minutes=1)

    assert somebody.get("/staff/day").status_code == 303


def test_t13_reception_stays_as_long_as_the_clinic_says_and_shows_again_who_it_is(
    site: Flask, clock: StoppedClock
) -> None:
    set_desk_minutes(site, 480)
    jo = Colleague(site)
    clock.forward(hours=7)

    locked = jo.get("/staff/day")
    page = jo.get("/staff/unlock")
    opened = jo.post("/staff/unlock", {"proof": PASSWORD})

    assert locked.location == "/staff/unlock"
    assert "Is it still you?" in page.text
    assert opened.location == "/staff/day"
    assert jo.get("/staff/day").status_code == 200


def test_t13_a_locked_session_does_nothing_either(site: Flask, clock: StoppedClock) -> None:
    set_desk_minutes(site, 480)
    jo = Colleague(site)
    jo.get("/staff/me")
    clock.forward(minutes=11)

    answer = jo.post("/staff/me/sessions/end", {"session": "others"})

    assert answer.status_code == 403


def test_only_reception_stays_that_long(site: Flask, clock: StoppedClock) -> None:
    set_desk_minutes(site, 480)
    owner = Colleague(site, Role.OWNER)

    clock.forward(minutes=31)

    assert owner.get("/staff/day").location == "/staff/sign-in"


def test_t13_leaving_the_clinic_ends_a_session_with_the_next_request(site: Flask) -> None:
    jo = Colleague(site)
    jo.get("/staff/day")
    with site.app_context():
        leave = update(models.StaffAccount).where(models.StaffAccount.id == jo.who.id)
        db.session.execute(leave.values(left_at=site.extensions["clock"]()))
        db.session.commit()

    assert jo.get("/staff/day").location == "/staff/sign-in"


def test_a_role_that_was_taken_counts_from_the_next_request(site: Flask) -> None:
    mira = Colleague(site, Role.OWNER)
    before = mira.get("/staff/team").status_code
    with site.app_context():
        change = update(models.StaffAccount).where(models.StaffAccount.id == mira.who.id)
        db.session.execute(change.values(role=Role.RECEPTION))
        db.session.commit()

    assert (before, mira.get("/staff/team").status_code) == (200, 403)


def test_one_ends_ones_other_sessions_and_nobody_elses(site: Flask) -> None:
    jo, other = Colleague(site), Colleague(site)
    there = site.test_client()
    with site.app_context():
        handle = session_of(jo.who, now=site.extensions["clock"]())
    there.set_cookie("fw-staff", handle)
    page = jo.get("/staff/me").text
    (name,) = re.findall(r'name="session" value="([0-9a-f]{64})"', page)

    ended = jo.post("/staff/me/sessions/end", {"session": name})
    again = jo.post("/staff/me/sessions/end", {"session": name})

    assert (ended.status_code, again.status_code) == (303, 404)
    assert there.get("/staff/day").status_code == 303
    assert other.get("/staff/day").status_code == 200
