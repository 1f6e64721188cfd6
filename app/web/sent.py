"""What an address or a form carries, read alike by every page."""

from collections.abc import Collection

from flask import request


def number(text: str | None, *, digits: int = 9) -> int | None:
    """Return a plain number of so many digits at most, if it is one."""
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > digits:
        return None
    return int(text)


def revision() -> int:
    """Return how often an appointment had changed when a form was made; -1 if it says nothing."""
    found = number(request.form.get("revision"))
    return -1 if found is None else found


def mark(name: str) -> str:
    """Return the letters by which a form says what somebody had before them."""
    return request.form.get(name, "")[:40]


def just_done(among: Collection[str], name: str = "said") -> str | None:
    """Return what just happened, if the address names one of the things that a page can say."""
    said = request.args.get(name)
    return said if said in among else None
