"""One question to one server outside: looked up once, and asked where that said it is.

No proxy of the environment, no cookies, nothing packed, no address but of the public network, and
each server that it sends us on to is looked at anew.
"""

import socket
import ssl
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

import certifi
from urllib3 import HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError, SSLError
from urllib3.response import BaseHTTPResponse

from app.domain.address import is_outside
from app.domain.busy import Fault, NotRead, address_of
from app.ics.scan import LARGEST

PORT = 443
SENT_ON = (301, 302, 303, 307, 308)
SENT_ON_AT_MOST = 3
SERVERS = 3  # of one name, that are tried in turn
SECONDS = 5.0  # to connect, and between two pieces of the answer
PIECE = 64 * 1024
MARK = 200  # letters of what a server calls its calendar
ASKED = {
    "Accept": "text/calendar, */*;q=0.1",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": "Foreword (busy calendars)",
}


def look_up(name: str) -> list[str]:
    """Return the addresses of a name; asked once, and never again for the same question."""
    try:
        found = socket.getaddrinfo(name, PORT, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotRead(Fault.UNKNOWN_NAME) from None
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sent; no *body* when the calendar is as it was."""

    body: bytes | None
    etag: str
    modified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Where we may go, and whom we trust there.

    *allow* names servers of tests that we may ask though they are inside, as address and port;
    *trusting* the certificate of theirs.  No setting says either.
    """

    resolve: Callable[[str], list[str]] = look_up
    allow: Collection[str] = field(default_factory=frozenset)
    trusting: str | None = None

    def get(self, address: str, *, etag: str = "", modified: str = "") -> Answer:
        """Fetch a calendar, unless it is as it was when it was called so.  Raises NotRead."""
        marks = {"If-None-Match": etag, "If-Modified-Since": modified}
        asked = ASKED | {name: mark for name, mark in marks.items() if mark}
        for _ in range(SENT_ON_AT_MOST + 1):
            with self._asking(address, asked) as answer:
                if answer.status not in SENT_ON:
                    return _read(answer)
                address = address_of(urljoin(address, answer.headers.get("Location", "")))
        raise NotRead(Fault.SENT_ON)

    @contextmanager
    def _asking(self, address: str, asked: Mapping[str, str]) -> Iterator[BaseHTTPResponse]:
        """Ask the first server of a name that answers, and leave it afterwards."""
        there = urlsplit(address)
        host = there.hostname or ""
        fault = NotRead(Fault.AWAY)
        for server, port in self._servers(host):
            pool = HTTPSConnectionPool(
                server, port, server_hostname=host, ssl_context=self._context(),
                timeout=Timeout(SECONDS), retries=False,
            )  # fmt: skip
            with pool:
                try:
                    answer = pool.urlopen(
                        "GET", _target(there), headers={"Host": there.netloc, **asked},
                        redirect=False, assert_same_host=False, preload_content=False,
                        decode_content=False,
                    )  # fmt: skip
                except (HTTPError, OSError, ValueError) as error:
                    fault = NotRead(_why(error))
                    continue
                with closing(answer):
                    yield answer
                    return
        raise fault

    def _servers(self, host: str) -> list[tuple[str, int]]:
        """Return where a name leads, or refuse it: one address inside is one too many."""
        found = self.resolve(host)
        known = {one.rpartition(":")[0]: int(one.rpartition(":")[2]) for one in self.allow}
        if not found or not all(one in known or is_outside(one) for one in found):
            raise NotRead(Fault.NOT_OUTSIDE)
        return [(one, known.get(one, PORT)) for one in found[:SERVERS]]

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        context.load_verify_locations(self.trusting or certifi.where())
        return context


def _target(there: SplitResult) -> str:
    return f"{there.path}?{there.query}" if there.query else there.path


def _why(error: Exception) -> Fault:
    untrusted = isinstance(error, SSLError) and "CERTIFICATE" in str(error).upper()
    return Fault.NOT_TRUSTED if untrusted else Fault.AWAY


def _read(answer: BaseHTTPResponse) -> Answer:
    marks = {
        "etag": answer.headers.get("ETag", ""),
        "modified": answer.headers.get("Last-Modified", ""),
    }
    kept = {name: mark if len(mark) <= MARK else "" for name, mark in marks.items()}
    if answer.status == 304:
        return Answer(body=None, **kept)
    if answer.status != 200:
        raise NotRead(Fault.TURNED_AWAY)
    if answer.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
        raise NotRead(Fault.PACKED)
    return Answer(body=_body(answer), **kept)


def _body(answer: BaseHTTPResponse) -> bytes:
    body = bytearray()
    try:
        while piece := answer.read(PIECE, decode_content=False):
            body += piece
            if len(body) > LARGEST:
                raise NotRead(Fault.TOO_BIG)
    except (HTTPError, OSError) as error:
        raise NotRead(Fault.AWAY) from error
    return bytes(body)
