"""Who comes in where calendars are followed (T45): devices with a password of their own."""

import pytest
from flask import Flask
from werkzeug.datastructures import Authorization
from werkzeug.test import TestResponse

from app.domain.device import Scope
from app.domain.staff import Role
from app.services import devices, team
from app.services.devices import WRONG_A_DAY
from app.web.access import Audience
from tests.clinics import OKAFOR
from tests.conftest import MONDAY_8AM, Make, StoppedClock
from tests.phone import Phone, errors, parsed
from tests.staffing import PASSWORD, Colleague, hire
from tests.web.routes import path_of, rules

NESTED = "".join(
    f'<!ENTITY {name} "' + 10 * f"&{before};" + '">'
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
LAUGHS = (
    f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">{NESTED}]>'
    '<D:propfind xmlns:D="DAV:"><D:prop><D:displayname>&i;</D:displayname></D:prop></D:propfind>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<D:propfind xmlns:D="DAV:"><D:prop><D:displayname>&x;</D:displayname></D:prop></D:propfind>'
)


def ask(site: Flask, user: str, password: str, **place: str) -> TestResponse:
    who = Authorization("basic", {"username": user, "password": password})
    return site.test_client().open("/dav/", method="PROPFIND", auth=who, environ_overrides=place)


def test_t45_a_device_comes_in_with_its_own_password(site: Flask) -> None:
    phone = Phone(site)

    answer = phone.find("/dav/", "D:current-user-principal")

    assert answer.status_code == 207
    assert f"/dav/{phone.who.id}/" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_t45_the_password_may_be_typed_as_people_type(site: Flask) -> None:
    phone = Phone(site)

    answer = ask(site, phone.who.email.upper(), phone.password.upper().replace("-", " "))

    assert answer.status_code == 207


def test_t45_whoever_shows_nothing_is_asked_for_a_password(site: Flask) -> None:
    answer = site.test_client().open("/dav/", method="PROPFIND")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("method", ["PROPFIND", "OPTIONS", "PROPPATCH"])
def test_t45_the_password_of_staff_opens_no_calendar(site: Flask, method: str) -> None:
    with site.app_context():
        who = hire()
    shown = Authorization("basic", {"username": who.email, "password": PASSWORD})

    answer = site.test_client().open("/dav/", method=method, auth=shown)

    assert answer.status_code == 401


def test_t45_a_cookie_of_staff_opens_no_calendar(site: Flask) -> None:
    colleague = Colleague(site, Role.OWNER)

    answer = colleague.client.open("/dav/", method="PROPFIND")

    assert answer.status_code == 401


def test_t45_anothers_password_and_a_wrong_one_get_the_same_answer(site: Flask) -> None:
    phone, other = Phone(site), Phone(site)

    answers = [
        ask(site, phone.who.email, other.password),
        ask(site, phone.who.email, "0000-0000-0000-0000-0000"),
        ask(site, "nobody@example.org", phone.password),
        ask(site, "", ""),
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.data for answer in answers}) == 1


def test_t45_a_bearers_token_is_no_password(site: Flask) -> None:
    phone = Phone(site)
    headers = {"Authorization": f"Bearer {phone.password}"}

    answer = site.test_client().open("/dav/", method="PROPFIND", headers=headers)

    assert answer.status_code == 401


def test_t45_a_revoked_device_is_out_with_its_next_look(site: Flask) -> None:
    phone = Phone(site)
    with site.app_context():
        mine = devices.listing(phone.who)[0]
        devices.revoke(mine.id, actor=phone.who, now=MONDAY_8AM)

    assert phone.find("/dav/", "D:displayname").status_code == 401


def test_t45_whoever_leaves_takes_their_devices_along(site: Flask) -> None:
    phone = Phone(site)
    with site.app_context():
        team.let_go(hire(Role.OWNER), phone.who.id, now=MONDAY_8AM)

    assert phone.find("/dav/", "D:displayname").status_code == 401


def test_t45_another_persons_address_looks_like_none(site: Flask) -> None:
    phone, other = Phone(site, Role.RECEPTION), Phone(site, Role.RECEPTION)

    answers = {
        path: phone.find(path, "D:displayname").status_code
        for path in (f"/dav/{other.who.id}/", other.calendar(), other.place("a.ics"))
    }

    assert set(answers.values()) == {404}


