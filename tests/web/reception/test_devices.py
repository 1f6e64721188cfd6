"""The page on which people let their devices follow."""

import re

from flask import Flask

from app.domain.staff import Role
from app.services import devices
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.staffing import Colleague

PAGE = "/staff/calendars/devices"
PASSWORD = re.compile(r"<code>((?:[0-9a-z]{4}-){4}[0-9a-z]{4})</code>")


def test_t45_a_password_is_shown_once_and_opens_the_calendar(site: Flask) -> None:
    ana = Colleague(site, Role.CLINICIAN)
    ana.get(PAGE)

    made = ana.post(PAGE, {"name": "My phone", "scope": "move"})
    later = ana.get(PAGE)

    found = PASSWORD.search(made.text)
    assert found is not None
    assert ana.who.email in made.text
    assert "My phone" in later.text
    assert PASSWORD.search(later.text) is None
    with site.app_context():
        device = devices.sign_in(ana.who.email, found[1], network=None, now=MONDAY_8AM)
    assert (device.name, device.scope) == ("My phone", "move")


def test_t45_whoever_came_a_while_ago_shows_again_who_they_are(
    site: Flask, clock: StoppedClock
) -> None:
    ana = Colleague(site, Role.CLINICIAN)
    ana.get(PAGE)
    clock.forward(minutes=6)

    asked = ana.post(PAGE, {"name": "My phone", "scope": "move"})

    assert asked.status_code == 403
    assert PASSWORD.search(asked.text) is None
    with site.app_context():
        assert devices.listing(ana.who) == []


def test_what_is_missing_is_said_and_what_was_chosen_stays(site: Flask) -> None:
    ana = Colleague(site, Role.CLINICIAN)
    ana.get(PAGE)

    answer = ana.post(PAGE, {"name": " ", "scope": "cancel"})

    assert answer.status_code == 422
    assert "Please give the device a name" in answer.text
    assert 'value="cancel" checked' in answer.text


def test_a_device_is_revoked_by_its_owner_and_nobody_else(site: Flask) -> None:
    ana, ben = Colleague(site, Role.CLINICIAN), Colleague(site, Role.OWNER)
    ana.get(PAGE)
    ana.post(PAGE, {"name": "My phone", "scope": "look"})
    with site.app_context():
        hers = devices.listing(ana.who)[0].id

    ben.get(PAGE)
    stranger = ben.post(f"{PAGE}/revoke", {"id": hers})
    owner = ana.post(f"{PAGE}/revoke", {"id": hers})

    assert stranger.status_code == 404
    assert owner.status_code == 303
    assert "None of your devices follows yet." in ana.follow(owner).text
