"""What is sent back to the clinic's mails: believed as far as it is proven, and taken in once."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.domain.letter import LetterKind
from app.storage import models
from app.storage.models import Status
from tests.clinics import Guest
from tests.mail import sent_back
from tests.services.looking import booked, everything, rows
from tests.services.people import FRIDAY, THURSDAY, move, take
from tests.services.sent_back import AT_FIVE_PAST, HOST, Invited, done, left, take_in, unproven


@pytest.fixture
def invited(guest: Guest) -> Invited:
    """Give somebody who was invited to Thursday."""
    return Invited(guest.book(THURSDAY))


def kept() -> set[str]:
    """Return the tables that changed nothing about an appointment may change."""
    return {"appointment", "mail", "patient"}


def asked(reference: str) -> int:
    """Count the mails that ask whether a no was meant."""
    mine = models.Mail.appointment_id == booked(reference).id
    return len(rows(models.Mail, mine, models.Mail.kind == LetterKind.DECLINED))


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE"])
def test_a_yes_is_noted_and_changes_no_time(invited: Invited, partstat: str) -> None:
    before = {name: everything()[name] for name in kept()}

    assert done(unproven(invited.says(partstat))) == ("apply", partstat.lower())

    (kept_as,) = rows(models.Reply)
    assert (kept_as.appointment_id, kept_as.sequence) == (invited.about.id, 0)
    assert {name: everything()[name] for name in kept()} == before
    (line,) = rows(models.JournalEntry, models.JournalEntry.actor == "mail")
    assert (line.verb, line.change) == ("reply_apply", {"reason": partstat.lower()})


def test_a_proven_no_is_noted_keeps_the_time_and_asks_the_patient(invited: Invited) -> None:
    assert done(invited.says("DECLINED")) == ("apply", "declined")

    assert invited.about.status == Status.BOOKED
    assert asked(invited.reference) == 1


def test_t21_a_no_that_nothing_proves_is_left_to_a_person(invited: Invited) -> None:
    before = {name: everything()[name] for name in kept()}

    assert done(unproven(invited.says("DECLINED"))) == ("review", "unproven")

    assert {name: everything()[name] for name in kept()} == before


FORGED = {
    "somebody else's server": (
        lambda mail: mail.replace(b"mx.harbor.example", b"mx.evil.example"), "unproven"
    ),
    "a line below our server's": (
        lambda mail: b"Authentication-Results: mx.harbor.example; dmarc=fail\r\n" + mail, "unproven"
    ),
    "another sender": (
        lambda mail: mail.replace(b"From: Marian Hale <marian", b"From: Eve <eve"), "other_sender"
    ),
    "two senders": (lambda mail: b"From: eve@example.net\r\n" + mail, "other_sender"),
}  # fmt: skip


@pytest.mark.parametrize(("forge", "why"), FORGED.values(), ids=FORGED)
def test_t21_a_forged_no_changes_nothing(
    invited: Invited, forge: Callable[[bytes], bytes], why: str
) -> None:
    before = {name: everything()[name] for name in kept()}

    assert done(forge(invited.says("DECLINED"))) == ("review", why)

    assert {name: everything()[name] for name in kept()} == before


def test_t21_an_answer_of_somebody_who_was_not_invited_is_left_to_a_person(
    invited: Invited,
) -> None:
    ics = sent_back.calendar(f"{invited.about.id}@{HOST}", "eve@example.org", "DECLINED")

    assert done(sent_back.plain("eve@example.org", ics)) == ("review", "stranger")


@pytest.mark.parametrize("uid", ["a" * 20 + f"@{HOST}", "something@else", "\x1f'; --@" + HOST, ""])
def test_an_answer_about_nothing_that_we_know_is_left_to_a_person(
    invited: Invited, uid: str
) -> None:
    ics = sent_back.calendar(uid, invited.email)

    assert done(sent_back.plain(invited.email, ics))[0] == "review"


def test_t21_an_answer_about_an_older_time_changes_nothing(invited: Invited, guest: Guest) -> None:
    late = invited.says("DECLINED")
    take(guest, invited.reference, FRIDAY)
    move(guest, invited.reference)

    assert done(late) == ("stale", "older")

    assert asked(invited.reference) == 0


def test_an_answer_without_a_number_is_told_by_its_time(invited: Invited, guest: Guest) -> None:
    take(guest, invited.reference, FRIDAY)
    move(guest, invited.reference)
    before, after = (
        invited.says(sequence=None, stamp=guest.now + timedelta(minutes=by)) for by in (-1, 1)
    )

    assert done(before) == ("stale", "older")
    assert done(after) == ("apply", "accepted")


def test_the_last_answer_counts_in_whichever_order_they_come(invited: Invited) -> None:
    first = invited.says("DECLINED")
    second = invited.says("ACCEPTED", stamp=AT_FIVE_PAST + timedelta(seconds=30))

    assert done(second, now=AT_FIVE_PAST + timedelta(minutes=1)) == ("apply", "accepted")
    assert done(first, now=AT_FIVE_PAST + timedelta(minutes=2)) == ("stale", "older")


def test_t21_the_same_mail_counts_once(invited: Invited) -> None:
    mail = invited.says("DECLINED")
    take_in(mail)
    before = everything()

    assert done(mail) == ("stale", "seen_before")

    assert everything() == before


def test_t21_an_answer_sent_again_in_another_mail_changes_nothing(invited: Invited) -> None:
    mail = invited.says("DECLINED")
    take_in(mail)

    assert done(mail.replace(b"<CAF8", b"<CAF9")) == ("stale", "older")

    assert asked(invited.reference) == 1


def test_an_answer_dated_in_the_year_9999_does_not_close_the_door(invited: Invited) -> None:
    far = AT_FIVE_PAST.replace(year=9999)

    assert done(invited.says("ACCEPTED", stamp=far)) == ("apply", "accepted")
    later = invited.says("TENTATIVE", stamp=AT_FIVE_PAST + timedelta(minutes=1))
    assert done(later, now=AT_FIVE_PAST + timedelta(hours=1)) == ("apply", "tentative")


def test_another_time_is_kept_for_a_person_to_decide(invited: Invited) -> None:
    mail = invited.says("TENTATIVE", method="COUNTER", start="DTSTART:20270305T150000Z")

    outcome = take_in(mail)

    assert (str(outcome.action), outcome.for_a_person) == ("counter", True)
    (kept_as,) = rows(models.Reply)
    assert kept_as.proposed.isoformat() == "2027-03-05T15:00:00+00:00"


@pytest.mark.parametrize(
    ("start", "why"),
    [("DTSTART:20260305T150000Z", "past_time"), ("DTSTART;VALUE=DATE:20270305", "no_time")],
)
def test_another_time_that_is_none_is_left_to_a_person(
    invited: Invited, start: str, why: str
) -> None:
    assert done(invited.says(method="COUNTER", start=start)) == ("review", why)


def test_somebody_who_would_send_another_is_left_to_a_person(invited: Invited) -> None:
    mail = invited.says("DELEGATED", who=';DELEGATED-TO="mailto:cousin@example.org"')

    assert done(mail) == ("review", "delegated")


def test_a_mail_that_came_back_marks_the_address_as_not_reached(invited: Invited) -> None:
    name = left(invited.reference)

    assert done(sent_back.bounce(invited.email, name)) == ("review", "bounce")

    (mail,) = rows(models.Mail, models.Mail.kind == LetterKind.BOOKED)
    assert (mail.state, mail.fault) == ("refused", "bounced_5.1.1")


@pytest.mark.parametrize("action", ["delayed", "relayed"])
def test_a_mail_that_is_only_late_is_no_bounce(invited: Invited, action: str) -> None:
    name = left(invited.reference)

    assert done(sent_back.bounce(invited.email, name, action=action)) == ("ignore", "late")


def test_t21_a_bounce_that_names_no_mail_of_ours_marks_nobody(invited: Invited) -> None:
    left(invited.reference)

    assert done(sent_back.bounce(invited.email, "<made@up>")) == ("review", "bounce")

    assert {mail.state for mail in rows(models.Mail)} <= {"handed_over", "owed"}
