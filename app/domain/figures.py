"""What is counted of a reading, so that the clinic learns where its guide fails; never who."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from app.domain.primer import Stance
from app.domain.reading import Progress

FEWEST = 5  # people in a cell that is shown
AT_REST = timedelta(days=1)  # without a page turned: then somebody has stopped
STEPS = (5, 10, 15, 20, 30, 60)  # minutes; more than the last is counted as "more"
TIMES = (*(f"{step:02}" for step in STEPS), "more")

Cells = dict[str, int | None]  # None: hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What an edition asks; a row that is missing because nobody is in it would tell that."""

    parts: Sequence[str] = ()
    checks: Sequence[str] = ()
    statements: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one edition; a cell under five is hidden, and what would tell it."""

    edition: str
    started: int | None  # no sum where it would tell one of those
    way: Cells  # finished, stopped, reading
    stopped: Cells  # by the last part read
    minutes: Cells  # by how long it took who finished
    missed: Mapping[str, Cells]  # by question: missed, right
    answered: Mapping[str, Cells]  # by statement: talk, skip, understand


def keys(
    read: Progress, started_at: datetime, finished_at: datetime | None, *, at_rest: bool = True
) -> frozenset[str]:
    """Return what one reading counts towards; one at rest that is not finished has stopped."""
    end = "stopped" if at_rest else "reading"
    return frozenset(_keys(read, started_at, finished_at, end))


def figures(edition: str, counted: Mapping[str, int], rows: Rows) -> Figures:
    """Put counts together, so that nobody can work out a cell under five.

    How many began is told only where all that it is the sum of is.  Those who finished are the
    sum of their minutes, and those who stopped of where they did: there a second cell is hidden.
    """
    cells = partial(_cells, counted)
    ways = cells("", ("finished", "stopped", "reading"))
    way = _without(_few(ways), ways)
    return Figures(
        edition=edition,
        started=None if None in way.values() else counted["started"],
        way=way,
        stopped=_part_of(way["stopped"], cells("stopped:", ("", *rows.parts))),
        minutes=_part_of(way["finished"], cells("minutes:", TIMES)),
        missed={
            check: shown({"missed": counted.get(f"missed:{check}", 0)},
                         of=counted.get(f"asked:{check}", 0), rest="right")
            for check in rows.checks
        },
        answered={
            item: shown({stance: counted.get(f"{stance}:{item}", 0)
                         for stance in (Stance.TALK, Stance.SKIP)},
                        of=counted.get(f"answered:{item}", 0), rest="understand")
            for item in rows.statements
        },
    )  # fmt: skip


def shown(cells: Mapping[str, int], *, of: int | None = None, rest: str = "") -> Cells:
    """Hide cells under five, nought too; of a known whole, so many that none can be worked out.

    One hidden cell is what the others leave of the whole, and so are all of them together: the
    next smallest is hidden with them until they are two and hold five people.  Nobody learns which
    of the hidden are the small ones.  With *of*, the cell *rest* is what is left of it.
    """
    counted = dict(cells) if of is None else {**cells, rest: of - sum(cells.values())}
    few = _few(counted)
    others = [name for name in counted if name not in few]
    if few and others and (len(few) == 1 or sum(counted[name] for name in few) < FEWEST):
        few.add(min(others, key=lambda name: counted[name]))
    return _without(few, counted)


def _few(counted: Mapping[str, int]) -> set[str]:
    return {name for name, count in counted.items() if count < FEWEST}


def _without(hidden: Container[str], counted: Mapping[str, int]) -> Cells:
    return {name: None if name in hidden else count for name, count in counted.items()}


def _part_of(whole: int | None, cells: Mapping[str, int]) -> Cells:
    """Hide all parts of a whole that is hidden: together they would tell it."""
    return dict.fromkeys(cells) if whole is None else shown(cells)


def _cells(counted: Mapping[str, int], group: str, names: Iterable[str]) -> dict[str, int]:
    return {name: counted.get(f"{group}{name}", 0) for name in names}


def total(counts: Iterable[tuple[str, str, int]]) -> dict[str, Counter[str]]:
    """Add counts up by edition: (edition, key, how many)."""
    added: dict[str, Counter[str]] = {}
    for edition, key, count in counts:
        added.setdefault(edition, Counter())[key] += count
    return added


def _keys(
    read: Progress, started_at: datetime, finished_at: datetime | None, unfinished: str
) -> Iterator[str]:
    yield "started"
    if finished_at is not None:
        yield "finished"
        yield f"minutes:{_minutes(finished_at - started_at)}"
    else:
        yield unfinished
        if unfinished == "stopped":
            yield f"stopped:{max(read.pages_read, default='')}"
    for check, standing in read.checks.items():
        yield f"asked:{check}"
        if standing.misses:
            yield f"missed:{check}"
    for statement, answer in read.statements.items():
        yield f"answered:{statement}"
        if answer in (Stance.TALK, Stance.SKIP):
            yield f"{answer}:{statement}"


def _minutes(took: timedelta) -> str:
    return next((f"{step:02}" for step in STEPS if took <= timedelta(minutes=step)), TIMES[-1])
