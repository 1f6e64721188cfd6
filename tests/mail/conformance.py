"""The rules that a mail about an appointment keeps, by name, checked on the bytes that leave.

They are those of RFC 5322 and 6047, and of what mail programs do in fact; those of the calendar
inside are in `tests/ics/conformance.py`.  `broken` names the rules a mail breaks; `broken_after`
those that a later mail about the same appointment breaks.  What breaks one rule breaks no other.
"""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message as Part
from email.utils import getaddresses

from tests.ics import conformance as ics
from tests.mail.neutral import telling

INVITATION = [
    *("multipart/mixed", "multipart/alternative", "text/plain", "text/html"),
    *("text/calendar", "application/ics"),
]
SHAPES = (INVITATION, INVITATION[1:4], ["text/plain"])
ID = r"<[a-z0-9]+@[^@<>\s]+>"
ONE_ONLY = "From To Subject Date Message-ID In-Reply-To References MIME-Version".split()  # noqa: SIM905  a list to read


class Mail:
    """A mail as its bytes, and as the parts that a mail program sees."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.message = message_from_bytes(data)
        self.parts = list(self.message.walk())
        found = self.of("text/calendar") or self.of("application/ics")
        self.calendar = ics.Message(_bytes(found[0])) if found else None

    def of(self, kind: str) -> list[Part]:
        """Return the parts of a kind."""
        return [part for part in self.parts if part.get_content_type() == kind]

    def header(self, name: str) -> str:
        """Return a header as people read it, or nothing."""
        return str(make_header(decode_header(self.message.get(name, ""))))

    def words(self, kind: str = "text/plain") -> str:
        """Return the words of the first part of a kind."""
        return "".join(_bytes(part).decode("utf-8", "replace") for part in self.of(kind)[:1])

    def addresses(self, name: str) -> list[str]:
        """Return the addresses that a header names."""
        return [address.lower() for _, address in getaddresses([self.message.get(name, "")])]

    def about(self, name: str) -> str:
        """Return what the calendar says, with its commas as people read them."""
        said = self.calendar.value(name) if self.calendar else ""
        return said.replace("\\,", ",").replace("\\;", ";")


def _bytes(part: Part) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _inline(mail: Mail) -> bool:
    """Look where Outlook does: in the first child of the whole and whatever is in it."""
    first = mail.message.get_payload(0) if mail.message.is_multipart() else mail.message
    assert isinstance(first, Part)
    within = [part for part in first.walk() if part.get_content_type() == "text/calendar"]
    return len(within) == len(mail.of("text/calendar"))


def _same_method(mail: Mail) -> bool:
    said = [str(part.get_param("method", "")) for part in mail.of("text/calendar")]
    return all(mail.calendar and one.upper() == mail.calendar.method for one in said)


def _readable(part: Part) -> bool:
    try:
        b64decode(str(part.get_payload()).replace("\n", "").replace("\r", ""), validate=True)
    except NotBase64:
        return False
    return str(part["Content-Transfer-Encoding"]) == "base64"


def _attached(mail: Mail) -> bool:
    """The file beside the invitation is the same, and its name says nothing."""
    return all(
        [_bytes(part)] == [_bytes(one) for one in mail.of("text/calendar")]
        and part.get_content_disposition() == "attachment"
        and part.get_filename() == part.get_param("name") == "invite.ics"
        for part in mail.of("application/ics")
    )


def _people(mail: Mail, name: str, header: str) -> bool:
    """The person of the calendar is the one of the header, or lets that one write for them."""
    lines = mail.calendar.all(name) if mail.calendar else []
    return all(
        f"mailto:{address}" in (line.value.lower(), line.params.get("SENT-BY", "").lower())
        for line in lines
        for address in mail.addresses(header)
    )


def _says_when_and_where(mail: Mail) -> bool:
    """The words alone are enough to come: calendars may drop what nobody accepted."""
    text = ", ".join(" ".join(line.split()) for line in mail.words().splitlines())
    when, *_ = mail.about("DESCRIPTION").split("\\n")
    where = mail.about("LOCATION") if mail.calendar and mail.calendar.method == "REQUEST" else ""
    return when in text and where in text


def _says_nothing_of_health(mail: Mail) -> bool:
    html = re.sub(r"<style>.*?</style>|<[^>]*>", " ", mail.words("text/html"), flags=re.DOTALL)
    calendar = [mail.about(name) for name in ics.TEXTS]
    return not telling(" ".join([mail.header("Subject"), mail.words(), html, *calendar]))


def _patient_is_inside_only(mail: Mail) -> bool:
    """A subject is read on a locked screen, a UID by whoever gets a file."""
    lines = mail.calendar.all("ATTENDEE") if mail.calendar else []
    names = {word for line in lines for word in line.params.get("CN", "").split()}
    outside = {*mail.header("Subject").split(), *re.split(r"\W", mail.about("UID"))}
    return not names & outside


def _loads_nothing(mail: Mail) -> bool:
    return not re.search(r"<img|<script|<link|\bsrc=|url\(", mail.words("text/html"))


def _params(part: Part, name: str) -> str:
    return str(part.get_param(name, "")).lower()


RULES: dict[str, Callable[[Mail], bool]] = {
    "lines end with CR LF": lambda m: not re.search(rb"(?<!\r)\n|\r(?!\n)", m.data),
    "lines are short enough for any server": lambda m: (
        max(map(len, re.split(rb"\r?\n", m.data))) <= 998
    ),
    "it is seven bits": lambda m: m.data.isascii(),
    "one of each header": lambda m: all(len(m.message.get_all(one, [])) < 2 for one in ONE_ONLY),
    "it has a name of its own": lambda m: bool(re.fullmatch(ID, m.message.get("Message-ID", "x"))),
    "it says when it was written": lambda m: "Date" in m.message,
    "it says that a machine wrote it": lambda m: m.header("Auto-Submitted") == "auto-generated",
    "it says in which language": lambda m: bool(m.header("Content-Language")),
    "one writer": lambda m: len(m.addresses("From")) == 1,
    "one reader": lambda m: len(m.addresses("To")) == 1 and not m.addresses("Cc"),
    "answers go to whoever wrote": lambda m: "Reply-To" not in m.message,
    "the shape that every program takes": lambda m: (
        [part.get_content_type() for part in m.parts] in SHAPES
    ),
    "there are words": lambda m: bool(m.words().strip()),
    "words are UTF-8": lambda m: all(
        _params(part, "charset") == "utf-8" for part in m.of("text/plain") + m.of("text/html")
    ),
    "the words load nothing": _loads_nothing,
    "the calendar is where Outlook looks": _inline,
    "the calendar names its method": _same_method,
    "the calendar is said to be UTF-8": lambda m: all(
        _params(part, "charset") == "utf-8" for part in m.of("text/calendar")
    ),
    "the calendar is no file": lambda m: (
        not any("Content-Disposition" in part for part in m.of("text/calendar"))
    ),
    "the calendar travels as base64": lambda m: all(map(_readable, m.of("text/calendar"))),
    "the same is attached as a file": _attached,
    "the writer is the one who invites": lambda m: _people(m, "ORGANIZER", "From"),
    "the reader is the one invited": lambda m: _people(m, "ATTENDEE", "To"),
    "the words alone say when and where": _says_when_and_where,
    "the words say how to reach the clinic": lambda m: bool(
        re.search(r"://|tel:|\(\d{3}\)", m.words() + m.words("text/html"))
    ),
    "nobody reads why": _says_nothing_of_health,
    "nobody reads who from outside": _patient_is_inside_only,
    "the calendar keeps its own rules": lambda m: (
        m.calendar is None or not ics.broken(m.calendar.data)
    ),
}


def _first(earlier: Mail, later: Mail) -> bool:
    names = {later.message.get("References"), later.message.get("In-Reply-To")}
    return names == {earlier.message["Message-ID"]}


def _replaces(earlier: Mail, later: Mail) -> bool:
    if earlier.calendar is None or later.calendar is None:
        return True
    return not ics.broken_after(earlier.calendar.data, later.calendar.data)


RULES_AFTER: dict[str, Callable[[Mail, Mail], bool]] = {
    "no name is used twice": lambda a, b: a.message["Message-ID"] != b.message["Message-ID"],
    "it follows the first": _first,
    "the calendar takes it for the newer": _replaces,
}


def broken(data: bytes) -> set[str]:
    """Return the names of the rules this mail breaks."""
    mail = Mail(data)
    return {name for name, kept in RULES.items() if not kept(mail)}


def broken_after(earlier: bytes, later: bytes) -> set[str]:
    """Return the names of the rules that a later mail breaks after the first of its thread."""
    pair = Mail(earlier), Mail(later)
    return {name for name, kept in RULES_AFTER.items() if not kept(*pair)}
