"""Whether a caller is somebody the clinic knows already: said before it books, never decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.domain.appointment import Person
from app.domain.finding import Found, Sought, folded
from app.domain.interval import Interval
from app.domain.refusals import Refused

MUCH = 0.8  # of the letters, in their order


class Why(StrEnum):
    """What makes somebody look like the caller."""

    THEN = "then"  # they have an appointment at the very time
    COMING = "coming"  # they have an appointment to come
    SPELLED = "spelled"  # born the same day, with nearly this name
    REACHED = "reached"  # another name, with the same telephone or mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Somebody who looks like the caller, and why."""

    why: Why
    found: Found

    @property
    def key(self) -> str:
        """What somebody who was told of it says it by; another time is told anew."""
        return f"{self.found.reference}{'!' if self.why is Why.THEN else ''}"


class LooksKnown(Refused):
    """Somebody the clinic knows looks like the caller, and nobody said that it is right so."""

    code = "looks_known"

    def __init__(self, alike: Sequence[Alike]) -> None:
        super().__init__()
        self.alike = tuple(alike)


def sought(person: Person) -> Sought:
    """Ask for everybody who may be the caller."""
    return Sought(
        births=(person.birth_date,),
        digits=person.phone.lstrip("+"),
        email=person.email.casefold(),
    )


def alike(person: Person, known: list[Found], *, wanted: Interval) -> list[Alike]:
    """Return whom of the known to name to who books a *wanted* time, the likeliest first.

    A number that is known to be theirs and somebody else's too says nothing.
    """
    themselves = [one for one in known if _same(person, one)]
    reached_so = any(_reached(person, one) for one in themselves)
    found = []
    for one in known:
        if one in themselves:
            why = _comes(one, wanted)
        elif one.birth_date == person.birth_date and nearly(person.name, one.name):
            why = Why.SPELLED
        else:
            why = Why.REACHED if _reached(person, one) and not reached_so else None
        if why is not None:
            found.append(Alike(why=why, found=one))
    return sorted(found, key=lambda one: list(Why).index(one.why))


def nearly(name: str, other: str) -> bool:
    """Say whether two names share a word, or are the same but for some letters."""
    words, others = folded(name).split(), folded(other).split()
    same = SequenceMatcher(None, " ".join(sorted(words)), " ".join(sorted(others)))
    return bool({*words} & {*others}) or same.ratio() >= MUCH


def _comes(one: Found, wanted: Interval) -> Why | None:
    if any(line.start < wanted.end and wanted.start < line.end for line in one.coming):
        return Why.THEN
    return Why.COMING if one.coming else None


def _same(person: Person, one: Found) -> bool:
    return one.birth_date == person.birth_date and folded(one.name) == folded(person.name)


def _reached(person: Person, one: Found) -> bool:
    mail = bool(person.email) and one.email.casefold() == person.email.casefold()
    return mail or one.phone == person.phone
