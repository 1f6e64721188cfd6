"""A table as a file that spreadsheets open: every cell is text, and none is taken for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # full width, as in Japan
CONTROL = ("\t", "\r", "\n", "\0")
MARK = "'"  # what spreadsheets read as: the rest is text
BOM = "\ufeff"  # without it Excel takes UTF-8 for something else


def cell(text: str) -> str:
    """Return a text as a cell that no program calculates."""
    runs = text.startswith(CONTROL) or text.lstrip().startswith(FORMULA)
    return MARK + text if runs else text


def written(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table, everything quoted."""
    paper = StringIO()
    writer = csv.writer(paper, quoting=csv.QUOTE_ALL)
    for row in (head, *rows):
        writer.writerow([cell(text) for text in row])
    return (BOM + paper.getvalue()).encode()
