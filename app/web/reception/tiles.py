"""The parts of a board as its page shows them."""

from dataclasses import dataclass

from app.domain.desk import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One entry of a column; *place* is its class on the rows, *kind* what it is."""

    kind: str  # tile, kept, shut, elsewhere, free, between
    place: str
    begins: str
    half: str  # of the day: am
    until: str
    look: str = ""
    lines: int = 3
    reference: str = ""
    proposal: str = ""  # that holds it
    moves: tuple[int, int] | None = None  # its place and its revision, where it may be moved
    name: str = ""
    what: str = ""
    sign: str = ""
    status: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    books: tuple[str, int] | None = None  # the time of day and the place, where it can be booked


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A column of the board: a doctor, or a day; *lanes* where appointments overlap."""

    id: str
    name: str
    where: str
    column: Column
    lanes: int
    today: bool
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A whole board; *now* is where the line stands and what it says."""

    look: str
    hours: tuple[tuple[str, str], ...]
    now: tuple[str, str] | None
    zone: str
    columns: tuple[Row, ...]
    away: tuple[str, ...]
    late: tuple[str, ...]  # whose other calendars nobody could read
    sums: tuple[tuple[int, str], ...]
