"""Which mail an appointment's mails follow, and who invites: from what really left."""

from datetime import datetime, timedelta

from sqlalchemy import update

from app.domain.letter import Letter, LetterKind
from app.services import cancelling, letters, outbox
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import TUESDAY_NOON, Guest, days, person, wish
from tests.conftest import MONDAY_8AM
from tests.offers import offer
from tests.services.flood import book, by_link, confirm
from tests.services.looking import clinic_changed, rows

THURSDAY = TUESDAY_NOON + days(2)
MINUTE = timedelta(minutes=1)


def letter(mail: models.Mail, *, now: datetime) -> Letter:
    said = letters.letter(
        mail.id, base_url="https://harbor.example.org", emergency_number="911", now=now
    )
    assert said is not None
    return said


def leave(kind: LetterKind, *, sender: str = "book@harbor.example", now: datetime) -> Letter:
    """Let the oldest mail that is owed leave: it is one of this kind."""
    owed = outbox.lease(now=now, owner="one")
    assert owed is not None
    (mail,) = rows(models.Mail, models.Mail.id == owed.id)
    assert mail.kind == kind
    said = letter(mail, now=now)
    outbox.handed_over(mail.id, "one", sender=sender, now=now)
    return said


def test_mails_follow_the_first_that_left(guest: Guest) -> None:
    reference = guest.book(wish(THURSDAY))
    booked = leave(LetterKind.BOOKED, now=MONDAY_8AM)
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM + MINUTE)

    cancelled = leave(LetterKind.CANCELLED, now=MONDAY_8AM + MINUTE)

    assert booked.first is None
    assert cancelled.first == booked.name


def test_a_mail_does_not_follow_one_that_never_left(guest: Guest) -> None:
    reference = guest.book(wish(THURSDAY))
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)

    assert leave(LetterKind.CANCELLED, now=MONDAY_8AM).first is None


def test_the_invitation_follows_the_mail_that_asked_to_confirm(
    guest: Guest, pressed: datetime
) -> None:
    reference = book(guest, wish(THURSDAY))
    asked = leave(LetterKind.TO_CONFIRM, now=pressed)
    confirm(reference, by_link(reference, pressed))

    assert leave(LetterKind.BOOKED, now=pressed).first == asked.name


def test_mails_in_words_only_follow_each_other_too(guest: Guest) -> None:
    reference = guest.book(wish(THURSDAY), person(calendar="text"))
    booked = leave(LetterKind.BOOKED, now=MONDAY_8AM)
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM + MINUTE)

    assert leave(LetterKind.CANCELLED, now=MONDAY_8AM + MINUTE).first == booked.name


def test_who_invited_first_invites_for_good(guest: Guest) -> None:
    reference = guest.book(wish(THURSDAY))
    leave(LetterKind.BOOKED, sender="old@harbor.example", now=MONDAY_8AM)
    db.session.execute(update(models.Clinic).values(email="new@harbor.example"))
    clinic_changed()
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM + MINUTE)

    said = leave(LetterKind.CANCELLED, now=MONDAY_8AM + MINUTE)

    assert said.organizer_address == "old@harbor.example"
    assert said.clinic_address == "new@harbor.example"


def test_the_mail_that_offers_another_time_follows_too(guest: Guest) -> None:
    reference = guest.book(wish(THURSDAY))
    booked = leave(LetterKind.BOOKED, now=MONDAY_8AM)
    offer(reference)

    assert leave(LetterKind.OFFERED, now=MONDAY_8AM).first == booked.name
