"""What is counted of a reading, so that the clinic learns where its guide fails; never who."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.primer import Stance
from app.domain.reading import Progress

FEWEST = 5  # people in a cell that is shown
AT_REST = timedelta(days=1)  # without a page turned: then somebody has stopped
STEPS = (5, 10, 15, 20, 30, 60)  # minutes; more than the last is counted as "more"

Cells = dict[str, int | None]  # None: hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one edition; a cell under five is hidden, and one by which it shows."""

    edition: str
    started: int | None
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


def figures(edition: str, counted: Mapping[str, int]) -> Figures:
    """Put counts together, so that nobody can work out a cell under five."""
    groups = _groups(counted)
    whole = {name: counted.get(name, 0) for name in ("finished", "stopped", "reading")}
    way = shown(whole)
    return Figures(
        edition=edition,
        started=counted["started"] if counted.get("started", 0) >= FEWEST else None,
        way=way,
        stopped=_part_of(way["stopped"], groups.get("stopped", {})),
        minutes=_part_of(way["finished"], groups.get("minutes", {})),
        missed={
            check: shown({"missed": groups.get("missed", {}).get(check, 0)}, of=asked, rest="right")
            for check, asked in groups.get("asked", {}).items()
        },
        answered={
            statement: shown(
                {stance: groups.get(stance, {}).get(statement, 0)
                 for stance in (Stance.TALK, Stance.SKIP)},
                of=answered, rest="understand",
            )
            for statement, answered in groups.get("answered", {}).items()
        },
    )  # fmt: skip


def shown(cells: Mapping[str, int], *, of: int | None = None, rest: str = "") -> Cells:
    """Hide cells of one to four; of cells that make up a known whole, one more that would tell.

    Nobody is nobody's secret: nought is shown.  With *of*, the cell *rest* is what is left of it.
    """
    counted = dict(cells) if of is None else {**cells, rest: of - sum(cells.values())}
    few = {name for name, count in counted.items() if 0 < count < FEWEST}
    others = [name for name, count in counted.items() if count >= FEWEST]
    if few and others and (len(few) == 1 or sum(counted[name] for name in few) < FEWEST):
        few.add(min(others, key=lambda name: counted[name]))
    return {name: None if name in few else count for name, count in counted.items()}


def _part_of(whole: int | None, cells: Mapping[str, int]) -> Cells:
    """Hide all parts of a whole that is hidden: together they would tell it."""
    return dict.fromkeys(cells) if whole is None else shown(cells)


def _groups(counted: Mapping[str, int]) -> dict[str, dict[str, int]]:
    groups: dict[str, dict[str, int]] = {}
    for key in sorted(counted):
        group, colon, name = key.partition(":")
        if colon:
            groups.setdefault(group, {})[name] = counted[key]
    return groups


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
    return next((f"{step:02}" for step in STEPS if took <= timedelta(minutes=step)), "more")
