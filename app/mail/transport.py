"""Where this installation's mails go."""

from collections.abc import Callable

from app.mail.folder import FolderTransport
from app.mail.message import Envelope
from app.mail.smtp import SmtpTransport
from app.settings import Settings

Send = Callable[[Envelope], None]
"""Hands one mail over and returns when it is safe; raises Refused, TryLater or ServerAway."""


def transport_of(settings: Settings) -> Send:
    """Return the way to the mail server, or to a folder of files when none is named."""
    if settings.smtp_url is None:
        return FolderTransport(settings.instance / "mail").send
    return SmtpTransport(settings.smtp_url, hello=settings.host).send
