import re

import pytest
from flask import Flask

from app.domain.staff import Staff
from app.services import authenticator, joining
from app.services.joining import LinkKind
from app.storage.database import transaction
from tests.conftest import StoppedClock
from tests.staffing import PASSWORD, give_app, hire
from tests.web.walker import Walker

KEY = re.compile(r'<code class="key">([A-Z2-7 ]+)</code>')
CODE = re.compile(r"<code>([a-z2-7-]{19})</code>")
NEW = "four words nobody has"


def link(site: Flask, who: Staff, kind: LinkKind) -> str:
    with site.app_context():
        with transaction() as session:
            id_ = joining.issue(session, who.id, kind, now=site.extensions["clock"]())
        return joining.path(id_, kind)


@pytest.fixture
def newcomer(site: Flask) -> Staff:
    with site.app_context():
        return hire(email="jo@example.org", joined_at=None, password_hash=None)


def test_somebody_joins_without_javascript_and_signs_in_with_a_recovery_code_later(
    site: Flask, newcomer: Staff, clock: StoppedClock
) -> None:
    jo, path = Walker(site), link(site, newcomer, LinkKind.INVITATION)
    jo.get(path)

    chosen = jo.post(path, {"password": PASSWORD})
    jo.get(chosen.location)
    key = KEY.findall(jo.get("/staff/factor/app").text)[0].replace(" ", "")
    picture = jo.client.get("/staff/factor/app.svg")
    shown = jo.post("/staff/factor/app", {"code": authenticator.code_at(key, now=clock.now)})

    assert chosen.location == "/staff/factor"
    assert picture.mimetype == "image/svg+xml"
    codes = CODE.findall(shown.text)
    assert len(codes) == 10
    assert jo.get("/staff/day").status_code == 200
    later = Walker(site)
    later.get("/staff/sign-in")
    later.post("/staff/sign-in", {"email": "jo@example.org", "password": PASSWORD})
    later.get("/staff/sign-in/second")
    assert later.post("/staff/sign-in/second", {"code": codes[4]}).location == "/staff/day"


def test_who_came_by_a_link_sees_nothing_but_the_choice_of_a_factor(
    site: Flask, newcomer: Staff
) -> None:
    jo, path = Walker(site), link(site, newcomer, LinkKind.INVITATION)
    jo.get(path)
    jo.post(path, {"password": PASSWORD})

    for page in ("/staff/day", "/staff/me", "/staff/me/password", "/staff/sign-in/second"):
        assert jo.get(page).location == "/staff/sign-in", page
    assert jo.post("/staff/factor/codes").status_code == 401


def test_t28_the_recovery_codes_are_shown_once(
    site: Flask, newcomer: Staff, clock: StoppedClock
) -> None:
    jo, path = Walker(site), link(site, newcomer, LinkKind.INVITATION)
    jo.get(path)
    jo.post(path, {"password": PASSWORD})
    key = KEY.findall(jo.get("/staff/factor/app").text)[0].replace(" ", "")
    code = {"code": authenticator.code_at(key, now=clock.now)}
    shown = jo.post("/staff/factor/app", code)

    again = jo.post("/staff/factor/app", code)

    assert shown.headers["Cache-Control"] == "private, no-store"
    assert again.location == "/staff/factor/app"
    assert not CODE.findall(jo.get("/staff/me").text)


def test_t31_a_reset_leads_to_the_sign_in_page_and_not_in(site: Flask) -> None:
    with site.app_context():
        who = hire()
        give_app(who)
    jo, path = Walker(site), link(site, who, LinkKind.RESET)
    jo.get(path)

    done = jo.post(path, {"password": NEW})

    assert done.location == "/staff/sign-in?said=password"
    assert jo.get("/staff/day").status_code == 303
    assert jo.client.get(path).status_code == 404


def test_a_weak_password_is_named_and_nothing_is_lost(site: Flask, newcomer: Staff) -> None:
    jo, path = Walker(site), link(site, newcomer, LinkKind.INVITATION)
    jo.get(path)

    page = jo.post(path, {"password": "password12345"})

    assert page.status_code == 422
    assert "it is tried first" in page.text
    assert jo.client.get(path).status_code == 200


def test_t31_everybody_who_asks_for_a_new_password_is_told_the_same(site: Flask) -> None:
    with site.app_context():
        hire(email="jo@example.org")
    walker = Walker(site)
    walker.get("/staff/forgot")

    known = walker.post("/staff/forgot", {"email": "jo@example.org"})
    unknown = walker.post("/staff/forgot", {"email": "nobody@example.org"})

    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text


def test_t31_looking_at_a_link_uses_nothing_up(site: Flask, newcomer: Staff) -> None:
    path = link(site, newcomer, LinkKind.INVITATION)
    scanner = site.test_client()

    answers = {scanner.open(path, method=method).status_code for method in ("HEAD", "GET", "GET")}

    assert answers == {200}
