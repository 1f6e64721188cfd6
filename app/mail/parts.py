"""A mail taken apart by a process that may die of it; what it says comes back as plain values."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import getaddresses
from typing import Any, cast

from app.ics import reply

MOST_PARTS, DEEPEST = 50, 5
LONGEST = 1000  # letters of a header that we look at
BULK = ("bulk", "list", "junk")
POSTMASTERS = ("mailer-daemon", "postmaster")


class TooManyParts(Exception):
    """More parts than anybody needs to answer, or one in another without end."""


def read(data: bytes) -> dict[str, Any]:
    """Return what a mail says, as JSON has it; called in a limited child."""
    message = message_from_bytes(data, policy=default)
    said = _headers(message)
    try:
        parts = list(_parts(message))
        said["bounce"] = _bounce(message, parts)
        said["answers"] = [] if said["bounce"] else _answers(parts)
        said["rich"] = any(_is_rich(part) for part in parts)
    except TooManyParts:
        said["trouble"] = "too_many_parts"
    except (ValueError, LookupError, AttributeError, TypeError):
        said["trouble"] = "unreadable"
    return said


def headers(data: bytes) -> dict[str, Any]:
    """Return what the beginning of a mail says that is too large to be read."""
    return _headers(message_from_bytes(data, policy=default))


def _headers(message: EmailMessage) -> dict[str, Any]:
    submitted = _header(message, "Auto-Submitted").split(";")[0].strip().lower()
    bulk = _header(message, "Precedence").lower() in BULK or bool(_header(message, "List-Id"))
    unanswerable = bulk or _header(message, "Return-Path") == "<>"
    to = ("To", "Cc", "Delivered-To", "X-Original-To")
    return {
        "senders": _addresses(message, "From"),
        "recipients": [one for name in to for one in _addresses(message, name)],
        "message_id": _header(message, "Message-ID"),
        "refers": f"{_header(message, 'In-Reply-To')} {_header(message, 'References')}",
        "results": _header(message, "Authentication-Results", longest=5000),
        "automatic": unanswerable or submitted not in ("", "no"),
        "unanswerable": unanswerable,
    }


def _header(message: Message, name: str, *, longest: int = LONGEST) -> str:
    """Return the first header of a name as it was sent, on one line."""
    name = name.lower()
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return " ".join(raw[: longest + 1].split())


def _addresses(message: Message, name: str) -> list[str]:
    raw = [
        str(value)[:LONGEST] for key, value in message.raw_items() if key.lower() == name.lower()
    ]
    return [address.casefold() for _name, address in getaddresses(raw[:5]) if "@" in address]


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """Give the parts of a mail, the outer one first; a mail in a mail stays shut."""
    if depth > DEEPEST:
        raise TooManyParts
    yield message
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        for number, part in enumerate(cast(list[Message], message.get_payload())):
            if number >= MOST_PARTS:
                raise TooManyParts
            yield from _parts(part, depth + 1)


def _answers(parts: list[Message]) -> list[dict[str, Any]]:
    if len(parts) > MOST_PARTS:
        raise TooManyParts
    found: list[dict[str, Any]] = []
    for part in parts:
        content = _content(part)
        if _is_calendar(part, content):
            method = str(part.get_param("method") or "")
            said = reply.answers(content, part.get_content_charset(), method)
            found += [one for one in said if one not in found]
    return found


def _content(part: Message) -> bytes:
    if part.is_multipart():
        return b""
    return cast(bytes, part.get_payload(decode=True) or b"")


def _is_calendar(part: Message, content: bytes) -> bool:
    if part.get_content_type() in ("text/calendar", "application/ics"):
        return True
    begin = content[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf \r\n\t")
    named = (part.get_filename() or "").lower().endswith(".ics")
    kind = part.get_content_type() == "application/octet-stream"
    return (named or kind) and begin[:15].upper() == b"BEGIN:VCALENDAR"


def _is_rich(part: Message) -> bool:
    kind = part.get_content_type() in ("application/ms-tnef", "application/vnd.ms-tnef")
    return kind or (part.get_filename() or "").lower() == "winmail.dat"


def _bounce(message: EmailMessage, parts: list[Message]) -> dict[str, Any] | None:
    """Return what a delivery report says (RFC 3464), or that somebody's server sent something."""
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    if not reports:
        sender = "".join(_addresses(message, "From")[:1]).partition("@")[0]
        return {"failed": True} if sender in POSTMASTERS else None
    blocks = [one for one in cast(list[Message], reports[0].get_payload()) if "Action" in one]
    block = next((one for one in blocks if _header(one, "Action").lower() == "failed"), None)
    said = {"failed": block is not None, "message_id": _returned(parts)}
    if block is None:
        return said
    recipient = _header(block, "Original-Recipient") or _header(block, "Final-Recipient")
    return said | {
        "recipient": recipient.rpartition(";")[2].strip(" <>").casefold(),
        "status": "".join(char for char in _header(block, "Status")[:9] if char in ".0123456789"),
    }


def _returned(parts: list[Message]) -> str:
    """Return the name of the mail that came back."""
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            return _header(cast(list[Message], part.get_payload())[0], "Message-ID")
        if part.get_content_type() == "text/rfc822-headers":
            return _header(message_from_bytes(_content(part), policy=default), "Message-ID")
    return ""
