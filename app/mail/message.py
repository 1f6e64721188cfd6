"""A letter as the mail that travels (RFC 5322, 6047): words twice, and the calendar's part."""

from base64 import b32encode
from dataclasses import dataclass, replace
from email.headerregistry import HeaderRegistry, MessageIDHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from hashlib import sha256

from flask_babel import force_locale
from jinja2 import Environment

from app.domain.letter import Letter, LetterKind, MailName
from app.ics import invitation
from app.ics.entry import entry_of
from app.mail.addresses import header_words, mailbox, plain_address
from app.mail.letters import Words, put_into_words
from app.storage.models import Mail

LONGEST_LINE = 78  # RFC 5322, 2.1.1
_HEADERS = HeaderRegistry()
for _name in ("In-Reply-To", "References"):  # else a long one is torn into encoded words
    _HEADERS.map_to_type(_name, MessageIDHeader)  # type: ignore[arg-type]  # a mix-in, as all are


class _Policy(EmailPolicy):
    def fold_binary(self, name: str, value: str) -> bytes:
        """Begin on the header's own line: of an empty one some programs show what parts it."""
        folded = super().fold_binary(name, value)
        head = f"{name}:".encode()
        if not folded.startswith(head + b"\r\n "):
            return folded
        line = folded.replace(b"\r\n", b"", 1)
        cut = line.rfind(b" ", len(head) + 1, LONGEST_LINE + 1)
        return folded if cut < 0 else line[:cut] + b"\r\n" + line[cut:]


POLICY = _Policy(linesep="\r\n", header_factory=_HEADERS)
WITHOUT_ENTRY = (  # nothing is promised yet; nothing is said about the time
    LetterKind.TO_CONFIRM,
    LetterKind.COPY,
    LetterKind.CHANGED,
    LetterKind.TO_READ,
    LetterKind.OFFERED,
    LetterKind.REHOUSED,
    LetterKind.DECLINED,
)
METHODS = {
    LetterKind.CANCELLED: "CANCEL",
    LetterKind.DOCTOR_CANCELLED: "CANCEL",
    LetterKind.COUNTER_DECLINED: "DECLINECOUNTER",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A mail with whom it is from and for, as the mail server is told."""

    sender: str
    recipient: str
    message: EmailMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPart:
    """What a calendar program finds in the mail."""

    method: str
    data: bytes


def write(letter: Letter, *, environment: Environment, host: str) -> Envelope:
    """Return the mail for a letter; raises Refused when it cannot be addressed.

    The same letter is the same bytes: its date is when it came to be due.
    """
    writer = plain_address(letter.clinic_address)
    letter = replace(
        letter,
        recipient_address=plain_address(letter.recipient_address),
        clinic_address=writer,
        organizer_address=letter.organizer_address or writer,
    )
    letter = replace(letter, wants_calendar=letter.wants_calendar and not _to_itself(letter))
    with force_locale(letter.language.replace("-", "_")):
        calendar = _calendar_part(letter, host)
        asks = calendar is not None and calendar.method == "REQUEST" and not letter.doctor_id
        words = put_into_words(letter, environment, asks=asks)
    message = EmailMessage(policy=POLICY)
    _fill(message, words, calendar, plain=letter.plain)
    for name, value in _headers(letter, host).items():
        message[name] = value
    message["Subject"] = header_words(words.subject)
    _bound(message, _digest(letter.name))
    return Envelope(
        sender=letter.clinic_address, recipient=letter.recipient_address, message=message
    )


def _to_itself(letter: Letter) -> bool:
    """Say whether the clinic would invite itself, which programs take for no invitation."""
    return letter.recipient_address.casefold() == letter.organizer_address.casefold()


def message_id(name: MailName, host: str) -> str:
    """Return a mail's name as mail programs know it."""
    return f"<{_digest(name)}@{host}>"


def name_of(sent: Mail, host: str) -> str:
    """Return the name under which a mail about an appointment left."""
    name = MailName(
        about=sent.appointment_id or "",
        kind=LetterKind(sent.kind),
        sequence=sent.sequence,
        lead_hours=sent.lead_hours,
    )
    return message_id(name, host)


def _digest(name: MailName) -> str:
    # A hash: short enough for one line, and an address in it stays unread.
    said = f"{name.about} {name.kind} {name.sequence} {name.lead_hours}"
    return b32encode(sha256(said.encode()).digest()[:15]).decode().lower()


def _bound(message: EmailMessage, digest: str) -> None:
    """Part the parts by lines of the mail's own, which would else be drawn by lot."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"{digest}={number}")  # base64 and quoted-printable have no such line


def _headers(letter: Letter, host: str) -> dict[str, object]:
    headers: dict[str, object] = {
        "From": mailbox(letter.clinic_name, letter.clinic_address),
        "To": mailbox(letter.recipient_name, letter.recipient_address),
        "Date": letter.stamp,
        "Message-ID": message_id(letter.name, host),
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.first is not None and letter.first != letter.name:
        first = message_id(letter.first, host)
        headers |= {"In-Reply-To": first, "References": first}
    return headers


def _calendar_part(letter: Letter, host: str) -> CalendarPart | None:
    if not letter.wants_calendar or letter.interval is None:
        return None
    if letter.kind in WITHOUT_ENTRY:
        return None
    method = METHODS.get(letter.kind, "REQUEST")
    entry = entry_of(letter, host=host)
    return CalendarPart(method=method, data=invitation.MAILED[method](entry, stamp=letter.stamp))


def _fill(
    message: EmailMessage, words: Words, calendar: CalendarPart | None, *, plain: bool
) -> None:
    # Quoted-printable, since a mail server on the way may take seven bits only.
    message.set_content(words.text, cte="quoted-printable")
    if plain and calendar is None:
        return
    message.add_alternative(words.html, subtype="html", cte="quoted-printable")
    if calendar is None:
        return
    message.add_alternative(
        calendar.data,
        maintype="text",
        subtype="calendar",
        cte="base64",
        params={"charset": "UTF-8", "method": calendar.method},
    )
    message.add_attachment(
        calendar.data,
        maintype="application",
        subtype="ics",
        filename="invite.ics",
        params={"name": "invite.ics"},
    )
