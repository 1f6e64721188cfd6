"""The demonstration clinic's mailbox: what would have been sent, for looking at."""

from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from app.settings import LOOPBACK, Settings
from app.web.access import Audience, access
from app.web.visitor import clinic

blueprint = Blueprint("demo", __name__, url_prefix="/demo")

SHOWN = 100
HEADERS = ("From", "To", "Subject", "Date", "Message-ID")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail as a mail program lists it."""

    name: str
    subject: str
    recipient: str
    date: str


@blueprint.before_request
def only_here() -> None:
    """Hide the room where it has no place."""
    if not at_home():
        abort(404)


def at_home() -> bool:
    """Say whether the clinic is invented and the machine is one's own."""
    settings: Settings = current_app.extensions["settings"]
    return clinic().demonstration and settings.host in LOOPBACK and not settings.smtp_url


@blueprint.get("/mailbox")
@access(Audience.DEMONSTRATION)
def mailbox() -> ResponseReturnValue:
    """List the mails, the last one first."""
    letters = [_letter(path) for path in _paths()[:SHOWN]]
    return render_template("demo/mailbox.html", letters=letters)


@blueprint.get("/mailbox/<name>")
@access(Audience.DEMONSTRATION)
def mail(name: str) -> ResponseReturnValue:
    """Show one mail as text, with its headers."""
    message = _read(_path(name))
    body = message.get_body(("plain",))
    return render_template(
        "demo/mail.html",
        name=name,
        headers=[(header, str(message[header])) for header in HEADERS if message[header]],
        text=body.get_content() if body else "",
        invitation=_invitation(message) is not None,
    )


@blueprint.get("/mailbox/<name>/mail.eml")
@access(Audience.DEMONSTRATION)
def mail_file(name: str) -> ResponseReturnValue:
    """Give the mail as it would have left."""
    return _file(_path(name).read_bytes(), "message/rfc822", "mail.eml")


@blueprint.get("/mailbox/<name>/invitation.ics")
@access(Audience.DEMONSTRATION)
def invitation(name: str) -> ResponseReturnValue:
    """Give the invitation in the mail."""
    found = _invitation(_read(_path(name)))
    return _file(found, "text/calendar", "invitation.ics") if found else abort(404)


def _folder() -> Path:
    settings: Settings = current_app.extensions["settings"]
    return settings.instance / "mail"


def _paths() -> list[Path]:
    return sorted(_folder().glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)


def _path(name: str) -> Path:
    """Return the mail of this name: one that is listed, so that no name leads elsewhere."""
    return next((path for path in _paths() if path.stem == name), None) or abort(404)


def _read(path: Path) -> EmailMessage:
    with path.open("rb") as file:
        return BytesParser(EmailMessage, policy=policy.default).parse(file)


def _letter(path: Path) -> Letter:
    message = _read(path)
    return Letter(
        name=path.stem,
        subject=str(message["Subject"] or ""),
        recipient=str(message["To"] or ""),
        date=str(message["Date"] or ""),
    )


def _invitation(message: EmailMessage) -> bytes | None:
    parts = (part for part in message.walk() if part.get_content_type() == "text/calendar")
    found = next(parts, None)
    return found.get_payload(decode=True) if found else None  # type: ignore[return-value]  # a leaf


def _file(body: bytes, kind: str, name: str) -> Response:
    response = Response(body, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
