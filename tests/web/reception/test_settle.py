"""The list of what to settle, as pages: one action each, a count wherever one is."""

import re

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.staff import Role
from app.services import invited, proposal
from app.storage import models
from app.storage.database import db
from app.storage.models import MailState
from tests.clinics import OKAFOR, RIVERA
from tests.conftest import StoppedClock
from tests.desk import appoint
from tests.offers import EVENING, offer
from tests.services.looking import rows
from tests.services.people import THURSDAY
from tests.services.settling import refuse
from tests.staffing import Colleague, hire

MAIL = re.compile(r'action="(/staff/settle/mail/\d+)"')
KEY = re.compile(r'name="key" value="([^"]+)"')


@pytest.fixture
def refused(site: Flask) -> str:
    """Give an appointment whose invitation did not go."""
    with site.app_context():
        reference = appoint(THURSDAY.start, email="old@example.org")
        refuse(reference)
        return reference


def test_a_calm_clinic_reads_that_nothing_is_open(site: Flask) -> None:
    page = Colleague(site).get("/staff/settle")

    assert "Nothing is to be settled" in page.text
    assert 'class="count"' not in page.text


def test_every_page_says_how_much_is_open(site: Flask, refused: str) -> None:
    jo = Colleague(site)

    for path in ("/staff/day", "/staff/settle", "/staff/waiting"):
        assert '<span class="count">1</span>' in jo.get(path).text


def test_a_mail_goes_again_to_another_address(site: Flask, refused: str) -> None:
    jo = Colleague(site)
    page = jo.get("/staff/settle")
    assert "Mails that did not go (1)" in page.text
    address = MAIL.findall(page.text)[0]

    wrong = jo.post(address, {"email": "new"})
    done = jo.follow(jo.post(address, {"email": "new@example.org"}))
    twice = jo.post(address, {"email": "new@example.org"})

    assert wrong.status_code == 422
    assert 'value="new" aria-invalid="true"' in wrong.text
    assert "Add the @" in wrong.text
    assert "The mail goes again now." in done.text
    assert "Nothing is to be settled" in done.text
    assert 'class="count"' not in done.text
    assert (twice.status_code, "already_settled" in twice.text) == (409, True)
    with site.app_context():
        assert rows(models.Patient)[0].email == "new@example.org"


def test_a_colleague_who_presses_second_reads_that_it_is_done(site: Flask, refused: str) -> None:
    jo, mira = Colleague(site), Colleague(site)
    key = KEY.findall(jo.get("/staff/settle").text)[0]
    mira.get("/staff/settle")

    jo.post("/staff/settle/done", {"key": key})
    late = mira.post("/staff/settle/done", {"key": key})

    assert late.status_code == 409
    assert "A colleague settled this just now." in late.text


def test_an_offer_without_an_answer_leads_to_another_time(site: Flask, clock: StoppedClock) -> None:
    with site.app_context():
        reference = appoint(THURSDAY.start)
        made = offer(reference)
    jo = Colleague(site)
    jo.get("/staff/day")
    jo.post(f"/staff/offer/{made}/no")
    assert "Nothing is to be settled" in jo.get("/staff/settle").text

    with site.app_context():
        offer(reference)
        clock.now = EVENING.replace(hour=23, minute=5)
        proposal.lapse(now=clock.now)

    page = Colleague(site).get("/staff/settle")
    assert "Did not answer whether an earlier time suits" in page.text
    assert f'href="/staff/appointment/{reference}/move"' in page.text


def test_t12_nobody_settles_what_is_not_theirs(site: Flask, refused: str) -> None:
    key = KEY.findall(Colleague(site).get("/staff/settle").text)[0]
    okafor = Colleague(site, Role.CLINICIAN, clinician_id=OKAFOR)
    okafor.get("/staff/settle")

    assert okafor.post("/staff/settle/done", {"key": key}).status_code == 404
    assert okafor.post("/staff/settle/mail/1", {"email": "a@example.org"}).status_code == 404
    with site.app_context():
        assert rows(models.Settled) == []


def test_a_doctors_invitations_go_again_by_one_press(site: Flask, clock: StoppedClock) -> None:
    with site.app_context():
        who = hire(Role.CLINICIAN, name="Dr Ana Rivera")
        for start in (THURSDAY.start, EVENING):
            appoint(start)
        invited.choose(who, RIVERA, who.id, now=clock.now)
        db.session.execute(update(models.Mail).values(state=MailState.REFUSED))
        db.session.commit()
    jo = Colleague(site)
    page = jo.get("/staff/settle").text

    done = jo.follow(jo.post("/staff/settle/doctor", {"key": KEY.findall(page)[0]}))
    twice = jo.post("/staff/settle/doctor", {"key": KEY.findall(page)[0]})

    assert "Doctors whose invitations did not arrive (1)" in page
    assert "2 appointments stand wrong in their calendar" in page
    assert who.email in page
    assert "The mail goes again now." in done.text
    assert "invitations did not arrive" not in done.text
    assert (twice.status_code, "already_settled" in twice.text) == (409, True)
