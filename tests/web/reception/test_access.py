"""Every page of staff, tried by everybody: only whose role has the permission comes in."""

import re

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.domain.staff import MAY, Role
from app.storage import models
from app.storage.database import db
from app.web.access import StaffOnly
from tests.staffing import Colleague, hire
from tests.web.routes import rules
from tests.web.walker import Walker

EVERYTHING = {
    "role": "owner", "id": "x", "staff_id": "x", "clinician_id": "1", "all_calendars": "y",
    "email": "evil@example.org", "name": "Evil", "password_hash": "x", "joined_at": "2027-01-01",
    "calendar": "1", "minutes": "480",
}  # fmt: skip


def theirs(site: Flask) -> list[tuple[str, str, StaffOnly]]:
    """Return (method, path, what is asked) of every page of staff."""
    with site.app_context():
        somebody = hire(name="Somebody Else").id
    found = []
    for rule in rules(site):
        asked = getattr(site.view_functions[rule.endpoint], "staff_only", None)
        if asked is not None:
            path = _path(rule, somebody)
            found += [(method, path, asked) for method in ("GET", "POST") if method in rule.methods]  # type: ignore[operator]  # every rule has them
    return found


def _path(rule: Rule, staff_id: str) -> str:
    path = rule.rule.replace("<member>", staff_id)
    return re.sub(r"<(?:[^:>]*:)?([a-z_]+)>", "1", path)


def open_(walker: Walker, method: str, path: str) -> TestResponse:
    return walker.get(path) if method == "GET" else walker.post(path)


def nobody(site: Flask) -> Walker:
    walker = Walker(site)
    walker.get("/staff/sign-in")
    return walker


def a_visitor(site: Flask) -> Walker:
    walker = Walker(site)
    walker.be_safe("general")
    walker.get("/times")
    return walker


def somebody_who_left(site: Flask) -> Walker:
    gone = Colleague(site, Role.OWNER)
    gone.get("/staff/me")
    with site.app_context():
        left = update(models.StaffAccount).where(models.StaffAccount.id == gone.who.id)
        db.session.execute(left.values(left_at=site.extensions["clock"]()))
        db.session.commit()
    return gone


@pytest.mark.parametrize("who", [nobody, a_visitor, somebody_who_left])
def test_t12_whoever_is_not_signed_in_sees_no_page_of_staff(site: Flask, who: object) -> None:
    walker = who(site)  # type: ignore[operator]  # one of those above
    pages = theirs(site)

    answers = {(method, path): open_(walker, method, path).status_code for method, path, _ in pages}

    assert len(answers) >= 20
    assert {key: code for key, code in answers.items()
            if code != (303 if key[0] == "GET" else 401)} == {}  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_t12_a_role_opens_what_it_may_and_nothing_else(site: Flask, role: Role) -> None:
    wrong = []
    pages = theirs(site)

    for method, path, asked in pages:
        walker = Colleague(site, role)
        walker.get("/staff/day")
        answer = open_(walker, method, path)
        refused = 'data-refusal="not_allowed"' in answer.text
        may = asked.permission in MAY[role]
        if refused == may or answer.status_code >= 500 or answer.status_code == 401:
            wrong.append((method, path, answer.status_code))

    assert wrong == []


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.CLINICIAN])
def test_t34_fields_that_no_form_has_make_nobody_more_than_they_are(
    site: Flask, role: Role
) -> None:
    walker = Colleague(site, role)
    walker.get("/staff/day")
    pages = theirs(site)
    before = _accounts(site)

    for method, path, _ in pages:
        if method == "POST" and not path.endswith("sign-out"):
            walker.post(path, EVERYTHING | {"id": walker.who.id, "staff_id": walker.who.id})

    assert _accounts(site) == before


def _accounts(site: Flask) -> list[tuple[object, ...]]:
    with site.app_context():
        columns = models.StaffAccount.__table__.columns
        chosen = [one for one in columns if not one.name.startswith("password")]
        return [tuple(row) for row in db.session.execute(select(*chosen).order_by("id"))]
