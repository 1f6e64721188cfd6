"""Parts of pages that come out the same for everybody: made once, kept in memory."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app

AT_MOST = 512
Part = TypeVar("Part")


class Memory:
    """Keeps what was made under a key; what nobody asks for any more goes first."""

    def __init__(self) -> None:
        self._parts: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Part]) -> Part:
        """Return what is kept under a key, or make it; the key names all that it depends on."""
        with self._lock:
            if key in self._parts:
                self._parts.move_to_end(key)
                known: Part = self._parts[key]
                return known
        made = make()  # two threads may both make it: they make the same
        with self._lock:
            self._parts[key] = made
            while len(self._parts) > AT_MOST:
                self._parts.popitem(last=False)
        return made


def init_app(app: Flask) -> None:
    """Give an application its memory."""
    app.extensions["kept"] = Memory()


def kept(key: Hashable, make: Callable[[], Part]) -> Part:
    """Return a part from this application's memory, or make it."""
    memory: Memory = current_app.extensions["kept"]
    return memory.get(key, make)


def macros(template: str) -> Any:  # noqa: ANN401  a template's macros, by name
    """Return the macros of a template, to be called as functions that give HTML."""
    return current_app.jinja_env.get_template(template).module
