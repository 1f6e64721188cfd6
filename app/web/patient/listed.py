"""What the list of free times says, in the words of its reader."""

from dataclasses import dataclass

from app.web.patient.filter import Filter


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """One free time: a button."""

    value: str
    instant: str
    clock: str


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The next free time of a kind, in full."""

    kind: str
    time: Time
    when: str
    zone: str | None  # where the page does not say it for all
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One clinician's times on a day at one place."""

    clinician: str
    where: str
    zone: str | None
    times: list[Time]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A day with its rows."""

    id: str
    name: str
    free: int
    rows: list[str]  # as HTML: most of them outlive a change of the list


@dataclass(frozen=True, slots=True, kw_only=True)
class StripDay:
    """A day of the strip; *url* is None when nothing is free."""

    weekday: str
    number: str
    name: str
    free: int
    url: str | None
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """All that the two cached parts of the page say."""

    next: First | None
    others: list[First]
    zone: str | None  # when all places share it
    missing: str | None  # the day that was asked for and has nothing free
    strip: list[StripDay]
    blocks: list[Block]
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The list as the page has it: words, and the HTML of our own templates that never varies."""

    times: Times
    filter: Filter
    first: str
    narrowing: str
    days: str
