"""What a mail carries for calendars."""

from base64 import b64decode
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest

from app.domain.letter import LetterKind
from tests.ics.conformance import broken, broken_after
from tests.ics.readers import READERS
from tests.mail.conftest import Write
from tests.mail.received import received, reread
from tests.mail.samples import (
    ABOUT_AN_APPOINTMENT,
    BOOKED,
    CANCELLED,
    LETTERS,
    LINKS,
    MOVED,
    NO_LINKS,
    REMINDER,
    TO_CONFIRM,
)

with_calendar = pytest.mark.parametrize("name", ABOUT_AN_APPOINTMENT)


def parts(message: EmailMessage) -> list[EmailMessage]:
    return [part for part in message.walk() if isinstance(part, EmailMessage)]


def calendar_of(message: EmailMessage) -> bytes:
    data = parts(message)[4].get_payload(decode=True)
    assert isinstance(data, bytes)
    return data


@with_calendar
def test_an_invitation_has_the_shape_that_every_mail_program_takes(
    name: str, written: Write
) -> None:
    message = received(written, LETTERS[name])

    types = [part.get_content_type() for part in parts(message)]
    assert types == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    inline, attached = parts(message)[4:]
    assert inline["Content-Type"].params["charset"] == "UTF-8"
    assert inline["Content-Transfer-Encoding"] == "base64"
    assert inline["Content-Disposition"] is None
    assert attached.get_filename() == "invite.ics"
    assert attached["Content-Type"].params["name"] == "invite.ics"
    assert attached.get_content_disposition() == "attachment"
    assert attached.get_content() == calendar_of(message)


@with_calendar
def test_the_method_is_the_same_outside_and_inside(name: str, written: Write) -> None:
    message = received(written, LETTERS[name])

    others = {LetterKind.CANCELLED: "CANCEL", LetterKind.COUNTER_DECLINED: "DECLINECOUNTER"}
    wanted = others.get(LetterKind(name), "REQUEST")
    assert parts(message)[4]["Content-Type"].params["method"] == wanted
    assert f"METHOD:{wanted}\r\n".encode() in calendar_of(message)


@with_calendar
def test_what_arrives_is_what_every_calendar_program_takes(name: str, written: Write) -> None:
    letter = ABOUT_AN_APPOINTMENT[name]

    data = calendar_of(received(written, letter))

    assert broken(data) == set()
    for seen in (read(data) for read in READERS):
        assert letter.interval
        assert (seen.start, seen.end) == (letter.interval.start, letter.interval.end)
        assert seen.organizer == ("book@harbor.example", "Harbor Clinic")
        assert seen.attendees == (("marian@example.org", "Marian Hale"),)
        assert seen.sequence == letter.sequence


def test_each_mail_about_an_appointment_replaces_the_one_before(written: Write) -> None:
    booked, moved, gone = (
        calendar_of(reread(written, letter)) for letter in (BOOKED, MOVED, CANCELLED)
    )

    assert broken_after(booked, moved) == set()
    assert broken_after(moved, gone) == set()


def test_a_reminder_repeats_the_invitation_without_calling_it_new(written: Write) -> None:
    booked, reminder = calendar_of(reread(written, BOOKED)), calendar_of(reread(written, REMINDER))

    assert broken_after(booked, reminder) == set()
    assert b"SEQUENCE:0\r\n" in booked
    assert b"SEQUENCE:0\r\n" in reminder


def test_the_one_who_invites_is_the_one_who_writes(written: Write) -> None:
    message = reread(written, BOOKED)

    (sender,) = message["From"].addresses
    assert sender.addr_spec == "book@harbor.example"
    assert b"mailto:book@harbor.example" in calendar_of(message)
    assert written(BOOKED).sender == "book@harbor.example"


def test_whoever_invited_stays_the_one_when_the_clinic_has_another_mailbox(
    written: Write,
) -> None:
    before = calendar_of(reread(written, BOOKED))
    moved = replace(
        MOVED, clinic_address="new@harbor.example", organizer_address="book@harbor.example"
    )

    message = reread(written, moved)

    assert broken_after(before, calendar_of(message)) == set()
    unfolded = calendar_of(message).replace(b"\r\n ", b"")
    assert b'SENT-BY="mailto:new@harbor.example"' in unfolded
    assert message["From"].addresses[0].addr_spec == "new@harbor.example"


@pytest.mark.parametrize("letter", [LINKS, NO_LINKS, replace(BOOKED, wants_calendar=False)])
def test_a_person_may_choose_words_only(letter: Any, written: Write) -> None:
    message = reread(written, letter)

    types = [part.get_content_type() for part in parts(message)]
    assert types == ["multipart/alternative", "text/plain", "text/html"]


def test_t08_what_is_not_yet_promised_goes_into_no_calendar(written: Write) -> None:
    message = reread(written, TO_CONFIRM)

    types = [part.get_content_type() for part in parts(message)]
    assert types == ["multipart/alternative", "text/plain", "text/html"]
    assert message["References"] is None  # the mail it would name is not written yet


def test_the_calendar_part_is_plain_base64(written: Write) -> None:
    part = parts(reread(written, BOOKED))[4]

    assert b64decode(str(part.get_payload())) == calendar_of(reread(written, BOOKED))


@pytest.mark.parametrize("address", ["book@harbor.example", "Book@Harbor.example"])
def test_the_clinics_own_mailbox_is_told_in_words_and_not_invited(
    address: str, written: Write
) -> None:
    message = written(replace(BOOKED, recipient_address=address)).message

    parts = [part.get_content_type() for part in message.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    assert b"invitation" not in message.as_bytes()
