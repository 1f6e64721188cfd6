"""A clinic on the other side of a socket, pressed as if it stood here."""

import socket
import ssl
from collections.abc import Iterable
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from flask import Flask

from tests.support.processes import Site
from tests.web.walker import Walker

PATIENCE = 60
HOPS = {"Connection", "Transfer-Encoding", "Content-Length"}


def connect(site: Site) -> HTTPConnection:
    """Open a connection to a site; its certificate is the only one trusted."""
    place = urlsplit(site.address)
    host, port = place.hostname or "", place.port or 0
    if site.certificate is None:
        return HTTPConnection(host, port, timeout=PATIENCE)
    trust = ssl.create_default_context(cafile=str(site.certificate))
    return HTTPSConnection(host, port, timeout=PATIENCE, context=trust)


def far(site: Site, **always: str) -> Flask:
    """Return a stand-in that hands each request to the site, with headers that are always sent."""
    place = urlsplit(site.address)
    app = Flask("far")
    app.config |= {"SERVER_NAME": place.netloc, "PREFERRED_URL_SCHEME": place.scheme}

    def forward(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        connection = connect(site)
        try:
            connection.request(
                environ["REQUEST_METHOD"], environ["REQUEST_URI"], sent, _headers(environ) | always
            )
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        headers = [one for one in answer.getheaders() if one[0] not in HOPS]
        start_response(f"{answer.status} {answer.reason}", headers)
        return [body]

    app.wsgi_app = forward  # type: ignore[method-assign]
    return app


def walker(site: Site, **always: str) -> Walker:
    """Return somebody who walks through a site over the wire."""
    return Walker(far(site, **always))


def raw(site: Site, request: bytes) -> bytes:
    """Send bytes as they are; return all that comes back until the other side ends."""
    place = urlsplit(site.address)
    answer = b""
    with socket.create_connection((place.hostname or "", place.port or 0), PATIENCE) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        while part := sock.recv(65536):
            answer += part
    return answer


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    headers = {
        name[5:].replace("_", "-").title(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    if kind := environ.get("CONTENT_TYPE"):
        headers["Content-Type"] = kind
    return headers
