"""How large somebody wants the text: kept in their cookie, like the language."""

from flask import session

SIZES = ("1", "2", "3")  # as it is, larger, largest
CHOSEN = "text"


def size() -> str:
    """Return the size that this person reads in."""
    chosen = session.get(CHOSEN)
    return chosen if chosen in SIZES else SIZES[0]


def choose(text: str) -> bool:
    """Keep a size; say whether there is such a one."""
    if text not in SIZES:
        return False
    if text == SIZES[0]:
        session.pop(CHOSEN, None)
    else:
        session[CHOSEN] = text
    return True
