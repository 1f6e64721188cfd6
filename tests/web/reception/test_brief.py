"""The doctor's page on a screen: who treats reads it, others say why."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.domain.letter import LetterKind
from app.domain.staff import Role
from app.storage import models
from tests.clinics import NASHVILLE, OKAFOR, RIVERA, Guest, wish
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.desk import appoint
from tests.services.looking import booked, everything, rows, verbs_of
from tests.staffing import PASSWORD, Colleague, hire

WORDS = "What about my disc?"
REASON = "I stand in for the doctor today"


@pytest.fixture
def reference(site: Flask) -> str:
    """Give an appointment with Dr Rivera of somebody who asked something."""
    with site.app_context():
        guest = Guest(MONDAY_8AM)
        held = guest.hold(wish())
        guest.say(question=WORDS)
        return guest.confirm(held.id)


@pytest.fixture
def rivera(site: Flask) -> Colleague:
    return Colleague(site, Role.CLINICIAN, clinician_id=RIVERA)


@pytest.fixture
def okafor(site: Flask) -> Colleague:
    return Colleague(site, Role.CLINICIAN, clinician_id=OKAFOR, name="Dr Samuel Okafor")


def brief_of(reference: str) -> str:
    return f"/staff/appointment/{reference}/brief"


def verbs(site: Flask, reference: str) -> list[str]:
    with site.app_context():
        return [verb for verb in verbs_of(booked(reference).id) if verb != "see"]


def test_who_treats_reads_it_on_the_way_from_the_appointment(
    site: Flask, rivera: Colleague, reference: str
) -> None:
    desk = rivera.get(f"/staff/appointment/{reference}").text
    (link,) = re.findall(r'href="([^"]+/brief)"', desk)

    page = rivera.get(link).text

    assert WORDS in page
    assert "The form was not filled in." in page
    assert "<title>Before the visit" in page


def test_t36_reading_is_written_down_once_for_ten_minutes(
    site: Flask, clock: StoppedClock, rivera: Colleague, reference: str
) -> None:
    for minutes in (0, 5, 4, 2):
        clock.forward(minutes=minutes)
        rivera.get(brief_of(reference))

    assert verbs(site, reference).count("brief") == 2
    assert "Jo Brandt read the doctor" in rivera.get(f"/staff/appointment/{reference}").text


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.OWNER])
def test_t12_reception_and_owners_do_not_find_the_way_and_do_not_get_in(
    site: Flask, role: Role, reference: str
) -> None:
    somebody = Colleague(site, role)

    assert "/brief" not in somebody.get(f"/staff/appointment/{reference}").text
    for path in (brief_of(reference), f"{brief_of(reference)}/glass"):
        page = somebody.get(path)
        assert page.status_code == 403
        assert WORDS not in page.text
    assert somebody.post(f"{brief_of(reference)}/glass", {"reason": REASON}).status_code == 403


def test_an_owner_who_treats_reads_their_own(site: Flask, reference: str) -> None:
    owner = Colleague(site, Role.OWNER, clinician_id=RIVERA)

    assert WORDS in owner.get(brief_of(reference)).text


def test_t12_another_clinician_is_asked_why_and_sees_nothing_before(
    site: Flask, okafor: Colleague, reference: str
) -> None:
    page = okafor.follow(okafor.get(brief_of(reference)))

    assert "Another clinician's patient" in page.text
    assert "Marian Hale" not in page.text
    assert verbs(site, reference) == ["book"]


def test_t36_a_reason_opens_it_for_half_an_hour_and_the_owners_are_told(
    site: Flask, clock: StoppedClock, okafor: Colleague, reference: str
) -> None:
    with site.app_context():
        owner = hire(Role.OWNER)
        hire(Role.OWNER, left_at=MONDAY_8AM)
    okafor.get(f"{brief_of(reference)}/glass")

    page = okafor.follow(okafor.post(f"{brief_of(reference)}/glass", {"reason": REASON}))

    assert WORDS in page.text
    assert f'href="/staff/appointment/{reference}"' not in page.text  # not theirs to open
    assert verbs(site, reference) == ["book", "break_glass", "brief"]
    with site.app_context():
        (line,) = rows(models.JournalEntry, models.JournalEntry.verb == "break_glass")
        assert line.change == {"reason": REASON}
        told = rows(models.Mail, models.Mail.kind == LetterKind.STAFF_GLASS_BROKEN)
        assert [mail.staff_id for mail in told] == [owner.id]
    clock.now += timedelta(minutes=29)
    assert WORDS in okafor.get(brief_of(reference)).text
    clock.now += timedelta(minutes=2)
    assert WORDS not in okafor.follow(okafor.get(brief_of(reference))).text


def test_t36_a_visit_of_long_ago_is_read_with_a_reason_by_its_own_doctor_too(
    site: Flask, clock: StoppedClock, rivera: Colleague, reference: str
) -> None:
    clock.now = wish().start + timedelta(days=179)
    late = Colleague(site, Role.CLINICIAN, clinician_id=RIVERA)
    in_time = late.get(brief_of(reference))
    clock.forward(days=2)
    late = Colleague(site, Role.CLINICIAN, clinician_id=RIVERA)
    asked = late.follow(late.get(brief_of(reference)))

    told = late.follow(late.post(f"{brief_of(reference)}/glass", {"reason": REASON}))

    assert WORDS in in_time.text
    assert WORDS not in asked.text
    assert "A visit of long ago" in asked.text
    assert WORDS in told.text


def test_pressing_twice_opens_and_tells_once(
    site: Flask, okafor: Colleague, reference: str
) -> None:
    with site.app_context():
        hire(Role.OWNER)
    okafor.get(f"{brief_of(reference)}/glass")

    for _ in range(2):
        okafor.post(f"{brief_of(reference)}/glass", {"reason": REASON})

    assert verbs(site, reference).count("break_glass") == 1
    with site.app_context():
        assert len(rows(models.Mail, models.Mail.kind == LetterKind.STAFF_GLASS_BROKEN)) == 1


@pytest.mark.parametrize("reason", ["", "because", " \n  \t          ", "\u202e" * 30])
def test_without_a_reason_it_stays_closed_and_what_was_typed_stays(
    site: Flask, okafor: Colleague, reference: str, reason: str
) -> None:
    okafor.get(f"{brief_of(reference)}/glass")
    with site.app_context():
        before = everything()

    page = okafor.post(f"{brief_of(reference)}/glass", {"reason": reason})

    assert page.status_code == 422
    assert "Please say why, in a few words." in page.text
    assert reason.strip() in page.text
    with site.app_context():
        assert everything() == before


def test_breaking_the_glass_asks_who_one_is_after_five_minutes(
    site: Flask, clock: StoppedClock, okafor: Colleague, reference: str
) -> None:
    clock.forward(minutes=6)
    okafor.get(f"{brief_of(reference)}/glass")
    path = f"{brief_of(reference)}/glass"

    asked = okafor.post(path, {"reason": REASON})
    given = okafor.post(path, {"reason": REASON, "proof": PASSWORD})

    assert asked.status_code == 403
    assert "Is it still you?" in asked.text
    assert given.status_code == 303


def test_an_appointment_that_there_is_not_is_not_found(okafor: Colleague) -> None:
    for unknown in ("HB-222-222", "a%00b", "x" * 300):
        assert okafor.get(brief_of(unknown)).status_code == 404
        assert okafor.get(f"{brief_of(unknown)}/glass").status_code == 404


def test_the_day_lists_to_its_clinician_what_to_read(site: Flask, rivera: Colleague) -> None:
    with site.app_context():
        mine = appoint()
        theirs = appoint(clinician_id=OKAFOR, location_id=NASHVILLE)

    page = rivera.get("/staff/day?date=2027-03-02").text

    assert brief_of(mine) in page
    assert brief_of(theirs) not in page
    assert "/brief" not in Colleague(site).get("/staff/day?date=2027-03-02").text
