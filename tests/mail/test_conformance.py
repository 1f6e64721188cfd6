"""Every mail keeps every rule, and for each rule there is a mail that breaks it and no other."""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.domain.letter import Letter
from tests.mail.conformance import RULES, RULES_AFTER, broken, broken_after
from tests.mail.conftest import Write
from tests.mail.samples import ABOUT_AN_APPOINTMENT, BOOKED, LETTERS, MOVED, REMINDER

Spoil = Callable[[bytes], bytes]

APPOINTMENTS = {
    name: letter
    for name, letter in LETTERS.items()
    if letter.kind in ABOUT_AN_APPOINTMENT or letter.doctor_id or "mails_chosen" in name
}


def swap(old: bytes, new: bytes) -> Spoil:
    """Replace the first match; a pattern that matches nothing spoils nothing, and says so."""

    def spoil(data: bytes) -> bytes:
        spoilt, times = re.subn(old, new, data, count=1, flags=re.DOTALL)
        assert times == 1
        return spoilt

    return spoil


def header(line: bytes) -> Spoil:
    return lambda data: line + b"\r\n" + data


def without(name: bytes) -> Spoil:
    return swap(rb"\r\n" + name + rb":[^\r]*(\r\n [^\r]*)*", b"")


def inside(old: bytes, new: bytes) -> Spoil:
    """Change the calendar in both of its parts."""

    def spoil(data: bytes) -> bytes:
        carried = re.findall(rb"(?<=\r\n\r\n)QkVHSU4[A-Za-z0-9+/=\r\n]+", data)
        assert len(carried) == 2
        calendar = swap(old, new)(b64decode(carried[0]))
        lines = b64encode(calendar)
        wrapped = b"\r\n".join(lines[at : at + 76] for at in range(0, len(lines), 76)) + b"\r\n\r\n"
        for one in carried:
            data = data.replace(one, wrapped, 1)
        return data

    return spoil


SPOILS: dict[str, Spoil] = {
    "lines end with CR LF": swap(rb"\r\n", b"\n"),
    "lines are short enough for any server": header(b"X-Long: " + b"x" * 1000),
    "it is seven bits": header("X-Clinic: Clínica".encode()),
    "one of each header": header(b"Subject: Again"),
    "it has a name of its own": swap(rb"Message-ID: <[^>]*>", b"Message-ID: invitation"),
    "it says when it was written": without(b"Date"),
    "it says that a machine wrote it": without(b"Auto-Submitted"),
    "it says in which language": without(b"Content-Language"),
    "one writer": swap(rb"(From: [^\r]*)", rb"\1, book@harbor.example"),
    "one reader": header(b"Cc: marian@example.org"),
    "answers go to whoever wrote": header(b"Reply-To: desk@harbor.example"),
    "the shape that every program takes": swap(rb"multipart/alternative", b"multipart/related"),
    "words are UTF-8": swap(rb'(text/html; charset=)"utf-8"', rb'\1"latin-1"'),
    "the words load nothing": swap(rb"</body>", b'<img src=3D"x.png"></body>'),
    "the calendar names its method": swap(rb'method="REQUEST"', b'method="PUBLISH"'),
    "the calendar is said to be UTF-8": swap(rb'; charset="UTF-8"', b""),
    "the calendar is no file": swap(
        rb"(Content-Type: text/calendar)", rb"Content-Disposition: inline\r\n\1"
    ),
    "the same is attached as a file": swap(rb'filename="invite.ics"', b'filename="marian.ics"'),
    "the writer is the one who invites": swap(rb"<book@harbor", b"<desk@harbor"),
    "the reader is the one invited": swap(rb"<marian@example", b"<jo@example"),
    "the words alone say when and where": swap(rb"12 Quay Street", b"12 Kay Street"),
    "the words say how to reach the clinic": lambda data: re.sub(rb"://|tel:|\(207\)", b" ", data),
    "nobody reads why": swap(rb"\nSubject: Appointment", b"\nSubject: Treatment"),
    "nobody reads who from outside": swap(rb"\nSubject: Appointment", b"\nSubject: Marian"),
    "the calendar keeps its own rules": inside(rb"CLASS:PRIVATE", b"CLASS:PUBLIC"),
}
SPOILS_AFTER: dict[str, Spoil] = {
    "it follows the first": without(b"References"),
    "the calendar takes it for the newer": inside(rb"UID:\w", b"UID:z"),
}


