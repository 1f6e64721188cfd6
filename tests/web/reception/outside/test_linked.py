"""Signing in by the clinic's own identity provider: only whom an owner linked."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.letter import LetterKind
from app.domain.staff import Role, Staff
from app.storage import models
from app.storage.database import db
from tests.conftest import Make
from tests.oidc_provider import IdentityProvider
from tests.services.looking import rows
from tests.staffing import Colleague, hire
from tests.web.reception.outside.walk import come_back, is_in
from tests.web.walker import Walker


def test_t30_whoever_is_linked_and_showed_two_factors_is_in(
    site: Flask, jo: Staff, provider: IdentityProvider
) -> None:
    provider.amr = ["pwd", "otp"]
    walker = Walker(site)

    answer = come_back(walker, provider)

    assert answer.location == "/staff/day"
    assert is_in(walker)
    assert "Jo Brandt" in walker.get("/staff/day").text
    assert "fw-outside=;" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("amr", [["pwd"], [], None, "mfa", ["pwd", "pin"], ["otp"], ["hwk"]])
def test_t30_without_a_second_factor_there_ours_is_asked(
    site: Flask, jo: Staff, provider: IdentityProvider, amr: Any
) -> None:
    provider.says = {"amr": amr}
    walker = Walker(site)

    answer = come_back(walker, provider)

    assert answer.location == "/staff/sign-in/second"
    assert not is_in(walker)
    assert "Your second factor" in walker.get("/staff/sign-in/second").text


def test_t30_nobody_is_let_in_by_mail_and_no_account_makes_itself(
    site: Flask, provider: IdentityProvider
) -> None:
    provider.amr = ["mfa"]
    with site.app_context():
        hire(Role.OWNER, email="mira@example.org")
        before = len(rows(models.StaffAccount))
    walker = Walker(site)

    answer = come_back(walker, provider)

    assert answer.status_code == 403
    assert "Nobody here is linked to this sign-in yet." in answer.text
    assert "sub-jo" in answer.text
    assert not is_in(walker)
    with site.app_context():
        assert len(rows(models.StaffAccount)) == before


def test_t30_whoever_left_or_was_unlinked_is_not_let_in(
    site: Flask, jo: Staff, provider: IdentityProvider
) -> None:
    provider.amr = ["mfa"]
    mira = Colleague(site, Role.OWNER)
    mira.get(f"/staff/team/{jo.id}")
    inside = Walker(site)
    come_back(inside, provider)
    mira.post(f"/staff/team/{jo.id}/identity", {"unlink": "y", "subject": "sub-jo"})
    unlinked = come_back(Walker(site), provider)
    mira.post(f"/staff/team/{jo.id}/identity", {"subject": "sub-jo"})
    with site.app_context():
        account = models.StaffAccount
        left = site.extensions["clock"]()
        db.session.execute(update(account).where(account.id == jo.id).values(left_at=left))
        db.session.commit()

    gone = come_back(Walker(site), provider)

    assert (unlinked.status_code, gone.status_code) == (403, 403)
    assert not is_in(inside)


def test_t30_only_an_owner_links_and_the_person_hears_of_it(site: Flask, jo: Staff) -> None:
    with site.app_context():
        ben = hire(name="Ben")
        mails = rows(models.Mail, models.Mail.kind == LetterKind.STAFF_CHANGED)
    mira = Colleague(site, Role.OWNER)
    mira.get(f"/staff/team/{ben.id}")
    taken = mira.post(f"/staff/team/{ben.id}/identity", {"subject": "sub-jo"})
    desk = Colleague(site)
    desk.get("/staff/day")
    refused = desk.post(f"/staff/team/{ben.id}/identity", {"subject": "sub-ben"})

    assert [mail.staff_id for mail in mails] == [jo.id]
    assert "Somebody is linked to this number already." in taken.text
    assert refused.status_code == 403
    assert "linked an outside sign-in to Jo Brandt" in mira.get("/staff/journal").text


def test_a_provider_that_is_down_gets_a_sentence_and_the_password_works(
    site: Flask, provider: IdentityProvider
) -> None:
    provider.server.shutdown()
    provider.server.server_close()

    answer = Walker(site).get("/staff/sign-in/outside")

    assert answer.status_code == 422
    assert "or sign in with your password" in answer.text


def test_a_clinic_without_a_provider_has_no_such_pages(make_app: Make, sqlite_url: str) -> None:
    walker = Walker(make_app(sqlite_url))

    assert walker.get("/staff/sign-in/outside").status_code == 404
    assert walker.get("/staff/sign-in/outside/back?code=x").status_code == 404
    assert "/sign-in/outside" not in walker.get("/staff/sign-in").text
