"""Handing a mail to a mail server, with time limits and without ever giving up encryption."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from urllib.parse import parse_qs, unquote, urlsplit

from app.mail.faults import Refused, ServerAway, TryLater, Undelivered
from app.mail.message import Envelope

WANTS_LOGIN = (530, 535)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds to wait: for a connection, for one answer, and for one mail in all."""

    connect: float = 5
    command: float = 30
    whole: float = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """The mail server as SMTP_URL names it."""

    host: str
    port: int
    user: str
    password: str
    tls_from_the_start: bool
    starttls: bool


def server_of(url: str) -> Server:
    """Read SMTP_URL as the settings let it through: no password travels in the clear."""
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    starttls = parse_qs(parts.query).get("starttls", ["0"])[-1] not in ("0", "")
    return Server(
        host=parts.hostname or "",
        port=parts.port or (465 if secure else 587 if starttls else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls_from_the_start=secure,
        starttls=starttls,
    )


class SmtpTransport:
    """A mail server, asked anew for each mail.

    The certificate is always checked.  A server that does not offer STARTTLS when it is
    asked for gets nothing: somebody may have taken the offer out on the way.
    """

    def __init__(
        self,
        url: str,
        *,
        hello: str,
        limits: Limits | None = None,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server_of(url)
        self._hello = hello
        self._limits = limits or Limits()
        self._context = context or ssl.create_default_context()

    def send(self, envelope: Envelope) -> None:
        """Hand one mail over; raises Refused, TryLater or ServerAway."""
        with _faults_of_the_server():
            connection = _Connection(self._server, self._hello, self._limits, self._context)
        try:
            with _faults_of_the_server():
                self._introduce(connection)
            with _faults_of_the_mail():
                connection.send_message(envelope.message, envelope.sender, [envelope.recipient])
            with suppress(OSError, smtplib.SMTPException):  # the mail is theirs by now
                connection.quit()
        finally:
            connection.close()

    def _introduce(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if self._server.starttls:
            if not connection.has_extn("starttls"):
                raise ServerAway("starttls_missing")
            connection.starttls(context=self._context)
        if self._server.user:
            connection.login(self._server.user, self._server.password)


class _Connection(smtplib.SMTP):
    """A connection that gives up soon when nobody answers, and is cut when it drags on."""

    def __init__(self, server: Server, hello: str, limits: Limits, context: ssl.SSLContext) -> None:
        self._server, self._limits, self._tls = server, limits, context
        self._timer = Timer(limits.whole, self._cut)
        self._timer.daemon = True
        self._timer.start()
        try:
            super().__init__(server.host, server.port, hello, limits.command)
        except BaseException:
            self.close()
            raise

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        sock = socket.create_connection((host, port), self._limits.connect)
        sock.settimeout(timeout)
        if self._server.tls_from_the_start:
            return self._tls.wrap_socket(sock, server_hostname=host)
        return sock

    def _cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def close(self) -> None:
        """End it, and the watch over it."""
        self._timer.cancel()
        super().close()


@contextmanager
def _faults_of_the_server() -> Iterator[None]:
    """Before a mail is named, whatever goes wrong says nothing about the mail."""
    try:
        yield
    except Undelivered:
        raise
    except ssl.SSLError as error:
        raise ServerAway("tls") from error
    except smtplib.SMTPAuthenticationError as error:
        raise ServerAway("login_refused") from error
    except smtplib.SMTPResponseException as error:
        raise ServerAway(f"smtp_{error.smtp_code}") from error
    except (OSError, smtplib.SMTPException) as error:
        raise ServerAway("unreachable") from error


@contextmanager
def _faults_of_the_mail() -> Iterator[None]:
    """Five hundred and above is for good; everything else may go better later."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise _answered(code) from error
    except smtplib.SMTPResponseException as error:
        raise _answered(error.smtp_code) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused("address_not_ascii") from error
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater("cut_off") from error


def _answered(code: int) -> Undelivered:
    if code in WANTS_LOGIN:
        return ServerAway(f"smtp_{code}")
    return (Refused if code >= 500 else TryLater)(f"smtp_{code}")
