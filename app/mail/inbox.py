"""The clinic's mailbox: what comes is taken in, and moved to where people find it.

A mail is put away only after it was taken in.  Whoever dies between leaves it where it is: the next
look finds it again, and knows it by its digest.  So none is lost, and none counts twice.
"""

import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from imaplib import IMAP4
from threading import Event
from urllib.parse import parse_qs, unquote, urlsplit

from imap_tools import (
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailboxLoginError,
    MailBoxUnencrypted,
)
from sqlalchemy.exc import DBAPIError

from app.clock import Clock
from app.domain.reply import LARGEST
from app.mail import reply
from app.mail.filing import CannotFile, put_away, waiting
from app.services.reply import note_fault
from app.settings import Settings
from app.storage.database import CommitUnknown, db

log = logging.getLogger(__name__)

SOON = 1  # second
TakeIn = Callable[[bytes, datetime], bool]  # says whether a person should read the mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Seconds: for one answer, for news, and after a fault, each time longer."""

    answer: float = 30
    news: float = 60
    faults: tuple[float, ...] = (5, 30, 120, 600)


class Away(Exception):
    """The mailbox cannot be read just now; says why by a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """A mailbox as IMAP_URL names it; the certificate is always checked."""

    url: str = field(repr=False)
    take_in: TakeIn
    note: Callable[[str | None, datetime], bool]  # a fault, or none; says whether that is news
    clock: Clock
    waits: Waits = field(default_factory=Waits)
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def look(self) -> None:
        """Take in what is there; what is wrong is noted, and not raised."""
        try:
            with self._open() as box:
                self._take_all(box)
        except Away as away:
            self._note(away.code)
        else:
            self._note(None)

    def watch(self, stopping: Event) -> None:
        """Take in whatever comes until told to stop: at once where the server tells of it."""
        faults = 0
        while not stopping.is_set():
            try:
                with self._open() as box:
                    while not stopping.is_set():
                        self._take_all(box)
                        self._note(None)
                        faults = 0
                        self._wait_for_news(box, stopping)
            except Away as away:
                self._note(away.code)
                stopping.wait(self.waits.faults[min(faults, len(self.waits.faults) - 1)])
                faults += 1

    def _note(self, code: str | None) -> None:
        if self.note(code, self.clock()):
            log.warning("the mailbox: %s", code or "in order again")

    @contextmanager
    def _open(self) -> Iterator[BaseMailBox]:
        """Sign in; raises Away for whatever goes wrong until it is closed again."""
        with _faults():
            box = self._connected()
            try:
                parts = urlsplit(self.url)
                box.login(unquote(parts.username or ""), unquote(parts.password or ""), None)
                _ask_again_what_it_can(box)
                box.folder.set(unquote(parts.path.strip("/")) or "INBOX")
                yield box
            finally:
                with suppress(OSError, IMAP4.error, ImapToolsError):
                    box.logout()
                with suppress(OSError):
                    box.client.shutdown()  # a line that broke is closed too

    def _connected(self) -> BaseMailBox:
        parts = urlsplit(self.url)
        host, wait = parts.hostname or "", self.waits.answer
        if parts.scheme == "imaps":
            return MailBox(host, parts.port or 993, timeout=wait, ssl_context=self.context)
        if parse_qs(parts.query).get("starttls", ["0"])[-1] in ("0", ""):
            return MailBoxUnencrypted(host, parts.port or 143, timeout=wait)
        return _StartTls(host, parts.port or 143, timeout=wait, context=self.context)

    def _take_all(self, box: BaseMailBox) -> None:
        """Take in until nothing is left; what came meanwhile was told of, and not by IDLE."""
        came = True
        while came:
            box.client.response("EXISTS")  # forget what was told before
            taken = [self._take(box, uid) for uid in waiting(box)]
            came = any(taken) or box.client.response("EXISTS")[1] != [None]

    def _take(self, box: BaseMailBox, uid: str) -> bool:
        data = _read(box, uid)
        if data is None:
            return False  # another worker was quicker
        put_away(box, uid, for_a_person=self.take_in(data, self.clock()))
        return True

    def _wait_for_news(self, box: BaseMailBox, stopping: Event) -> None:
        if "IDLE" in box.client.capabilities:
            box.idle.wait(timeout=SOON)  # news in one breath with the beginning goes unheard
            if not waiting(box):
                box.idle.wait(timeout=self.waits.news)
        else:
            stopping.wait(self.waits.news)


def _ask_again_what_it_can(box: BaseMailBox) -> None:
    """Many servers tell of moving and of IDLE only whoever has signed in."""
    _, said = box.client.capability()
    box.client.capabilities = tuple(said[0].decode("ascii", "replace").upper().split())


class _StartTls(MailBoxUnencrypted):
    """A connection that is encrypted before anything is said, or ended."""

    def __init__(self, host: str, port: int, *, timeout: float, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(host, port, timeout=timeout)

    def _get_mailbox_client(self) -> IMAP4:
        client = super()._get_mailbox_client()
        try:
            client.starttls(self._context)
        except BaseException:
            with suppress(OSError):
                client.shutdown()
            raise
        return client


def _read(box: BaseMailBox, uid: str) -> bytes | None:
    """Return a mail unread and as it came, one byte more of it than we read at most."""
    _, found = box.client.uid("fetch", uid, f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
    return next((part[1] for part in found if isinstance(part, tuple)), None)


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except ssl.SSLError as error:
        raise Away("tls") from error
    except MailboxLoginError as error:
        raise Away("login_refused") from error
    except OSError as error:
        raise Away("unreachable") from error
    except CannotFile as error:
        raise Away("read_only") from error
    except (IMAP4.error, ImapToolsError) as error:
        raise Away("refused") from error


def inbox_of(settings: Settings, clock: Clock) -> Inbox | None:
    """Return the mailbox of this installation, if it names one."""
    if settings.imap_url is None:
        return None
    return Inbox(
        url=settings.imap_url,
        take_in=lambda data, now: _take_in(settings, data, now),
        note=lambda code, now: note_fault(code, now=now),
        clock=clock,
    )


def _take_in(settings: Settings, data: bytes, now: datetime) -> bool:
    """Take a mail in; one that breaks what reads it is for a person, and stops no other."""
    try:
        host, authserv_id = settings.host, settings.authserv_id
        done = reply.take_in(data, host=host, authserv_id=authserv_id, now=now)[1]
    except (DBAPIError, CommitUnknown):
        raise  # it is looked at again
    except Exception as error:  # noqa: BLE001  whatever a stranger wrote
        log.error("a mail was not taken in: %s", type(error).__name__)  # noqa: TRY400  no values
        return True
    finally:
        db.session.remove()
    return done.for_a_person
