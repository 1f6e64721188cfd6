"""What was typed into the details and is not kept yet: nothing typed is lost.

The kept time or the session may have gone while somebody was typing.  What they typed waits,
sealed, in their own session cookie; the clinic keeps nothing of it.
"""

from typing import Any

from flask import request, session

from app.services import booking

KEY = "typed"
LISTS = ("needs",)
ROOM = 2400  # letters: a cookie holds four thousand bytes, the safety check's end among them


def keep() -> None:
    """Remember the form that was sent."""
    fields = {name: values for name, values in request.form.lists() if name != "csrf_token"}
    sealed = booking.seal_typed(fields)
    if len(sealed) > ROOM:
        sealed = booking.seal_typed({**fields, "question": []})
    if len(sealed) <= ROOM:
        session[KEY] = sealed


def waits() -> bool:
    """Say whether something typed waits for a time to be chosen."""
    return KEY in session


def kept() -> dict[str, Any] | None:
    """Return what was typed, as the form's fields."""
    if not waits():
        return None
    fields = booking.open_typed(session[KEY])
    return {
        name: values if name in LISTS else "".join(values[:1]) for name, values in fields.items()
    }


def forget() -> None:
    """Let go of it: the clinic has it now."""
    session.pop(KEY, None)
