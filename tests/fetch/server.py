"""A server of calendars on loopback, over TLS; its paths say how it behaves."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

from app.fetch.calendar import Asked
from app.ics.busy import spelled
from tests.ics.calendars import GOOD, KNOXVILLE, SPRING, calendar
from tests.ics.hostile import HOSTILE
from tests.support.certificate import self_signed

ENDLESS = 64 * 1024 * 1024
MARK = '"spring"'


@dataclass
class Calendars:
    """The server: its address, its certificate, and every request that it got."""

    port: int
    certificate: Path
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def allow(self) -> str:
        """Where it is, for those who may ask it though it is inside."""
        return f"127.0.0.1:{self.port}"


def question(
    calendars: Calendars, path: str, *, host: str = "localhost", seconds: float = 10
) -> bytes:
    """Write what a child is asked that fetches a calendar from there."""
    asked = Asked(
        address=f"https://{host}/{path}", since=spelled(SPRING.start), until=spelled(SPRING.end),
        zone=KNOXVILLE.key, etag="", modified="", allow=(calendars.allow,),
        trusting=str(calendars.certificate), seconds=seconds,
    )  # fmt: skip
    return json.dumps(asdict(asked)).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    calendars: Calendars

    def do_GET(self) -> None:
        self.calendars.asked.append((self.path, dict(self.headers)))
        what, _, rest = self.path.partition("?")[0].strip("/").partition("/")
        getattr(self, f"say_{what}", self.say_nothing)(rest)

    def say_good(self, _rest: str) -> None:
        if self.headers.get("If-None-Match") == MARK:
            return self._answer(304, b"")
        return self._answer(200, calendar(GOOD), ETag=MARK)

    def say_hostile(self, rest: str) -> None:
        self._answer(200, HOSTILE[unquote(rest)])

    def say_login(self, _rest: str) -> None:
        self._answer(200, b"<!DOCTYPE html><title>Sign in</title>")

    def say_packed(self, _rest: str) -> None:
        self._answer(200, b"\x1f\x8b\x08", **{"Content-Encoding": "gzip"})

    def say_bomb(self, _rest: str) -> None:
        self._answer(200, b"\x1f\x8b\x08" + bytes(1000))

    def say_to(self, rest: str) -> None:
        self._answer(302, b"", Location=unquote(rest))

    def say_round(self, _rest: str) -> None:
        self._answer(302, b"", Location="/round")

    def say_cookie(self, _rest: str) -> None:
        self._answer(302, b"", Location="/good", **{"Set-Cookie": "who=you"})

    def say_broken(self, _rest: str) -> None:
        self._answer(500, b"")

    def say_nothing(self, _rest: str) -> None:
        self._answer(404, b"")

    def say_endless(self, _rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        for _ in range(ENDLESS // 65536):
            self.wfile.write(b"BEGIN:VCALENDAR\n" * 4096)

    def say_slow(self, _rest: str) -> None:
        """Begin to answer, and never come to an end."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Letters: ")
        self.wfile.flush()
        self.connection.settimeout(30)
        self.rfile.read(1)  # until whoever asked goes away
        self.close_connection = True

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: Any) -> None:
        """Say nothing."""


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_who: Any) -> None:
        """Whoever goes away in the middle is no fault."""


@contextmanager
def serving(folder: Path) -> Iterator[Calendars]:
    """Run the server."""
    certificate, key = self_signed(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    handler = type("Handler", (_Handler,), {})
    server = _Quiet(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    calendars = Calendars(port=server.server_address[1], certificate=certificate)
    handler.calendars = calendars  # type: ignore[attr-defined]  # of this server alone
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield calendars
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
