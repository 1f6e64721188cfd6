"""Parts of pages that come out the same for everybody: made once, kept in memory."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, RLock
from typing import Any, TypeVar

from flask import Flask, current_app
from flask_wtf.csrf import generate_csrf

from app.web import comfort

SMALL, LARGE = 4096, 64  # rows of a list; whole lists and pages
Part = TypeVar("Part")


class Memory:
    """Keeps what was made under a key; what nobody asks for any more goes first."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._parts: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()
        self._making = RLock()  # one thread makes it, the others find it; a page makes its rows

    def get(self, key: Hashable, make: Callable[[], Part]) -> Part:
        """Return what is kept under a key, or make it; the key names all that it depends on."""
        if (known := self._known(key)) is None:
            with self._making:
                known = self._known(key) or self._keep(key, make())
        part: Part = known
        return part

    def _known(self, key: Hashable) -> Any:  # noqa: ANN401  whatever was made
        with self._lock:
            if key in self._parts:
                self._parts.move_to_end(key)
            return self._parts.get(key)

    def _keep(self, key: Hashable, made: Part) -> Part:
        with self._lock:
            self._parts[key] = made
            while len(self._parts) > self._at_most:
                self._parts.popitem(last=False)
        return made


def init_app(app: Flask) -> None:
    """Give an application its memory."""
    app.extensions["kept"] = Memory(SMALL)
    app.extensions["kept_large"] = Memory(LARGE)


def kept(key: Hashable, make: Callable[[], Part]) -> Part:
    """Return a part from this application's memory, or make it."""
    memory: Memory = current_app.extensions["kept"]
    return memory.get(key, make)


def macros(template: str) -> Any:  # noqa: ANN401  a template's macros, by name
    """Return the macros of a template, to be called as functions that give HTML."""
    return current_app.jinja_env.get_template(template).module


def kept_large(key: Hashable, make: Callable[[], Part]) -> Part:
    """Return a part of some weight; fewer of them are kept."""
    memory: Memory = current_app.extensions["kept_large"]
    return memory.get(key, make)


def kept_page(key: Hashable, make: Callable[[], str]) -> str:
    """Return a page from memory that is the same for everybody but for its forms' token.

    Each size of text has its own.

    Whatever else is about one person must keep a page out of here.
    """
    token: str = generate_csrf()
    pieces: list[str] = kept_large((key, comfort.size()), lambda: make().split(token))
    return token.join(pieces)
