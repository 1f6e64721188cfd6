"""What is different between two editions, word for word, for whoever signs the newer one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from app.content import bundle
from app.content.primer import Primer

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words that stayed, went or came."""

    kind: str  # same, gone, new
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One text that is not as it was, and where it stands in the guide."""

    place: str
    runs: tuple[Run, ...]


def changes(old: Primer, new: Primer) -> list[Change]:
    """Compare all that can be shown, in the order of the newer edition; what went comes last."""
    before, after = (dict(_texts((), bundle.shown(one))) for one in (old, new))
    places = [*after, *(place for place in before if place not in after)]
    return [
        Change(place, _runs(before.get(place, ""), after.get(place, "")))
        for place in places
        if before.get(place) != after.get(place)
    ]


def _texts(place: tuple[str, ...], value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  JSON
    """Yield every text with its place; things in a list are called by their own names."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts((*place, name), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            own = inner.get("id") or inner.get("key") if isinstance(inner, dict) else None
            yield from _texts((*place, str(own or number)), inner)
    elif value is not None:
        yield " / ".join(place), str(value)


def _runs(old: str, new: str) -> tuple[Run, ...]:
    words, others = _WORDS.findall(old), _WORDS.findall(new)
    runs: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run("same", "".join(words[a:b])))
            continue
        runs += [Run("gone", "".join(words[a:b]))] if b > a else []
        runs += [Run("new", "".join(others[c:d]))] if d > c else []
    return tuple(runs)