def bytes_of(written: Write, letter: Letter) -> bytes:
    return written(letter).message.as_bytes()


@pytest.mark.parametrize("name", APPOINTMENTS)
@pytest.mark.parametrize("language", ["en", "es-US"])
@pytest.mark.parametrize("calendar", [True, False], ids=["invited", "words only"])
def test_every_mail_keeps_every_rule(
    name: str, language: str, calendar: bool, written: Write
) -> None:
    wants = calendar and APPOINTMENTS[name].wants_calendar
    letter = replace(APPOINTMENTS[name], language=language, wants_calendar=wants, signs=())

    assert broken(bytes_of(written, letter)) == set()


@pytest.mark.parametrize("rule", SPOILS)
def test_a_mail_that_breaks_a_rule_is_caught(rule: str, written: Write) -> None:
    spoilt = SPOILS[rule](bytes_of(written, BOOKED))

    assert broken(spoilt) == {rule}


@pytest.mark.parametrize("later", [MOVED, REMINDER])
def test_a_later_mail_goes_on_from_the_first(later: Letter, written: Write) -> None:
    assert broken_after(bytes_of(written, BOOKED), bytes_of(written, later)) == set()


@pytest.mark.parametrize("rule", SPOILS_AFTER)
def test_a_later_mail_that_breaks_a_rule_is_caught(rule: str, written: Write) -> None:
    spoilt = SPOILS_AFTER[rule](bytes_of(written, MOVED))

    assert broken_after(bytes_of(written, BOOKED), spoilt) == {rule}


def test_a_mail_that_takes_the_name_of_another_is_caught(written: Write) -> None:
    booked, moved = bytes_of(written, BOOKED), bytes_of(written, MOVED)
    name = re.search(rb"Message-ID: (<[^>]*>)", booked)
    assert name

    spoilt = swap(rb"Message-ID: <[^>]*>", b"Message-ID: " + name[1])(moved)

    assert broken_after(booked, spoilt) == {"no name is used twice"}


def test_a_calendar_that_is_only_attached_is_caught(written: Write) -> None:
    whole = bytes_of(written, BOOKED)
    inline = re.search(
        rb"\r\n--\S+=1\r\nContent-Transfer-Encoding: base64.*?(?=\r\n--)", whole, re.DOTALL
    )
    assert inline

    spoilt = whole.replace(inline[0], b"")

    assert "the shape that every program takes" in broken(spoilt)
    assert "the same is attached as a file" in broken(spoilt)


def test_a_calendar_outside_the_alternatives_is_caught(written: Write) -> None:
    moved_out = swap(rb"Content-Type: application/ics;", b"Content-Type: text/calendar;")

    assert "the calendar is where Outlook looks" in broken(moved_out(bytes_of(written, BOOKED)))


def test_a_calendar_in_another_code_is_caught(written: Write) -> None:
    coded = swap(
        rb"Content-Transfer-Encoding: base64(\r\nContent-Type: text/calendar)",
        rb"Content-Transfer-Encoding: 8bit\1",
    )

    assert "the calendar travels as base64" in broken(coded(bytes_of(written, BOOKED)))


def test_a_mail_without_words_is_caught(written: Write) -> None:
    wordless = swap(rb"(Content-Type: text/plain[^\n]*\n[^\n]*\n\r\n).*?(\r\n--)", rb"\1\2")

    assert "there are words" in broken(wordless(bytes_of(written, BOOKED)))


def test_there_is_a_spoilt_mail_for_every_rule() -> None:
    shown_apart = {
        "there are words", "the calendar is where Outlook looks", "the calendar travels as base64",
        "no name is used twice",
    }  # fmt: skip

    assert {*SPOILS, *SPOILS_AFTER} | shown_apart == {*RULES, *RULES_AFTER}
