"""A no by mail: the patient is asked, and only where the clinic says so does it free the time."""

from datetime import datetime, timedelta

import pytest

from app.domain.letter import Letter, LetterKind
from app.domain.refusals import NotYours
from app.services import clinic as clinics
from app.services import declined, letters, mailbox
from app.storage import models
from app.storage.models import Status
from tests.clinics import Guest
from tests.conftest import MONDAY_8AM
from tests.mail import sent_back
from tests.services.looking import booked, everything, rows, verbs_of
from tests.services.people import THURSDAY, token_of
from tests.services.sent_back import AT_FIVE_PAST, Invited, done, left, rule, take_in


@pytest.fixture
def invited(guest: Guest) -> Invited:
    """Give somebody who was invited to Thursday."""
    return Invited(guest.book(THURSDAY))


def asking(reference: str) -> Letter | None:
    """Return the mail that asks whether the no was meant."""
    mine = models.Mail.appointment_id == booked(reference).id
    (row,) = rows(models.Mail, mine, models.Mail.kind == LetterKind.DECLINED)
    return letters.letter(
        row.id, base_url="http://localhost", emergency_number="911", now=AT_FIVE_PAST
    )


def after(minutes: float) -> datetime:
    """Say when, counted from the mail that asked."""
    return AT_FIVE_PAST + timedelta(minutes=minutes)


def worker_looks(now: datetime) -> None:
    """Let the worker come round."""
    declined.free(clinic=clinics.load(), now=now)


def test_the_mail_says_that_the_time_is_kept(invited: Invited) -> None:
    take_in(invited.says("DECLINED"))

    asked = asking(invited.reference)

    assert asked is not None
    assert (asked.frees, asked.recipient_address) == (False, invited.email)
    worker_looks(after(60))
    assert invited.about.status == Status.BOOKED


def test_where_the_clinic_says_so_a_no_frees_the_time_ten_minutes_after_the_mail(
    invited: Invited,
) -> None:
    rule(declines_free=True)
    take_in(invited.says("DECLINED"))
    asked = asking(invited.reference)
    assert asked is not None
    assert asked.frees
    worker_looks(after(60))
    assert invited.about.status == Status.BOOKED  # the mail did not leave yet
    left(invited.reference, at=after(60))

    worker_looks(after(69))
    assert invited.about.status == Status.BOOKED
    worker_looks(after(70))

    assert invited.about.status == Status.CANCELLED
    assert verbs_of(invited.about.id)[-1] == "cancel"


def test_whoever_comes_after_all_keeps_the_time(invited: Invited, guest: Guest) -> None:
    rule(declines_free=True)
    take_in(invited.says("DECLINED"))
    left(invited.reference, at=AT_FIVE_PAST)

    declined.come_after_all(invited.reference, actor=guest.actor, now=after(5))
    worker_looks(after(30))

    assert invited.about.status == Status.BOOKED
    assert verbs_of(invited.about.id)[-1] == "come_after_all"
    again = everything()
    declined.come_after_all(invited.reference, actor=guest.actor, now=after(6))
    assert everything() == again


def test_a_yes_after_a_no_keeps_the_time(invited: Invited) -> None:
    rule(declines_free=True)
    take_in(invited.says("DECLINED"))
    left(invited.reference, at=AT_FIVE_PAST)
    take_in(invited.says("ACCEPTED", stamp=after(2)), now=after(3))

    worker_looks(after(30))

    assert invited.about.status == Status.BOOKED


def test_a_mail_that_kept_the_time_stays_true_when_the_rule_comes_later(invited: Invited) -> None:
    take_in(invited.says("DECLINED"))
    left(invited.reference, at=AT_FIVE_PAST)
    rule(declines_free=True)

    worker_looks(after(60))

    assert invited.about.status == Status.BOOKED


