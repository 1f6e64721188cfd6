"""A calendar is an integer: bit *n* stands for the *n*th five minutes of a grid.

Bits are set by arithmetic on whole numbers, so a question about months of a calendar
(is it free, does a visit fit, what comes first) is a handful of shifts and ands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from app.domain.interval import Interval

CELL = timedelta(minutes=5)
CELL_MINUTES = CELL // timedelta(minutes=1)


def in_cells(duration: timedelta) -> int:
    """Return how many cells a duration takes; it must be a multiple of five minutes."""
    cells, rest = divmod(duration, CELL)
    if rest:
        raise ValueError(f"{duration} is not a multiple of five minutes")
    return cells


@dataclass(frozen=True, slots=True)
class Grid:
    """A stretch of time cut into cells: *cells* times five minutes from *origin* (UTC).

    What lies outside the grid is unknown to it, and whatever is put on it is clipped.
    """

    origin: datetime
    cells: int

    def __post_init__(self) -> None:
        if self.origin.utcoffset() != timedelta(0):
            raise ValueError("a grid begins at an aware UTC instant")
        if self.origin.minute % 5 or self.origin.second or self.origin.microsecond:
            raise ValueError("a grid begins on a multiple of five minutes")
        if self.cells < 1:
            raise ValueError("a grid has at least one cell")

    @classmethod
    def of_days(cls, first: date, days: int) -> "Grid":
        """Return the grid of whole UTC days; grids of one day are equal, so they can be a key."""
        return cls(datetime.combine(first, time.min, UTC), days * (timedelta(days=1) // CELL))

    @property
    def span(self) -> Interval:
        """The time that the grid knows."""
        return Interval(self.origin, self.instant_of(self.cells))

    @property
    def all(self) -> int:
        """The bit set of every cell."""
        return (1 << self.cells) - 1

    def cell_of(self, instant: datetime) -> int:
        """Return the cell that holds an instant: negative before the grid, >= *cells* after it."""
        return (instant - self.origin) // CELL

    def cell_from(self, instant: datetime) -> int:
        """Return the first cell that begins at an instant or later, on the grid or off it."""
        return -((self.origin - instant) // CELL)

    def instant_of(self, cell: int) -> datetime:
        """Return the instant (UTC) at which a cell begins."""
        return self.origin + cell * CELL

    def begins(self, instant: datetime) -> bool:
        """Say whether one of the cells begins at that very instant."""
        return not (instant - self.origin) % CELL and 0 <= self.cell_of(instant) < self.cells

    def cover(self, span: Interval) -> int:
        """Return every cell that a span touches, as busy time needs it: rounded outward."""
        return self.between(self.cell_of(span.start), self.cell_from(span.end))

    def cover_each(self, spans: Iterable[tuple[datetime, datetime]]) -> int:
        """Return every cell that one of many (start, end) spans touches, as `cover` does."""
        return self.marked(range(self.cell_of(start), self.cell_from(end)) for start, end in spans)

    def between(self, first: int, until: int) -> int:
        """Return the cells from *first* up to *until*, which is not among them."""
        first, until = max(first, 0), min(until, self.cells)
        return ((1 << (until - first)) - 1) << first if first < until else 0

    def marked(self, ranges: Iterable[range]) -> int:
        """Return the cells of many ranges (steps allowed) at once.

        Drawn on a tape of digits: setting bits one range at a time would copy the
        whole number for each of them.
        """
        tape = bytearray(b"0") * self.cells
        for cells in ranges:
            first = cells.start if cells.start >= 0 else cells.start % cells.step
            clipped = range(first, min(cells.stop, self.cells), cells.step)
            if clipped:
                tape[clipped.start : clipped.stop : clipped.step] = b"1" * len(clipped)
        tape.reverse()
        return int(tape, 2)

    def spans(self, bits: int) -> Iterator[Interval]:
        """Yield the unbroken stretches of a bit set, earliest first."""
        for first in each(bits & ~(bits << 1)):
            ends = bits >> first
            length = (~ends & (ends + 1)).bit_length() - 1
            yield Interval(self.instant_of(first), self.instant_of(first + length))


def union(sets: Iterable[int]) -> int:
    """Return the cells that are in any of some bit sets."""
    found = 0
    for bits in sets:
        found |= bits
    return found


def runs(free: int, length: int) -> int:
    """Return the cells where a run of *length* free cells begins.

    Doubling: a cell that begins a run of two, followed by another two cells on, begins a run of
    four; so the number of shifts grows with the logarithm of the length.
    """
    if length < 1:
        raise ValueError("a run has at least one cell")
    reached = 1
    while reached < length:
        shift = min(reached, length - reached)
        free &= free >> shift
        reached += shift
    return free


def each(bits: int) -> Iterator[int]:
    """Yield the cells of a bit set, lowest first.

    Found in a string of digits: taking the lowest bit off a long number copies it every time.
    """
    digits = f"{bits:b}"[::-1]
    cell = digits.find("1")
    while cell >= 0:
        yield cell
        cell = digits.find("1", cell + 1)
