"""A clinic that answers on loopback from a thread of the test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server


class Silent(WSGIRequestHandler):
    """Says nothing about requests."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  as it is called
        """Say nothing."""


@contextmanager
def served(site: Flask) -> Iterator[str]:
    """Serve a clinic while the test lasts; give its address."""
    server = make_server("127.0.0.1", 0, site, threaded=True, request_handler=Silent)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
