"""How a safety check ended, in the record of whoever reads the guide."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.content import library
from app.content.primer import Primer
from app.domain.safety import Answer, Checked, Tier
from app.services import appointment, brief, forget, proof, reading, safety, withdrawing
from app.storage import models, people
from app.storage.database import db
from app.web.brief import page
from tests.clinics import Guest, days, person
from tests.conftest import MONDAY_8AM
from tests.services.editions import TODAY
from tests.services.flood import by_link, confirm
from tests.services.looking import rows
from tests.services.reading import read_all, record, stand

MINUTE = timedelta(minutes=1)
TOLD = (("B1", Answer.NOT_SURE), ("B2", Answer.YES))
LATER = MONDAY_8AM + 20 * MINUTE


def check(
    tier: Tier | None = None,
    *,
    at: datetime = MONDAY_8AM - MINUTE,
    copy: library.Copy = TODAY,
    told: tuple[tuple[str, Answer], ...] = (),
) -> Checked:
    """Go through the check as a clinic asks it."""
    return Checked(
        at=at, edition=copy.edition, language=copy.language, jurisdiction=copy.jurisdiction,
        words=copy.clinic_words, sha=library.safety(copy).sha, tier=tier, told=told,
    )  # fmt: skip


def begin(primer: Primer, checked: Checked) -> Guest:
    """Begin to read after a check."""
    guest = Guest(MONDAY_8AM, way="primer")
    reading.start(
        visit=guest.visit, primer=primer, answered_by="self", checked=checked, now=MONDAY_8AM
    )
    return guest


def said(guest: Guest, kind: str) -> list[dict[str, Any]]:
    """Return what the lines of a kind say."""
    return [words for found, _subject, words in record(guest) if found == kind]


@pytest.fixture
def told(app: Flask, primer: Primer) -> Guest:
    """Give somebody who has two things to tell the doctor, and reads."""
    return begin(primer, check(Tier.BOOK_AND_TELL, told=TOLD))


def go_all_the_way(guest: Guest, primer: Primer) -> str:
    """Read to the end and book, with the points of the check."""
    read_all(guest, primer)
    stand(guest, primer, K1="talk")
    kept = guest.hold(exempt=True)
    guest.say(told=("B1", "B2"))
    return guest.confirm(kept.id, exempt=True)


def test_the_check_is_sealed_as_the_guide_seals_it(primer: Primer) -> None:
    assert library.safety(TODAY).sha == primer.safety.sha != ""


def test_a_record_says_when_the_check_was_passed_and_its_tier_and_no_answer(told: Guest) -> None:
    (kind, subject, words) = record(told)[0]

    assert (kind, subject) == ("safety", "us")
    assert words == {
        "at": "2027-03-01T12:59:00+00:00",
        "tier": "book_and_tell",
        "words": TODAY.clinic_words,
    }
    assert proof.check(TODAY) == []


def test_a_check_in_another_language_or_with_other_limits_is_proved_by_itself(
    app: Flask, primer: Primer
) -> None:
    other = replace(TODAY, language="es", clinic_phone="(865) 555-0199", limits=(("E1", 6),))

    begin(primer, check(copy=other))

    assert proof.check(TODAY) == []


def test_other_words_than_the_check_had_are_found(app: Flask, primer: Primer) -> None:
    begin(primer, replace(check(), words=replace(TODAY, limits=(("E1", 6),)).clinic_words))

    (fault,) = proof.check(TODAY)

    assert (fault.entry, fault.code) == (2, "edition_changed")


def test_every_later_check_is_a_line_of_its_own(told: Guest) -> None:
    again = check(at=LATER)
    for _ in range(2):
        safety.passed(again, visit=told.visit, way="primer", now=LATER)

    safety.stopped(check(Tier.CALL_TODAY, at=LATER + MINUTE), visit=told.visit, now=LATER + MINUTE)

    assert [words["tier"] for words in said(told, "safety")] == [
        "book_and_tell", None, "call_today",
    ]  # fmt: skip
    assert told.visit.safety_at is None
    assert proof.check(TODAY) == []


def test_a_check_on_another_device_goes_into_the_reading_it_goes_on_with(told: Guest) -> None:
    code = reading.code(told.visit) or ""
    phone = Guest(LATER)

    reading.resume(
        code, visit=phone.visit, network="192.0.2.0/24", checked=check(at=LATER), now=LATER
    )

    assert [words["at"] for words in said(phone, "safety")] == [
        "2027-03-01T12:59:00+00:00", LATER.isoformat(),
    ]  # fmt: skip


def test_booking_adds_what_the_doctor_is_told_and_for_which_visit(
    told: Guest, primer: Primer
) -> None:
    reference = go_all_the_way(told, primer)

    lines = record(told)
    assert lines[-2][2] == lines[0][2] | {"items": ["B1", "B2"]}
    assert lines[-1] == ("booked", "booked", {"visit": "general", "finished": True})
    assert proof.check(TODAY, reference) == []


def test_nothing_to_tell_adds_no_line_when_booking(app: Flask, primer: Primer) -> None:
    guest = begin(primer, check())

    guest.book()

    assert [kind for kind, _, _ in record(guest)] == ["safety", "booked"]
    assert said(guest, "booked") == [{"visit": "general", "finished": False}]


def test_a_general_visit_without_the_guide_has_no_record(guest: Guest) -> None:
    safety.passed(check(Tier.BOOK_AND_TELL, told=TOLD), visit=guest.visit, way="general", now=LATER)
    guest.book()

    assert rows(models.RecordEntry) == []


def test_a_booking_that_waits_says_nothing_before_its_yes(
    told: Guest, pressed: datetime, primer: Primer
) -> None:
    read_all(told, primer)
    kept = told.hold()
    told.say(told=("B2",))
    reference = told.confirm(kept.id)
    before = [kind for kind, _, _ in record(told)]

    for _ in range(2):
        confirm(reference, by_link(reference, LATER))

    assert "booked" not in before
    assert [kind for kind, _, _ in record(told)] == [*before, "safety", "booked"]
    assert said(told, "safety")[-1]["items"] == ["B2"]


def test_who_never_books_leaves_no_point_and_after_thirty_days_no_tier(
    told: Guest, primer: Primer
) -> None:
    read_all(told, primer)
    told.say(told=("B1", "B2"))
    kept = [words for words in said(told, "safety") if "items" in words]

    forget.run(now=MONDAY_8AM + days(31))

    assert kept == []
    assert rows(models.RecordEntry) == []
    assert rows(models.Reading) == []


def test_what_was_taken_back_is_not_told_by_a_later_yes(
    told: Guest, pressed: datetime, primer: Primer
) -> None:
    read_all(told, primer)
    kept, who = told.hold(), person()
    told.say(who, told=("B2",))
    reference = told.confirm(kept.id)
    reader = by_link(reference, LATER)
    appointment.unlock(reference, who.birth_date, actor=reader.actor, now=LATER)
    withdrawing.withdraw(reference, actor=reader.actor, now=LATER)

    confirm(reference, reader)

    left = select(models.RecordEntry.kind).where(models.RecordEntry.payload.is_not(None))
    assert list(db.session.scalars(left)) == ["withdrawn"]
    assert proof.check(TODAY, reference) == []


def test_a_later_check_replaces_what_the_details_told(told: Guest) -> None:
    told.say(question="Does it help?", told=("B1", "B2"))

    later = check(Tier.BOOK_AND_TELL, told=TOLD[:1], at=LATER)
    safety.passed(later, visit=told.visit, way="primer", now=LATER)

    words = people.words(db.session(), told.visit.intake_id or "")
    assert (words["told"], words["question"]) == (["B1"], "Does it help?")


def test_the_doctor_reads_of_a_check_that_led_to_the_phone(told: Guest, primer: Primer) -> None:
    safety.stopped(check(Tier.CALL_TODAY, at=LATER), visit=told.visit, now=LATER)
    safety.passed(check(at=LATER + MINUTE), visit=told.visit, way="primer", now=LATER + MINUTE)
    reference = go_all_the_way(told, primer)

    sheet = page(brief.write(reference, today=TODAY, who="Dr Rivera", now=LATER))

    assert "8:20" in sheet.split("the check said to call today")[0].split("Earlier, ")[1]
    assert "the check said to get help now" not in sheet


def test_text_that_is_not_this_visitors_says_nothing(app: Flask) -> None:
    mine, other = Guest(MONDAY_8AM), Guest(MONDAY_8AM)
    done = check(Tier.BOOK_AND_TELL, told=TOLD)
    sealed = safety.seal(done, mine.visit)

    assert safety.unseal(sealed, mine.visit) == done
    assert safety.unseal(sealed, other.visit) is None
    assert safety.unseal("no seal", mine.visit) is None
