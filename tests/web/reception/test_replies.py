"""What calendars answer, on the pages of the desk."""

import re

import pytest
from flask import Flask

from app.domain.staff import Role
from app.services import clinic as clinics
from app.services import reply
from app.storage import models
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.mail import sent_back
from tests.services.looking import booked, rows
from tests.services.people import THURSDAY
from tests.services.sent_back import Invited, take_in, unproven
from tests.staffing import Colleague

COUNTER = re.compile(r'action="(/staff/settle/counter/[a-z2-7]+)"')


@pytest.fixture
def invited(site: Flask) -> Invited:
    """Give somebody who was invited to Thursday."""
    with site.app_context():
        return Invited(Guest(MONDAY_8AM).book(THURSDAY))


def came(site: Flask, mail: bytes) -> None:
    """Let a mail come."""
    with site.app_context():
        take_in(mail, now=MONDAY_8AM)


def test_an_appointment_says_what_the_calendar_answered(site: Flask, invited: Invited) -> None:
    with site.app_context():
        came(site, invited.says("ACCEPTED"))

    page = Colleague(site).get(f"/staff/appointment/{invited.reference}").text

    assert "Accepted in their calendar (" in page
    assert "An answer came by mail: Accepted in their calendar" in page


def test_a_proposed_time_is_given_with_one_press(site: Flask, invited: Invited) -> None:
    with site.app_context():
        came(site, invited.says(method="COUNTER", start="DTSTART:20270305T150000Z"))
    jo = Colleague(site)
    page = jo.get("/staff/settle").text
    assert "Asked for another time (1)" in page
    assert "Friday" in page
    address = COUNTER.findall(page)[0]

    done = jo.follow(jo.post(address, {"answer": "give"}))
    twice = jo.post(address, {"answer": "give"})

    assert "It is moved." in done.text
    assert twice.status_code == 409
    with site.app_context():
        assert booked(invited.reference).starts_at.isoformat() == "2027-03-05T15:00:00+00:00"


def test_a_time_nobody_works_is_refused_with_a_sentence(site: Flask, invited: Invited) -> None:
    with site.app_context():
        came(site, invited.says(method="COUNTER", start="DTSTART:20270306T150000Z"))
    jo = Colleague(site)
    address = COUNTER.findall(jo.get("/staff/settle").text)[0]

    refused = jo.post(address, {"answer": "give"})
    kept = jo.follow(jo.post(address, {"answer": "keep"}))

    assert (refused.status_code, 'role="alert"' in refused.text) == (409, True)
    assert "The time stays. A mail that says so goes now." in kept.text
    with site.app_context():
        assert booked(invited.reference).starts_at == THURSDAY.start


def test_t15_a_mail_is_shown_by_its_sender_and_kind_and_never_by_its_words(
    site: Flask, invited: Invited
) -> None:
    with site.app_context():
        ics = invited.says("DECLINED", extra="COMMENT:<b>my back hurts</b>\n")
        came(site, unproven(ics))
        came(site, sent_back.words("<script>alert(1)</script>@example.org"))

    page = Colleague(site).get("/staff/settle").text

    assert invited.email in page
    assert "nothing proves who sent it" in page
    assert "my back hurts" not in page
    assert "<script>alert" not in page


def test_a_mailbox_that_is_away_is_said_at_the_desk_and_to_whoever_watches(site: Flask) -> None:
    with site.app_context():
        reply.note_fault("login_refused", now=MONDAY_8AM)
    assert "The server does not accept the password." in Colleague(site).get("/staff/settle").text

    site.extensions["clock"].forward(minutes=61)

    assert site.test_client().get("/readyz").get_json()["wrong"] == ["inbox_away"]


def test_the_owner_says_what_a_no_may_do(site: Flask) -> None:
    owner = Colleague(site, Role.OWNER)
    page = owner.get("/staff/settings/answers")
    assert "Answers by mail" in page.text

    done = owner.follow(owner.post("/staff/settings/answers", {"declines_free": "1"}))
    owner.post("/staff/settings/answers", {"declines_free": "1"})

    assert "Kept." in done.text
    with site.app_context():
        chosen = clinics.load()
        assert (chosen.declines_free, chosen.own_addresses) == (True, False)
        assert len(rows(models.JournalEntry, models.JournalEntry.verb == "reply_rules")) == 1
    assert Colleague(site).get("/staff/settings/answers").status_code == 403
    journal = owner.get("/staff/journal").text
    assert "changed what answers by mail may do" in journal
