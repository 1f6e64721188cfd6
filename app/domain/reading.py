"""One person's way through the primer, told from the entries of its record."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

from app.domain.primer import Standing, standing
from app.domain.record import Entry

LASTS = timedelta(days=30)  # after the last page turned
CODE_TRIES = 20  # from one network in an hour, right ones among them: then no wrong one is heard
CODES_AT_MOST = 100  # and no right one either
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nobody reads them right
CODE_LETTERS = 8
CODE_BITS = 40
MISHEARD = str.maketrans({"I": "1", "L": "1", "O": "0"})


class Kind(StrEnum):
    """What an entry of the record says."""

    BEGIN = "begin"
    SAFETY = "safety"
    PAGE = "page"
    CHECK = "check"
    STATEMENT = "statement"
    TEACH_BACK = "teach_back"
    END = "end"
    BOOKED = "booked"
    COPY = "copy"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a reading has come."""

    reading_id: str
    edition: str
    language: str
    jurisdiction: str
    answered_by: str
    words: Mapping[str, str]  # that the clinic filled in when it began
    pages_read: frozenset[str] = frozenset()
    tries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checks: Mapping[str, Standing] = field(default_factory=dict)
    statements: Mapping[str, str] = field(default_factory=dict)
    finished: bool = False

    def tried(self, check_id: str) -> tuple[str, ...]:
        """Return the options chosen for a check so far, in order."""
        return self.tries.get(check_id, ())

    def standing(self, check_id: str) -> Standing:
        """Return where the person is with a check."""
        return self.checks.get(check_id, Standing())

    @property
    def go_over(self) -> frozenset[str]:
        """The checks to go over with the doctor."""
        return frozenset(check for check, standing in self.checks.items() if standing.go_over)


def progress(reading: Progress, entries: Iterable[Entry]) -> Progress:
    """Tell how far a reading has come, from what its record says; erased entries say little."""
    kept = tuple(entries)
    chosen = _chosen(kept)
    return replace(
        reading,
        pages_read=frozenset(page for page, _ in said(kept, Kind.PAGE)),
        tries={check: tuple(keys) for check, (keys, _) in chosen.items()},
        checks={check: standing(keys, right) for check, (keys, right) in chosen.items()},
        statements={name: words["answer"] for name, words in _answered(kept)},
    )


def said(entries: Iterable[Entry], kind: Kind) -> list[tuple[str, dict[str, Any]]]:
    """Return subject and payload of the entries of a kind; an erased one says nothing."""
    return [
        (entry.clear.subject, json.loads(entry.payload) if entry.payload else {})
        for entry in entries
        if entry.clear.kind == kind
    ]


def _chosen(entries: Iterable[Entry]) -> dict[str, tuple[list[str], str]]:
    """Return, for each check, the options chosen in order and which of them was right."""
    chosen: dict[str, tuple[list[str], str]] = {}
    for check, answer in said(entries, Kind.CHECK):
        if "chosen" in answer:
            keys, right = chosen.get(check, ([], ""))
            right = answer["chosen"] if answer["right"] else right
            chosen[check] = ([*keys, answer["chosen"]], right)
    return chosen


def _answered(entries: Iterable[Entry]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, words) for name, words in said(entries, Kind.STATEMENT) if "answer" in words)


def code_of(number: int) -> str:
    """Spell forty bits in eight letters."""
    places = range(CODE_BITS - 5, -1, -5)
    return "".join(LETTERS[(number >> place) & 31] for place in places)


def heard(typed: str) -> str | None:
    """Return the code that somebody typed or was told, or None when it can be none."""
    code = "".join(typed.split()).replace("-", "").upper().translate(MISHEARD)
    return code if len(code) == CODE_LETTERS and set(code) <= set(LETTERS) else None
