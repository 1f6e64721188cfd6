"""What is written down about a request: the route's pattern and numbers, nothing personal."""

import json
import logging
import secrets
import sys
from datetime import UTC, datetime
from time import perf_counter

from flask import Flask, Response, g, request

log = logging.getLogger("foreword.request")

METHODS = {
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "PROPPATCH",
    "REPORT", "MOVE",
}  # fmt: skip


class JsonLines(logging.Formatter):
    """One JSON object a line, in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record as one line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line)


class TextLines(logging.Formatter):
    """One line a record, whatever was put into it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record, with line breaks made visible."""
        return super().format(record).replace("\r", "\\r").replace("\n", "\\n ")


def set_up(log_format: str) -> None:
    """Write the process's log to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    text = TextLines("%(asctime)s %(levelname)s %(name)s %(message)s")
    handler.setFormatter(JsonLines() if log_format == "json" else text)
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("alembic").setLevel(logging.WARNING)


def init_app(app: Flask) -> None:
    """Log one line a request, under an id of our own."""

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        request_id = g.get("request_id", "-")
        response.headers["X-Request-ID"] = request_id
        pattern = request.url_rule.rule if request.url_rule else "-"
        method = request.method if request.method in METHODS else "-"  # any word may stand there
        took = (perf_counter() - g.get("began", perf_counter())) * 1000
        log.info("%s %s %s %s %.1f ms", request_id, method, pattern, response.status_code, took)
        return response
