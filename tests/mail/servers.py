"""Mail servers on loopback: real ones, strict ones, and some that behave badly."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.mail.smtp import Limits, SmtpTransport
from tests.mail.samples import HOST


@dataclass
class Mailboxes:
    """What a server took; it may answer otherwise than by taking."""

    answer_to_recipient: str = "250 OK"
    answer_to_mail: str = "250 OK"
    drops: bool = False
    recipients: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  aiosmtpd's names
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.answer_to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.drops:
            server.transport.abort()
            return "250 nobody hears this"
        if self.answer_to_mail.startswith("250"):
            self.recipients += envelope.rcpt_tos
            self.senders.append(envelope.mail_from)
            self.mails.append(envelope.original_content)
            self.encrypted.append(session.ssl is not None)
        return self.answer_to_mail

    def last(self) -> EmailMessage:
        """Return the last mail as a mail program reads it."""
        message = message_from_bytes(self.mails[-1], policy=default)
        assert isinstance(message, EmailMessage)
        return message


@contextmanager
def serving(mailboxes: Mailboxes, **options: Any) -> Iterator[str]:
    """Run a mail server; give its host and port."""
    controller = Controller(mailboxes, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield f"127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def lets_in(user: bytes, password: bytes) -> Any:
    """Return an authenticator that knows one person."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: Any, login: Any) -> Any:
        known = (login.login, login.password) == (user, password)
        return AuthResult(success=known, handled=False)

    return check


@contextmanager
def dribbling(greeting: bytes, *, again: bool) -> Iterator[str]:
    """Run a server that says one thing, once or for ever, and never lets a mail through."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = Event()

    def talk() -> None:
        connection, _ = listener.accept()
        with connection:
            try:
                connection.sendall(greeting)
                while not over.wait(0.02):
                    if again:
                        connection.sendall(greeting)
            except OSError:
                return

    thread = Thread(target=talk, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.close()
        thread.join(2)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@dataclass(frozen=True)
class Certificate:
    """A server's certificate and what a client needs to trust it."""

    server: ssl.SSLContext
    client: ssl.SSLContext


def certificate(folder: Path, *, host: str = "127.0.0.1") -> Certificate:
    """Make a certificate for loopback, valid for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Mail server of the tests")])
    now = datetime.now(UTC)  # noqa: TID251  TLS asks the real clock
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(path)
    return Certificate(server=server, client=ssl.create_default_context(cafile=path))


def transport(
    url: str, *, limits: Limits | None = None, context: ssl.SSLContext | None = None
) -> SmtpTransport:
    """Give the transport of our worker to a server."""
    return SmtpTransport(url, hello=HOST, limits=limits, context=context)
