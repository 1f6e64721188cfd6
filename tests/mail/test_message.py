"""Mails as they leave: their names, their lines, who writes and who reads."""

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from app.domain.letter import one_line
from app.mail.faults import Refused
from app.mail.message import message_id, write
from tests.mail.conftest import Write
from tests.mail.received import received, reread
from tests.mail.samples import BOOKED, HOST, LETTERS, MOVED, NO_LINKS, REMINDER

every_letter = pytest.mark.parametrize("name", LETTERS)


@every_letter
def test_a_mail_says_that_a_machine_wrote_it(name: str, written: Write) -> None:
    message = received(written, LETTERS[name])

    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Content-Language"] == "en"
    addressed = [str(one.addr_spec) for one in message["To"].addresses]
    assert addressed == [LETTERS[name].recipient_address]
    assert len(message.defects) == 0
    for header in set(message.keys()):
        assert len(message.get_all(header, [])) == 1


@every_letter
def test_lines_are_ascii_and_short_enough_for_any_server(name: str, written: Write) -> None:
    data = written(replace(LETTERS[name], clinic_name="Clínica del Puerto")).message.as_bytes()

    assert data.isascii()
    assert max(len(line) for line in data.split(b"\r\n")) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")


@every_letter
def test_a_subject_begins_on_its_own_line(name: str, written: Write) -> None:
    letter = replace(LETTERS[name], clinic_name="Harbor Clinic at the Quay of Knoxville")

    data = written(letter).message.as_bytes()

    assert re.search(rb"^Subject: \S", data, re.MULTILINE)


def test_a_mail_written_twice_has_one_name(written: Write) -> None:
    first, second = (written(BOOKED).message["Message-ID"] for _ in range(2))

    assert first == second == message_id(BOOKED.name, HOST)


@every_letter
def test_a_mail_written_again_is_the_same_to_the_last_byte(name: str, written: Write) -> None:
    first, again = (written(LETTERS[name]).message.as_bytes() for _ in range(2))

    assert first == again
    assert written(LETTERS[name]).message["Date"].datetime == LETTERS[name].stamp


def test_no_two_mails_share_a_name() -> None:
    letters = [
        *LETTERS.values(),
        replace(REMINDER, lead_hours=3),
        replace(MOVED, sequence=3),
        replace(BOOKED, appointment_id="another"),
        replace(NO_LINKS, recipient_address="other@example.org"),
        replace(NO_LINKS, stamp=NO_LINKS.stamp + timedelta(hours=1)),
    ]

    names = [message_id(letter.name, HOST) for letter in letters]

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

    data = write(MOVED, environment=environment, host=host).message.as_bytes()

    message = message_from_bytes(data)
    assert message["Message-ID"].strip() == message_id(MOVED.name, host)
    assert message["References"].strip() == message_id(BOOKED.name, host)
