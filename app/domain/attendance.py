"""What became of visits: how many were booked, and how many of them moved, cancelled or missed."""

from collections import defaultdict
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
class Outcome:
    """What became of one appointment, by its day on the wall; *lead* is the days until then."""

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


def counted(outcomes: Iterable[Outcome], key: Callable[[Outcome], Key]) -> dict[Key, Counts]:
    """Count outcomes apart, by whatever tells them apart."""
    apart: dict[Key, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        apart[key(one)].append(one)
    return {
        name: Counts(
            booked=len(some),
            moved=sum(one.moved for one in some),
            cancelled=sum(one.cancelled for one in some),
            missed=sum(one.missed for one in some),
        )
        for name, some in apart.items()
    }


def lead_of(one: Outcome) -> int:
    """Return which step of LEADS an appointment belongs to."""
    return next((step for step in LEADS if one.lead <= step), LATER)
