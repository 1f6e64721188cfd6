"""A patient's own record: seen after the birth date, printed, mailed, taken back."""

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.storage.database import db
from app.storage.models import Clinic, Mail, Reading, RecordEntry
from tests.web.patient.booking_walk import BIRTH, book, by_link
from tests.web.walker import PRIMER, Walker

TITLE = "Education record. Not consent to treatment."


@pytest.fixture
def learned(site: Flask) -> str:
    """Give the reference of somebody who read the guide, answered and booked."""
    walker = Walker(site)
    walker.be_safe()
    walker.read()
    walker.get("/statements")
    walker.post("/statements", {"K1": "talk", "words_0": "To walk my dog."})
    return book(walker)


@pytest.fixture
def holder(site: Flask, learned: str) -> Walker:
    """Give whoever came by the link of the mail and gave the birth date."""
    walker = by_link(site, learned)
    walker.get(f"/appointment/{learned}/unlock")
    walker.post(f"/appointment/{learned}/unlock", BIRTH)
    return walker


def record_once_booked(site: Flask, walker: Walker) -> str:
    """Book, come back by the link of the mail, and look at the record."""
    reference = book(walker)
    holder = by_link(site, reference)
    holder.get(f"/appointment/{reference}/unlock")
    holder.post(f"/appointment/{reference}/unlock", BIRTH)
    return holder.get(f"/appointment/{reference}/record").text


def test_the_record_is_behind_the_birth_date(site: Flask, learned: str) -> None:
    walker = by_link(site, learned)

    asked = walker.get(f"/appointment/{learned}/record")
    walker.get(asked.location)
    shown = walker.post(asked.location, BIRTH)

    assert asked.location == f"/appointment/{learned}/unlock?to=record"
    assert shown.location == f"/appointment/{learned}/record"
    for path in ("guide/1", "withdraw"):
        again = by_link(site, learned).get(f"/appointment/{learned}/record/{path}")
        assert "/unlock" in again.location


def test_the_record_says_what_was_shown_and_answered(
    site: Flask, holder: Walker, learned: str
) -> None:
    page = holder.get(f"/appointment/{learned}/record").text

    assert TITLE in page
    with site.app_context():
        assert (db.session.scalar(select(Reading.bundle_sha)) or "-") in page
    assert all(part.title in page for part in PRIMER.pages)
    assert all(part.sha in page for part in PRIMER.pages)
    assert PRIMER.statements.items[0].text in page
    assert "I want to talk about this" in page
    assert "To walk my dog." in page
    lines, proofs = page.split("What proves each line")
    times = re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", lines)
    assert len(times) == lines.count("<li value=") == proofs.count("Link of the chain:")


def test_the_record_says_how_the_safety_check_ended_and_what_was_booked(site: Flask) -> None:
    walker = Walker(site)
    walker.be_safe(B2="yes")
    walker.read()
    walker.post("/statements")

    page = record_once_booked(site, walker)

    assert "Booking was open, with something to tell the doctor." in page
    assert "The doctor is told: Do you take a blood thinner?" in page
    assert "An appointment was booked" in page
    assert "The guide was read to its end before" in page


def test_a_check_in_another_language_is_told_in_its_own_words(site: Flask) -> None:
    walker = Walker(site)
    walker.be_safe(B2="yes")
    walker.get("/primer/1")
    walker.post("/language", {"language": "es", "to": "/primer/1"})
    walker.read()
    walker.post("/statements")

    page = record_once_booked(site, walker)

    assert "language es" in page
    assert "The doctor is told: Do you take a blood thinner?" in page


def test_the_guide_is_shown_with_the_clinics_words_of_that_day(
    site: Flask, holder: Walker, learned: str
) -> None:
    with site.app_context():
        db.session.execute(update(Clinic).values(phone="(865) 555-0999", revision=99))
        db.session.commit()

    record, page = (
        holder.get(f"/appointment/{learned}/record{rest}")
        .text.split("<main")[1]
        .split("</main>")[0]
        for rest in ("", "/guide/1")
    )

    assert PRIMER.clinic_words["clinic_phone"] in record
    assert "(865) 555-0999" not in record + page
    assert all(item.question in unescape(record) for item in PRIMER.safety.tiers[0].items)
    assert all(part.title in page for part in PRIMER.pages)
    assert all(item.text in page for item in PRIMER.statements.items)


@pytest.mark.parametrize(
    ("change", "code", "status"),
    [
        ({"edition": "2020-01-01"}, "edition_gone", 410),
        ({"bundle_sha": "0" * 64}, "edition_changed", 409),
    ],
)
def test_a_guide_that_is_not_as_it_was_is_not_shown_as_if_it_were(
    site: Flask, holder: Walker, learned: str, change: dict[str, str], code: str, status: int
) -> None:
    with site.app_context():
        db.session.execute(update(Reading).values(change))
        db.session.commit()

    refused = holder.get(f"/appointment/{learned}/record/guide/1")
    record = holder.get(f"/appointment/{learned}/record")

    assert (refused.status_code, code in refused.text) == (status, True)
    assert record.status_code == 200
    assert "cannot be shown here just now" in record.text


def test_three_mails_a_day_lead_to_the_record(site: Flask, holder: Walker, learned: str) -> None:
    place = f"/appointment/{learned}/record"
    holder.get(place)

    asked = [holder.post(f"{place}/mail") for _ in range(4)]

    assert [answer.status_code for answer in asked] == [303, 303, 303, 429]
    assert 'data-refusal="too_many_tries"' in asked[3].text
    with site.app_context():
        owed = db.session.scalars(select(Mail).where(Mail.kind == "record_copy")).all()
        assert sorted(mail.lead_hours for mail in owed) == [0, 1, 2]


def test_answers_taken_back_are_gone_and_the_appointment_stays(
    site: Flask, holder: Walker, learned: str
) -> None:
    place = f"/appointment/{learned}/record"
    asked = holder.get(f"{place}/withdraw")
    done = holder.post(f"{place}/withdraw")
    again = holder.post(f"{place}/withdraw")
    page = holder.follow(again).text

    assert "Your appointment stays" in asked.text
    assert done.location == again.location == f"{place}?done=withdrawn"
    assert "To walk my dog." not in page
    assert "I want to talk about this" not in page
    assert re.search(r'Question: [^<]*</strong></p><p class="typed">Withdrawn<', page)
    assert not re.search(r'Read: [^<]*</strong></p><p class="typed">', page)
    assert holder.get(f"/appointment/{learned}").status_code == 200
    with site.app_context():
        kinds = list(db.session.scalars(select(RecordEntry.kind)))
        said = select(RecordEntry.kind).where(RecordEntry.payload.is_not(None))
        assert kinds.count("withdrawn") == 1
        assert list(db.session.scalars(said)) == ["withdrawn"]


def test_a_visit_without_reading_has_no_record(site: Flask) -> None:
    walker = Walker(site)
    walker.be_safe("general")
    reference = book(walker)
    holder = by_link(site, reference)
    holder.get(f"/appointment/{reference}/unlock")
    holder.post(f"/appointment/{reference}/unlock", BIRTH)

    assert holder.get(f"/appointment/{reference}/record").status_code == 404
    assert "education record" not in holder.get(f"/appointment/{reference}").text
