"""What a mail program makes of a mail that it got."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from tests.mail.conftest import Write
from tests.mail.servers import Mailboxes, serving, transport


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
