"""The rules a calendar message keeps, by name, checked on bare bytes without any library.

They are those of RFC 5545, 5546 and 6047, and of what Outlook, Gmail, Apple and Thunderbird
do in fact.  `broken` names the rules a message breaks; `broken_after` those that a later
message about the same appointment breaks.  Each rule is about one thing: what breaks one breaks
no other, so that the name says what is wrong.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

UTC_TIME = re.compile(r"\d{8}T\d{6}Z")
ONCE = (
    *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND"),
    *("STATUS", "SUMMARY", "ORGANIZER", "CLASS", "TRANSP"),
)
TIMES = ("DTSTAMP", "DTSTART", "DTEND", "CREATED", "LAST-MODIFIED")
TEXTS = ("SUMMARY", "LOCATION", "DESCRIPTION")
OF_MAILS = ("REQUEST", "CANCEL", "DECLINECOUNTER")
METHODS = (*OF_MAILS, "PUBLISH")
INVITED = {
    "CUTYPE": "INDIVIDUAL",
    "ROLE": "REQ-PARTICIPANT",
    "PARTSTAT": "NEEDS-ACTION",
    "RSVP": "TRUE",
}


@dataclass(frozen=True)
class Line:
    """A content line, unfolded and taken apart."""

    name: str
    params: dict[str, str]
    value: str
    within: tuple[str, ...]
    event: int  # which one of the calendar, counted from 1; 0 before the first


class Message:
    """A calendar message as bytes and as lines."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.unfolded = data.replace(b"\r\n", b"\n").replace(b"\n ", b"").replace(b"\n\t", b"")
        text = self.unfolded.decode("utf-8", "replace").removeprefix("\ufeff")
        self.calendars = text.count("BEGIN:VCALENDAR")
        self.lines = list(_lines(text.partition("END:VCALENDAR")[0]))

    def all(self, name: str, within: str = "VEVENT") -> list[Line]:
        """Return the lines of one name directly inside a component; no second event counts."""
        return [
            line
            for line in self.lines
            if line.name == name and line.within[-1:] == (within,) and line.event < 2
        ]

    def value(self, name: str, within: str = "VEVENT") -> str:
        """Return the value of the first line of that name, or nothing."""
        return next((line.value for line in self.all(name, within)), "")

    def count(self, component: str) -> int:
        """Return how often a component begins."""
        return sum(line.name == "BEGIN" and line.value == component for line in self.lines)

    @property
    def method(self) -> str:
        return self.value("METHOD", "VCALENDAR")


def _lines(text: str) -> Iterator[Line]:
    within: list[str] = []
    event = 0
    for row in text.split("\n"):
        head, _, value = _split(row, ":")
        name, *params = _parts(head)
        if name == "END" and within:
            within.pop()
        yield Line(name.upper(), dict(map(_pair, params)), value, tuple(within), event)
        if name == "BEGIN":
            within.append(value)
            event += value == "VEVENT"


def _split(row: str, mark: str) -> tuple[str, str, str]:
    quoted = False
    for index, char in enumerate(row):
        quoted ^= char == '"'
        if char == mark and not quoted:
            return row[:index], mark, row[index + 1 :]
    return row, "", ""


def _parts(head: str) -> list[str]:
    parts, rest = [], head
    while rest:
        part, _, rest = _split(rest, ";")
        parts.append(part)
    return parts or [""]


def _pair(param: str) -> tuple[str, str]:
    key, _, value = param.partition("=")
    return key.upper(), value.strip('"')


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _one_attendee(message: Message) -> bool:
    if message.method not in METHODS:
        return True
    return len(message.all("ATTENDEE")) == (1 if message.method in OF_MAILS else 0)


def _asked_to_answer(message: Message) -> bool:
    doctors = len(message.value("UID").partition("@")[0]) > 20  # a copy of their own
    wanted = INVITED | {"RSVP": "FALSE"} if doctors else INVITED
    return all(wanted.items() <= line.params.items() for line in message.all("ATTENDEE"))


def _people(message: Message) -> list[Line]:
    return message.all("ORGANIZER") + message.all("ATTENDEE")


def _named_people(message: Message) -> bool:
    return all(
        re.fullmatch(r"mailto:[^@<>\s]+@[^@<>\s]+", line.value) and line.params.get("CN")
        for line in _people(message)
    )


def _escaped(message: Message) -> bool:
    values = [line.value for name in TEXTS for line in message.all(name)]
    return not any(re.search(r"(?<!\\)(\\\\)*[,;]|\\(?![\\;,nN])", value) for value in values)


def _alarm(message: Message) -> bool:
    if message.method != "PUBLISH":
        return message.count("VALARM") == 0
    parts = [message.value(name, "VALARM") for name in ("TRIGGER", "ACTION", "DESCRIPTION")]
    return message.count("VALARM") == 1 and all(parts) and parts[1] == "DISPLAY"