def test_t45_a_clinician_finds_no_other_doctors_calendar(site: Flask) -> None:
    phone = Phone(site, Role.CLINICIAN)

    home = phone.open("PROPFIND", f"/dav/{phone.who.id}/", Depth="1")
    theirs = phone.find(phone.calendar(OKAFOR), "D:displayname")
    asked = phone.report("C:calendar-multiget", "<D:href>x</D:href>", doctor=OKAFOR)

    assert phone.calendar(OKAFOR) not in home.text
    assert theirs.status_code == asked.status_code == 404


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.OWNER])
def test_reception_and_owners_find_every_doctors_calendar(site: Flask, role: Role) -> None:
    phone = Phone(site, role)

    home = phone.open("PROPFIND", f"/dav/{phone.who.id}/", Depth="1")

    assert "Dr Ana Rivera" in home.text
    assert "Dr Samuel Okafor" in home.text


@pytest.mark.parametrize("bomb", [LAUGHS, OUTSIDE])
def test_t45_entities_are_refused_before_they_are_anything(site: Flask, bomb: str) -> None:
    phone = Phone(site)

    answer = phone.open("PROPFIND", "/dav/", bomb, Depth="0")

    assert answer.status_code == 403
    assert errors(answer) == ["no-external-entities"]


def test_t45_a_body_beyond_reason_is_refused(site: Flask) -> None:
    phone = Phone(site)

    answer = phone.open("PROPFIND", "/dav/", b"<a>" * 400_000, Depth="0")

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "body", [b"<D:propfind", b"\x00", b"<?xml version='1.0' encoding='x'?><a/>"]
)
def test_t45_what_is_no_xml_is_a_bad_request(site: Flask, body: bytes) -> None:
    assert Phone(site).open("PROPFIND", "/dav/", body, Depth="0").status_code == 400


def test_t45_guessing_is_slowed_down_for_a_network_and_keeps_no_device_out(site: Flask) -> None:
    phone = Phone(site)
    guesses = [ask(site, phone.who.email, f"guess {one}").status_code
               for one in range(WRONG_A_DAY + 2)]  # fmt: skip

    assert guesses[0] == 401
    assert guesses[-1] == 429
    assert ask(site, phone.who.email, "again", REMOTE_ADDR="198.51.100.7").status_code == 401
    assert phone.find("/dav/", "D:displayname").status_code == 207


def test_t45_nobody_is_asked_for_a_password_in_clear(make_app: Make, sqlite_url: str) -> None:
    site = make_app(sqlite_url, base_url="https://localhost")
    phone = Phone(site)

    plain = phone.find("/dav/", "D:displayname")
    secure = phone.client.open("/dav/", method="PROPFIND", base_url="https://localhost")

    assert plain.status_code == 403
    assert "WWW-Authenticate" not in plain.headers
    assert secure.status_code == 401


def test_t45_another_site_cannot_let_a_browser_change_a_calendar(site: Flask) -> None:
    phone = Phone(site)

    answer = phone.open("DELETE", phone.place("x.ics"), Sec_Fetch_Site="cross-site")

    assert answer.status_code == 400


def test_a_device_is_seen_once_an_hour(site: Flask, clock: StoppedClock) -> None:
    phone = Phone(site)
    seen = []
    for _ in range(3):
        phone.find("/dav/", "D:displayname")
        with site.app_context():
            seen.append(devices.listing(phone.who)[0].used_at)
        clock.forward(minutes=40)

    assert seen == [MONDAY_8AM, MONDAY_8AM, clock.now.replace(hour=14, minute=20)]


def test_a_device_may_be_lent_less_than_its_owner_may(site: Flask) -> None:
    phone = Phone(site, scope=Scope.LOOK)

    answer = phone.find(phone.calendar(), "D:current-user-privilege-set")

    granted = {one.tag for one in parsed(answer).iter()}
    assert "{DAV:}read" in granted
    assert "{DAV:}write" not in granted


def test_t45_only_devices_may_use_other_methods_and_only_with_their_password(site: Flask) -> None:
    client = site.test_client()
    usual = {"GET", "HEAD", "OPTIONS", "POST"}
    unusual = [(rule, method) for rule in rules(site) for method in set(rule.methods or ()) - usual]

    answers = {
        (path_of(rule), method): client.open(path_of(rule), method=method).status_code
        for rule, method in unusual
    }

    assert answers.pop(("/.well-known/caldav", "PROPFIND")) == 307
    assert {
        getattr(site.view_functions[rule.endpoint], "audience", None)
        for rule, _method in unusual
        if rule.rule.startswith("/dav")
    } == {Audience.DEVICE}
    assert set(answers.values()) == {401}, answers
