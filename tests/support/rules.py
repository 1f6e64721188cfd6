"""Addresses that are compiled once for all the clinics that a process of tests opens."""

from collections.abc import Callable
from typing import ClassVar

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class KnownRule(Rule):
    """An address that remembers how it is written.

    Compiling that is nearly all that a clinic's pages cost to open, and it depends on nothing but
    the address and its fixed values.
    """

    known: ClassVar[dict[tuple[str, str, bool], Builder]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        key = (self.rule, repr(self.defaults), append_unknown)
        if key not in self.known:
            self.known[key] = super()._compile_builder(append_unknown)
        return self.known[key]
