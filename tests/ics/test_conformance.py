import re
from collections.abc import Callable

import pytest

from tests.ics.conformance import RULES, RULES_AFTER, broken, broken_after
from tests.ics.samples import MESSAGES

Spoil = Callable[[bytes], bytes]


def swap(old: bytes, new: bytes) -> Spoil:
    """Replace the first match; a pattern that matches nothing spoils nothing, and says so."""

    def spoil(data: bytes) -> bytes:
        spoilt, times = re.subn(old, new, data, count=1)
        assert times == 1
        return spoilt

    return spoil


def without(name: bytes) -> Spoil:
    return swap(rb"\r\n" + name + rb"[^\r]*(\r\n [^\r]*)*", b"")


def with_line(line: bytes) -> Spoil:
    return swap(rb"(?=\r\nEND:VEVENT)", b"\r\n" + line)


ATTENDEE = rb"(ATTENDEE(?:[^\r]|\r\n )*)\r\n(?! )"
ALARM = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT2H\r\nEND:VALARM"

SPOILS: dict[str, Spoil] = {
    "lines end with CR LF": swap(rb"\r\n", b"\n"),
    "it is UTF-8": swap("á".encode(), "á".encode("latin-1")),
    "no byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "no line is longer than 75 bytes": swap(rb"\r\n ", b""),
    "no fold cuts a character": swap("(\xc3)(\xa1)".encode("latin-1"), rb"\1\r\n \2"),
    "one calendar": lambda data: data * 2,
    "one event": swap(rb"(?s)(BEGIN:VEVENT.*END:VEVENT\r\n)", rb"\1\1"),
    "version 2.0": swap(b"VERSION:2.0", b"VERSION:1.0"),
    "a maker": without(b"PRODID"),
    "a method we use": without(b"METHOD"),
    "the calendar has no UID": swap(rb"(METHOD:REQUEST)", rb"\1\r\nUID:1@x"),
    "what must be there is there once": without(b"DTSTAMP"),
    "times are UTC": swap(rb"(DTSTART:\w+)Z", rb"\1"),
    "it ends after it starts": swap(rb"DTEND:\w+", b"DTEND:20270315T133000Z"),
    "UID is opaque at a host": swap(rb"UID:[^\r]+", b"UID:1"),
    "SEQUENCE is a number": swap(rb"SEQUENCE:0", b"SEQUENCE:-1"),
    "STATUS fits METHOD": swap(b"CONFIRMED", b"CANCELLED"),
    "CLASS is PRIVATE": swap(b"CLASS:PRIVATE", b"CLASS:PUBLIC"),
    "it takes time": swap(b"OPAQUE", b"TRANSPARENT"),
    "people have a name and a plain address": swap(
        b"mailto:book@harbor.example", b"mailto:Harbor <book@harbor.example>"
    ),
    "mails invite one person, downloads nobody": swap(ATTENDEE, rb"\1\r\n\1\r\n"),
    "patients are asked to answer, doctors are not": swap(rb";RSVP=TRUE", b""),
    "nobody invites themselves": swap(
        rb"mailto:book@harbor\.example", b"mailto:siobhan@example.org"
    ),
    "text is escaped": swap(rb"Rivera\\,", b"Rivera,"),
    "only downloads have an alarm": with_line(ALARM),
    "no zone of its own": with_line(b"BEGIN:VTIMEZONE\r\nTZID:Clinic\r\nEND:VTIMEZONE"),
    "it does not repeat": with_line(b"RRULE:FREQ=DAILY"),
    "the words hold no link": swap(b"SUMMARY:Appointment with", b"SUMMARY:https://x.example"),
    "names need no code of their own": swap(b'CN="Harbor Clinic"', b'CN="Harbor^nClin"'),
    "plain words only": with_line(b"X-ALT-DESC;FMTTYPE=text/html:<b>x</b>"),
    "no other time is proposed": without(b"X-MICROSOFT-DISALLOW-COUNTER"),
}
SPOILS_AFTER: dict[str, Spoil] = {
    "UID stays": swap(rb"UID:\w", b"UID:z"),
    "the inviter stays": swap(b"mailto:book@", b"mailto:rivera@"),
    "SEQUENCE never falls": swap(b"SEQUENCE:1", b"SEQUENCE:-1"),
    "SEQUENCE changes with time and status": swap(b"SEQUENCE:1", b"SEQUENCE:0"),
    "DTSTAMP grows": swap(rb"DTSTAMP:\w+", b"DTSTAMP:20260101T000000Z"),
}


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_keeps_every_rule(message: str) -> None:
    assert broken(MESSAGES[message]) == set()


@pytest.mark.parametrize("rule", RULES)
def test_a_message_that_breaks_a_rule_is_caught(rule: str) -> None:
    spoilt = SPOILS[rule](MESSAGES["REQUEST"])

    assert broken(spoilt) == {rule}


@pytest.mark.parametrize(("earlier", "later"), [("REQUEST", "UPDATE"), ("UPDATE", "CANCEL")])
def test_a_later_message_replaces_the_earlier_one(earlier: str, later: str) -> None:
    assert broken_after(MESSAGES[earlier], MESSAGES[later]) == set()


@pytest.mark.parametrize("rule", RULES_AFTER)
def test_a_later_message_that_breaks_a_rule_is_caught(rule: str) -> None:
    spoilt = SPOILS_AFTER[rule](MESSAGES["UPDATE"])

    assert broken_after(MESSAGES["REQUEST"], spoilt) == {rule}
