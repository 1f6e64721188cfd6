"""Finding somebody by what a caller says: a part of the name, a birth date, a number, a code."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.desk_refusals import TooVague

LETTERS = 3  # of a name, at least
SHORT = 2  # letters that a whole name may have: Li, Bo, 李雷
DIGITS = 4  # of a telephone number, at least
AT_MOST = 50  # people
LONGEST = 100  # of what is typed


def folded(text: str) -> str:
    """Return a name as it is searched: no accents, capitals or signs, a space before each word.

    What stands for no sound in O'Dell is left out; what parts Ji-woo is a space.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(_letter(char) for char in plain)
    return "".join(f" {word}" for word in kept.split())


def _letter(char: str) -> str:
    if char in "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}":
        return ""
    kind = unicodedata.category(char)[0]
    return "" if kind == "M" else char if kind in "LN" else " "


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What may have been meant by what was typed; everything that fits is found."""

    words: tuple[str, ...] = ()
    births: tuple[date, ...] = ()
    digits: str = ""
    references: tuple[str, ...] = ()
    email: str = ""

    @property
    def whole(self) -> bool:
        """Say whether the words are so short that only whole names are meant."""
        return sum(map(len, self.words)) < LETTERS

    def names(self, search_name: str) -> bool:
        """Say whether a folded name has all the words."""
        end = " " if self.whole else ""
        return all(f" {word}{end}" in search_name + end for word in self.words)

    def check(self) -> None:
        """Refuse what would find half of the clinic."""
        named = not self.whole or any(len(word) == SHORT for word in self.words)
        if not (named or self.births or self.digits or self.references or self.email):
            raise TooVague


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One appointment of somebody who was found."""

    reference: str
    status: str
    start: datetime
    end: datetime
    clinician_id: int
    location_id: int
    visit_type_id: int
    video: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Somebody who was found: everything booked under one name and birth date is one person's."""

    name: str
    birth_date: date
    phone: str
    email: str
    booker_name: str | None
    coming: tuple[Line, ...]
    last: Line | None

    @property
    def reference(self) -> str:
        """The appointment with which they said who they are last."""
        newest = self.coming[-1] if self.coming else self.last
        return newest.reference if newest else ""
