"""What the list of threats asks of signing in and of staff's pages, row by row."""

from dataclasses import replace
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from flask import Flask

from app.domain.letter import LetterKind
from app.domain.staff import Role, Staff
from app.services import letters, sign_in
from app.services.passwords import Passwords
from app.storage import models, staff_factors
from app.storage.database import transaction
from tests.conftest import MONDAY_8AM
from tests.device import Device
from tests.services.looking import rows
from tests.services.staff_at_work import DESK, SITE, add_passkey, signed, signed_in
from tests.staffing import PASSWORD, Colleague, hire
from tests.web.walker import Walker

HOME = replace(DESK, browser="the browser at home", device="Safari iPhone")
NEW = "eight loud mountain goats"


@pytest.fixture
def jo(site: Flask) -> Staff:
    with site.app_context():
        return hire(name="Jo Brandt", email="jo@example.org")


def test_t26_an_unknown_address_takes_as_long_as_a_known_one() -> None:
    passwords = Passwords(memory=4096)
    kept = passwords.kept(PASSWORD)
    passwords.fits("the first one makes a hash of nobody's", None)
    took: dict[str | None, list[float]] = {kept: [], None: []}

    for _ in range(15):  # turn about: what else the machine does falls on both
        for one, times in took.items():
            began = perf_counter()
            passwords.fits("a wrong one", one)
            times.append(perf_counter() - began)

    assert 0.7 < median(took[None]) / median(took[kept]) < 1.4


def test_t26_a_browser_that_is_new_is_told_by_mail_and_a_known_one_is_not(
    site: Flask, jo: Staff
) -> None:
    def told_after(browser: str) -> int:
        origin = DESK if browser == "desk" else HOME
        sign_in.with_passkey(None, signed(device), site=SITE, origin=origin, now=MONDAY_8AM)
        return len(rows(models.Mail, models.Mail.kind == LetterKind.STAFF_NEW_DEVICE))

    with site.app_context():
        device = Device()
        add_passkey(signed_in(jo), device)
        with transaction() as session:
            staff_factors.forget_devices(session, seen_before=MONDAY_8AM + timedelta(days=1))

        told = [told_after(browser) for browser in ("desk", "home", "desk", "home")]

    assert told == [0, 1, 1, 1]


def test_t28_no_page_lets_an_owner_choose_somebodys_password(site: Flask, jo: Staff) -> None:
    mira = Colleague(site, Role.OWNER)
    mira.get(f"/staff/team/{jo.id}")
    passwords = ("password", "password_hash", "new", "old", "again", "proof")
    said = dict.fromkeys(passwords, NEW) | {"staff_id": jo.id, "id": jo.id, "email": jo.email}
    paths = [
        str(rule).replace("<member>", jo.id)
        for rule in site.url_map.iter_rules()
        if str(rule).startswith("/staff/team/<member>") and "POST" in (rule.methods or ())
    ]

    for path in sorted(paths, key=lambda path: path.endswith("/leave")):
        mira.post(path, said)

    assert len(paths) >= 4
    with site.app_context():
        kept = next(one for one in rows(models.StaffAccount) if one.id == jo.id).password_hash
    assert not Passwords(memory=1024).fits(NEW, kept)


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "Forwarded"])
def test_t31_the_link_of_a_reset_is_the_clinics_whatever_the_request_says(
    site: Flask, jo: Staff, name: str
) -> None:
    said = {"Host": "evil.example", "X-Forwarded-Host": "evil.example",
            "Forwarded": "host=evil.example"}  # fmt: skip
    walker = Walker(site)
    walker.get("/staff/forgot")

    asked = walker.client.post(
        "/staff/forgot", data={"email": jo.email, "csrf_token": walker.token},
        headers={name: said[name]},
    )  # fmt: skip

    with site.app_context():
        mails = rows(models.Mail, models.Mail.kind == LetterKind.STAFF_RESET)
        if name == "Host":
            assert (asked.status_code, mails) == (400, [])
            return
        letter = letters.letter(
            mails[0].id, base_url="http://localhost", emergency_number="911", now=MONDAY_8AM
        )
    assert asked.status_code == 200
    assert "evil" not in asked.text
    assert letter is not None
    assert letter.link.startswith("http://localhost/staff/join/")


def test_t33_files_and_answers_without_a_body_carry_the_headers_too(site: Flask) -> None:
    client = site.test_client()
    page = client.get("/staff/sign-in").text
    sheet = page.partition('href="/static/')[2].partition('"')[0]
    file = client.get(f"/static/{sheet}")
    known = {"If-None-Match": file.headers["ETag"]}
    answers = [
        file,
        client.get(f"/static/{sheet}", headers=known),
        client.head("/staff/sign-in"),
        client.put("/staff/sign-in"),
        client.post("/staff/sign-in"),
    ]

    assert [answer.status_code for answer in answers] == [200, 304, 200, 405, 400]
    for answer in answers:
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in answer.headers
