"""Tables as files that a spreadsheet opens, and never runs."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from flask import Response

STEERING = ("=", "+", "-", "@", "\t", "\r", "\0")  # a spreadsheet takes what begins so as a formula


def cell(value: object) -> str:
    """Return a value as the text of a cell; what a spreadsheet would compute is only read."""
    text = str(value)
    return f"'{text}" if text.startswith(STEERING) else text


def table(rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV, every cell in quotes."""
    file = StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerows([cell(value) for value in row] for row in rows)
    return file.getvalue()


def response(rows: Iterable[Sequence[object]], name: str) -> Response:
    """Give rows as a file of that name to keep."""
    answer = Response(table(rows).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