def test_a_no_too_near_to_the_visit_frees_nothing(invited: Invited) -> None:
    rule(declines_free=True)
    near = invited.about.interval.start - timedelta(hours=2)
    take_in(invited.says("DECLINED", stamp=near), now=near)
    left(invited.reference, at=near)

    worker_looks(near + timedelta(minutes=30))

    assert invited.about.status == Status.BOOKED


def test_nobody_takes_back_a_no_of_others(invited: Invited) -> None:
    take_in(invited.says("DECLINED"))

    with pytest.raises(NotYours):
        declined.come_after_all(invited.reference, actor=Guest(MONDAY_8AM).actor, now=after(5))


def test_t22_of_many_noes_a_day_only_three_are_asked_about(invited: Invited) -> None:
    for minute in range(10):
        said = "DECLINED" if minute % 2 else "ACCEPTED"
        take_in(invited.says(said, stamp=after(minute)), now=after(minute))

    mine = models.Mail.kind == LetterKind.DECLINED
    assert len(rows(models.Mail, mine)) == 3


@pytest.mark.parametrize("header", ["Precedence: bulk", "Return-Path: <>", "List-Id: <x.y>"])
def test_t22_a_no_from_nobody_or_to_many_is_answered_by_no_mail(
    invited: Invited, header: str
) -> None:
    assert done(header.encode() + b"\r\n" + invited.says("DECLINED")) == ("apply", "declined")

    assert rows(models.Mail, models.Mail.kind == LetterKind.DECLINED) == []


def test_t22_mails_of_machines_and_our_own_make_us_write_nothing(invited: Invited) -> None:
    owed = len(rows(models.Mail))
    own = left(invited.reference).replace("<", "").replace(">", "")
    machines = [
        sent_back.words("x@example.org", Auto_Submitted="auto-replied", X_No=str(number))
        for number in range(10)
    ]
    ours = sent_back.words(invited.email).replace(b"CAF8@mail.example.org", own.encode())

    assert {done(mail) for mail in machines} == {("ignore", "automatic")}
    assert done(ours) == ("ignore", "ours")
    assert len(rows(models.Mail)) == owed


def test_words_about_our_mail_are_for_a_person_and_other_mail_is_left_alone(
    invited: Invited,
) -> None:
    ours = left(invited.reference)

    assert done(sent_back.words(invited.email, In_Reply_To=ours)) == ("review", "words")
    other = take_in(sent_back.words(invited.email))
    assert (str(other.action), other.reason, other.for_a_person) == ("ignore", "no_answer", True)


def test_the_mailbox_of_an_appointment_is_its_own_all_its_life(invited: Invited) -> None:
    rule(own_addresses=True)
    own = mailbox.of(invited.about.id, clinics.load())
    (row,) = rows(models.Mail, models.Mail.kind == LetterKind.BOOKED)

    written = letters.letter(
        row.id, base_url="http://localhost", emergency_number="911", now=MONDAY_8AM
    )

    assert written is not None
    assert written.clinic_address == own
    assert len(own.partition("@")[0]) <= 64
    assert token_of(invited.reference) not in own


def test_t21_a_no_to_another_mailbox_than_the_appointments_own_is_left_to_a_person(
    invited: Invited,
) -> None:
    rule(own_addresses=True)
    own = mailbox.of(invited.about.id, clinics.load())
    left(invited.reference, sender=own)
    bare = invited.says("DECLINED")
    wrong = bare.replace(sent_back.CLINIC.encode(), own.replace(own[-25], "x").encode())

    assert done(bare) == ("review", "other_address")
    assert done(wrong)[0] == "review"
    right = bare.replace(b"To: " + sent_back.CLINIC.encode(), b"To: " + own.encode())
    assert done(right) == ("apply", "declined")


def test_whoever_is_not_in_the_book_by_this_name_is_nobody(invited: Invited) -> None:
    ics = sent_back.calendar(f"{invited.about.id}@elsewhere.example", invited.email)

    assert done(sent_back.plain(invited.email, ics)) == ("review", "unknown")
