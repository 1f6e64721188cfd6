"""What a mail says becomes of answers to it."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import worker
from app.domain.letter import Letter
from tests.clinics import TUESDAY_NOON, Guest, person, wish
from tests.conftest import StoppedClock
from tests.mail.conformance import Mail
from tests.mail.conftest import Write
from tests.mail.samples import BOOKED, CANCELLED, DOCTOR_BOOKED, LETTERS, REMINDER

NOBODY = "Nobody reads answers to this mail."
CALENDARS = "Your calendar's yes or no reaches us by itself."
LATE = "What you write to this address may be read late."


def bodies(written: Write, letter: Letter) -> list[str]:
    """Return the words, and the page if there is one, each on one line."""
    message = written(letter).message
    found = (message.get_body((kind,)) for kind in ("plain", "html"))
    return [" ".join(part.get_content().split()) for part in found if part]


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_where_no_mailbox_is_read_every_mail_says_so(letter: Letter, written: Write) -> None:
    assert all(NOBODY in body for body in bodies(written, letter))


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_where_the_mailbox_is_read_no_mail_denies_it(letter: Letter, written: Write) -> None:
    for body in bodies(written, replace(letter, answers_read=True)):
        assert NOBODY not in body
        assert (CALENDARS in body) != (LATE in body)


def test_whoever_is_asked_by_an_invitation_is_told_that_the_answer_arrives(written: Write) -> None:
    for letter in (BOOKED, REMINDER):
        for body in bodies(written, replace(letter, answers_read=True)):
            assert CALENDARS in body
            assert "(207) 555-0142" in body


@pytest.mark.parametrize(
    "letter", [CANCELLED, DOCTOR_BOOKED, replace(BOOKED, wants_calendar=False)]
)
def test_whoever_is_asked_nothing_is_told_to_call(letter: Letter, written: Write) -> None:
    assert all(LATE in body for body in bodies(written, replace(letter, answers_read=True)))


def test_in_spanish_too(written: Write) -> None:
    for body in bodies(written, replace(BOOKED, language="es", answers_read=True)):
        assert "El sí o el no de su calendario nos llega por sí solo." in body
        assert "Nadie lee" not in body


@pytest.mark.parametrize(
    ("imap_url", "said"), [(None, NOBODY), ("imaps://book:secret@mail.harbor.example", CALENDARS)]
)
def test_the_mails_that_leave_say_what_is_true_here(
    imap_url: str | None, said: str, site: Flask, clock: StoppedClock
) -> None:
    settings = replace(site.extensions["settings"], imap_url=imap_url)
    site.extensions["settings"] = settings
    with site.app_context():
        Guest(clock.now).book(wish(TUESDAY_NOON), person("marian@example.org"))
        worker.build(site).courier.deliver_due(clock=clock)

    (mail,) = (Path(settings.instance) / "mail").glob("*.eml")
    assert said in " ".join(Mail(mail.read_bytes()).words().split())
