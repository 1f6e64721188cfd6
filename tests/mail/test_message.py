from base64 import b64decode
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from app.domain.letter import LetterKind, one_line
from app.mail.faults import Refused
from app.mail.message import message_id, write
from tests.ics.conformance import broken, broken_after
from tests.ics.readers import READERS
from tests.mail.conftest import Write
from tests.mail.samples import (
    ABOUT_AN_APPOINTMENT,
    BOOKED,
    CANCELLED,
    HOST,
    LETTERS,
    LINKS,
    MOVED,
    NO_LINKS,
    NOW,
    REMINDER,
    TO_CONFIRM,
)
from tests.mail.servers import Mailboxes, serving
from tests.mail.test_smtp import transport

every_letter = pytest.mark.parametrize("name", LETTERS)
with_calendar = pytest.mark.parametrize("name", ABOUT_AN_APPOINTMENT)


def received(written: Write, letter: Any) -> EmailMessage:
    """Return the mail as a mail program reads it, after its way through a server."""
    mailboxes = Mailboxes()
    with serving(mailboxes) as place:
        transport(f"smtp://{place}").send(written(letter))
    return mailboxes.last()


def reread(written: Write, letter: Any) -> EmailMessage:
    """Return the mail as a mail program reads it, without the way."""
    message = message_from_bytes(written(letter).message.as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


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

    wanted = "CANCEL" if name == LetterKind.CANCELLED else "REQUEST"
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

    assert broken_after(booked, reminder) == {"SEQUENCE grows"}


def test_the_one_who_invites_is_the_one_who_writes(written: Write) -> None:
    message = reread(written, BOOKED)

    (sender,) = message["From"].addresses
    assert sender.addr_spec == "book@harbor.example"
    assert b"mailto:book@harbor.example" in calendar_of(message)
    assert written(BOOKED).sender == "book@harbor.example"


@every_letter
def test_a_mail_says_that_a_machine_wrote_it(name: str, written: Write) -> None:
    message = received(written, LETTERS[name])

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Content-Language"] == "en"
    assert [str(one.addr_spec) for one in message["To"].addresses] == ["marian@example.org"]
    assert len(message.defects) == 0
    for header in set(message.keys()):
        assert len(message.get_all(header, [])) == 1


@every_letter
def test_lines_are_ascii_and_short_enough_for_any_server(name: str, written: Write) -> None:
    data = written(replace(LETTERS[name], clinic_name="Clínica del Puerto")).message.as_bytes()

    assert data.isascii()
    assert max(len(line) for line in data.split(b"\r\n")) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")


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


def test_a_mail_written_twice_has_one_name(written: Write) -> None:
    first, second = (written(BOOKED).message["Message-ID"] for _ in range(2))

    assert first == second == message_id(BOOKED, HOST)


def test_no_two_mails_share_a_name() -> None:
    letters = [
        *LETTERS.values(),
        replace(REMINDER, lead_hours=3),
        replace(MOVED, sequence=3),
        replace(BOOKED, appointment_id="another"),
        replace(NO_LINKS, recipient_address="other@example.org"),
        replace(NO_LINKS, stamp=NO_LINKS.stamp + timedelta(hours=1)),
    ]

    names = [message_id(letter, HOST) for letter in letters]

    assert len(set(names)) == len(names) - 1  # LINKS and NO_LINKS are one and the same request
    assert not any("marian" in name or "k3f6zq" in name for name in names)


def test_later_mails_refer_to_the_first(written: Write) -> None:
    first = received(written, BOOKED)
    later = received(written, MOVED)

    assert first["References"] is None
    assert later["References"] == later["In-Reply-To"] == first["Message-ID"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "marian",
        "a@b.example,c@d.example",
        '"x" <a@b.example>',
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example\x00",
        "a\u202e@b.example",
        "a@b.example (c)",
        "a" * 65536 + "@b.example",
    ],
)
def test_t16_an_address_that_is_more_or_less_than_one_is_refused(
    address: str, written: Write
) -> None:
    with pytest.raises(Refused, match="address_malformed"):
        written(replace(BOOKED, recipient_address=address))


def test_an_address_of_another_script_is_written_as_the_network_knows_it(written: Write) -> None:
    envelope = written(replace(BOOKED, recipient_address="marian@bücher.example"))

    assert envelope.recipient == "marian@xn--bcher-kva.example"
    assert envelope.message.as_bytes().isascii()


EVIL = "Eve\r\nBcc: all@example.net\r\n\r\nbody\x00\u202emoc"


def test_t16_a_name_stays_a_name(written: Write) -> None:
    message = received(written, replace(BOOKED, recipient_name=EVIL, patient_name=EVIL))

    assert message["Bcc"] is None
    (to,) = message["To"].addresses
    assert to.addr_spec == "marian@example.org"
    assert to.display_name == "Eve Bcc all example.net body moc"
    body = message.get_body(("plain",))
    assert body
    assert "For: Eve Bcc: all@example.net body moc" in body.get_content().splitlines()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(name=st.text(max_size=250))
@example(name=EVIL)
@example(name='"a" <b@c.example>, d@e.example;' * 4)
@example(name="Łukasiewicz, Siobhán (née O'Neil) <x@y.example>, " * 4)
@example(name="=?utf-8?q?Eve=0D=0ABcc=3A_x?=")
def test_t16_no_name_names_a_second_mailbox(name: str, written: Write) -> None:
    message = reread(written, replace(BOOKED, recipient_name=name, clinician_name=name))

    (to,) = message["To"].addresses
    assert to.addr_spec == "marian@example.org"
    assert set(message.keys()) >= {"From", "To", "Subject"}
    assert message["Bcc"] is None
    assert one_line(message["Subject"]) == message["Subject"].strip()


@pytest.mark.parametrize("labels", [1, 2, 3])
def test_the_name_of_a_mail_is_whole_even_from_a_long_host(
    labels: int, environment: Environment
) -> None:
    host = ".".join(["a" * 60] * labels + ["example"])

    data = write(MOVED, environment=environment, host=host, now=NOW).message.as_bytes()

    message = message_from_bytes(data)
    assert message["Message-ID"].strip() == message_id(MOVED, host)
    assert message["References"].strip() == message_id(BOOKED, host)


def test_the_calendar_part_is_plain_base64(written: Write) -> None:
    part = parts(reread(written, BOOKED))[4]

    assert b64decode(str(part.get_payload())) == calendar_of(reread(written, BOOKED))
