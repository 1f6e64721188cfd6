"""Whoever is signed out in the middle of a form loses nothing that they typed."""

import re

from flask import Flask
from sqlalchemy import delete

from app.domain.staff import Role
from app.storage import models
from app.storage.database import db
from tests.staffing import Colleague, session_of
from tests.web.routes import path_of, rules

WORDS = "Chose the later train & comes at noon"
KEPT = '<input type="hidden" name="note" value="Chose the later train &amp; comes at noon">'


def forms(site: Flask) -> list[str]:
    """Return where the forms of staff are sent, but for what a script sends by itself."""
    found = []
    for rule in rules(site):
        asked = getattr(site.view_functions[rule.endpoint], "staff_only", None)
        if asked is not None and not asked.by_itself and "POST" in (rule.methods or ()):
            found.append(path_of(rule, member="somebody"))
    return found


def signed_out(site: Flask) -> Colleague:
    """Be somebody whose session ended while their page stood open."""
    mira = Colleague(site, Role.OWNER)
    mira.get("/staff/closures/add")
    with site.app_context():
        db.session.execute(delete(models.StaffSession))
        db.session.commit()
    return mira


def test_every_form_of_staff_brings_back_what_was_typed(site: Flask) -> None:
    mira, addresses = signed_out(site), forms(site)

    assert len(addresses) > 40
    for path in addresses:
        page = mira.post(path, {"note": WORDS})
        assert (page.status_code, path) == (401, path)
        assert KEPT in page.text, path
        assert f'action="{path}"' in page.text, path


def test_after_signing_in_again_it_is_sent_as_it_was_typed(site: Flask) -> None:
    mira = signed_out(site)
    typed = {
        "whose": "doctor-1", "first": "2027-03-02", "last": "2027-03-01", "kind": "leave",
        "note": WORDS,
    }  # fmt: skip
    page = mira.post("/staff/closures/add", typed).text
    with site.app_context():
        mira.client.set_cookie("fw-staff", session_of(mira.who))

    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    again = mira.post("/staff/closures/add", fields | {"note": WORDS})

    assert again.status_code == 422
    assert "It ends before it begins." in again.text
    assert "Chose the later train &amp; comes at noon" in again.text
