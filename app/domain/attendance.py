"""What became of visits: how many were booked, and how many of them moved, cancelled or missed."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from app.domain.refusals import Refused

LONGEST = 366  # days of a period
LEADS = (0, 2, 7, 14, 28)  # days ahead, up to and with; more than the last is `LATER`
LATER = 999

Key = TypeVar("Key", bound=Hashable)


class PeriodOdd(Refused):
    """A period has two days, the first before the last, and lasts a year at most."""

    code = "period_odd"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from *first* to *last*, both of them in it."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not 0 <= (self.last - self.first).days < LONGEST:
            raise PeriodOdd


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit that somebody booked, by its day on the wall; *lead* is in days, from then on."""

    clinician_id: int
    visit_type_id: int
    day: date
    lead: int
    moved: bool
    cancelled: bool
    missed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many were booked; of those, how many moved, and how many did not take place."""

    booked: int = 0
    moved: int = 0
    cancelled: int = 0
    missed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            booked=self.booked + other.booked,
            moved=self.moved + other.moved,
            cancelled=self.cancelled + other.cancelled,
            missed=self.missed + other.missed,
        )


def counted(visits: Iterable[Visit], key: Callable[[Visit], Key]) -> dict[Key, Counts]:
    """Count visits apart, by whatever tells them apart."""
    found: dict[Key, list[int]] = {}
    for visit in visits:
        row = found.setdefault(key(visit), [0, 0, 0, 0])
        row[0] += 1
        row[1] += visit.moved
        row[2] += visit.cancelled
        row[3] += visit.missed
    return {
        name: Counts(booked=booked, moved=moved, cancelled=cancelled, missed=missed)
        for name, (booked, moved, cancelled, missed) in found.items()
    }


def lead_of(visit: Visit) -> int:
    """Return which step of LEADS a visit belongs to."""
    return next((step for step in LEADS if visit.lead <= step), LATER)