def _utc(message: Message) -> bool:
    times = [line for name in TIMES for line in message.all(name)]
    return all(UTC_TIME.fullmatch(line.value) and not line.params for line in times)


def _status(message: Message) -> bool:
    wanted = "CANCELLED" if message.method == "CANCEL" else "CONFIRMED"
    return message.value("STATUS") == wanted


def _grown(earlier: Message, later: Message) -> bool:
    """Say whether the sequence grew if a calendar would have to change the entry."""
    same = all(earlier.value(name) == later.value(name) for name in ("DTSTART", "DTEND", "STATUS"))
    return same or _sequence(earlier) != _sequence(later)


def _sequence(message: Message) -> int:
    return int(message.value("SEQUENCE"))


def _bare_newlines(data: bytes) -> int:
    return len(re.findall(rb"(?<!\r)\n|\r(?!\n)", data))


RULES: dict[str, Callable[[Message], bool]] = {
    "lines end with CR LF": lambda m: not _bare_newlines(m.data) and m.data.endswith(b"\r\n"),
    "it is UTF-8": lambda m: _is_utf8(m.unfolded),
    "no byte order mark": lambda m: not m.data.startswith(b"\xef\xbb\xbf"),
    "no line is longer than 75 bytes": lambda m: max(map(len, m.data.split(b"\r\n"))) <= 75,
    "no fold cuts a character": lambda m: (
        not _is_utf8(m.unfolded) or all(map(_is_utf8, m.data.split(b"\r\n")))
    ),
    "one calendar": lambda m: m.calendars == 1,
    "one event": lambda m: m.count("VEVENT") == 1,
    "version 2.0": lambda m: m.value("VERSION", "VCALENDAR") == "2.0",
    "a maker": lambda m: m.value("PRODID", "VCALENDAR").startswith("-//"),
    "a method we use": lambda m: m.method in METHODS,
    "the calendar has no UID": lambda m: not m.all("UID", "VCALENDAR"),
    "what must be there is there once": lambda m: all(len(m.all(name)) == 1 for name in ONCE),
    "times are UTC": _utc,
    "it ends after it starts": lambda m: m.value("DTSTART") < m.value("DTEND"),
    "UID is opaque at a host": lambda m: bool(re.fullmatch(r"[a-z0-9]+@\S+", m.value("UID"))),
    "SEQUENCE is a number": lambda m: m.value("SEQUENCE").isdecimal(),
    "STATUS fits METHOD": _status,
    "CLASS is PRIVATE": lambda m: m.value("CLASS") == "PRIVATE",
    "it takes time": lambda m: m.value("TRANSP") == "OPAQUE",
    "people have a name and a plain address": _named_people,
    "mails invite one person, downloads nobody": _one_attendee,
    "patients are asked to answer, doctors are not": _asked_to_answer,
    "nobody invites themselves": lambda m: m.value("ORGANIZER") != m.value("ATTENDEE"),
    "text is escaped": _escaped,
    "only downloads have an alarm": _alarm,
    "no zone of its own": lambda m: m.count("VTIMEZONE") == 0,
    "it does not repeat": lambda m: not m.all("RRULE") and not m.all("RDATE"),
    "the words hold no link": lambda m: (
        not any("://" in line.value for name in (*TEXTS, "URL") for line in m.all(name))
    ),
    "names need no code of their own": lambda m: (
        not any(set(line.params.get("CN", "")) & set('^"') for line in _people(m))
    ),
    "plain words only": lambda m: not m.all("X-ALT-DESC") and not m.all("ATTACH"),
    "no other time is proposed": lambda m: (
        m.method != "REQUEST" or m.value("X-MICROSOFT-DISALLOW-COUNTER") == "TRUE"
    ),
}

RULES_AFTER: dict[str, Callable[[Message, Message], bool]] = {
    "UID stays": lambda a, b: a.value("UID") == b.value("UID"),
    "the inviter stays": lambda a, b: a.value("ORGANIZER") == b.value("ORGANIZER"),
    "SEQUENCE never falls": lambda a, b: _sequence(a) <= _sequence(b),
    "SEQUENCE changes with time and status": _grown,
    "DTSTAMP grows": lambda a, b: a.value("DTSTAMP") < b.value("DTSTAMP"),
}


def broken(data: bytes) -> set[str]:
    """Return the names of the rules this message breaks."""
    message = Message(data)
    return {name for name, kept in RULES.items() if not kept(message)}


def broken_after(earlier: bytes, later: bytes) -> set[str]:
    """Return the names of the rules the later message breaks."""
    pair = Message(earlier), Message(later)
    return {name for name, kept in RULES_AFTER.items() if not kept(*pair)}
