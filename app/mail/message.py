"""A letter as the mail that travels (RFC 5322, 6047): words twice, and the calendar's part."""

from base64 import b32encode
from dataclasses import dataclass, replace
from datetime import datetime
from email.headerregistry import HeaderRegistry, MessageIDHeader
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from flask_babel import force_locale
from jinja2 import Environment

from app.domain.letter import Letter, LetterKind
from app.ics import invitation
from app.ics.entry import entry_of
from app.mail.addresses import header_words, mailbox, plain_address
from app.mail.letters import Words, put_into_words
from app.storage.models import Mail

_HEADERS = HeaderRegistry()
for _name in ("In-Reply-To", "References"):  # else a long one is torn into encoded words
    _HEADERS.map_to_type(_name, MessageIDHeader)  # type: ignore[arg-type]  # a mix-in, as all are
POLICY = SMTP.clone(header_factory=_HEADERS)
WITHOUT_ENTRY = (  # nothing is promised yet; nothing is said about the time
    LetterKind.TO_CONFIRM,
    LetterKind.COPY,
    LetterKind.CHANGED,
    LetterKind.TO_READ,
    LetterKind.OFFERED,
    LetterKind.REHOUSED,
    LetterKind.DECLINED,
)


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


def write(letter: Letter, *, environment: Environment, host: str, now: datetime) -> Envelope:
    """Return the mail for a letter; raises Refused when it cannot be addressed."""
    letter = replace(
        letter,
        recipient_address=plain_address(letter.recipient_address),
        clinic_address=plain_address(letter.clinic_address),
    )
    with force_locale(letter.language.replace("-", "_")):
        words = put_into_words(letter, environment)
        calendar = _calendar_part(letter, host)
    message = EmailMessage(policy=POLICY)
    _fill(message, words, calendar)
    for name, value in _headers(letter, host, now).items():
        message[name] = value
    message["Subject"] = header_words(words.subject)
    return Envelope(
        sender=letter.clinic_address, recipient=letter.recipient_address, message=message
    )


def message_id(letter: Letter, host: str) -> str:
    """Return the mail's own name: the same whenever this letter is written again."""
    about = letter.appointment_id or f"{letter.recipient_address} {letter.stamp.isoformat()}"
    return _message_id(about, letter.kind, letter.sequence, letter.lead_hours, host)


def name_of(sent: Mail, host: str) -> str:
    """Return the name under which a mail about an appointment left."""
    kind, about = LetterKind(sent.kind), sent.appointment_id or ""
    return _message_id(about, kind, sent.sequence, sent.lead_hours, host)


def _first_message_id(letter: Letter, host: str) -> str:
    return _message_id(letter.appointment_id, LetterKind.BOOKED, 0, 0, host)


def _message_id(about: str, kind: LetterKind, sequence: int, lead_hours: int, host: str) -> str:
    # A hash: short enough for one line, and an address in it stays unread.
    digest = sha256(f"{about} {kind} {sequence} {lead_hours}".encode()).digest()
    return f"<{b32encode(digest[:15]).decode().lower()}@{host}>"


def _headers(letter: Letter, host: str, now: datetime) -> dict[str, object]:
    own, first = message_id(letter, host), _first_message_id(letter, host)
    headers: dict[str, object] = {
        "From": mailbox(letter.clinic_name, letter.clinic_address),
        "To": mailbox(letter.recipient_name, letter.recipient_address),
        "Date": now,
        "Message-ID": own,
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.appointment_id and own != first and letter.kind != LetterKind.TO_CONFIRM:
        headers |= {"In-Reply-To": first, "References": first}
    return headers


def _calendar_part(letter: Letter, host: str) -> CalendarPart | None:
    if not letter.wants_calendar or letter.interval is None:
        return None
    if letter.kind in WITHOUT_ENTRY:
        return None
    entry = entry_of(letter, host=host)
    if letter.kind == LetterKind.CANCELLED:
        return CalendarPart(method="CANCEL", data=invitation.cancel(entry, stamp=letter.stamp))
    return CalendarPart(method="REQUEST", data=invitation.request(entry, stamp=letter.stamp))


def _fill(message: EmailMessage, words: Words, calendar: CalendarPart | None) -> None:
    # Quoted-printable, since a mail server on the way may take seven bits only.
    message.set_content(words.text, cte="quoted-printable")
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
