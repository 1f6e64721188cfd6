"""What is counted of a reading, so that the clinic learns where its guide fails; never who."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.domain.primer import Stance
from app.domain.reading import Progress

AT_REST = timedelta(days=1)  # without a page turned: then somebody has stopped
STEPS = (5, 10, 15, 20, 30, 60)  # minutes; more than the last is counted as "more"


def keys(read: Progress, started_at: datetime, finished_at: datetime | None) -> frozenset[str]:
    """Return what one reading counts towards; one that is not finished has stopped."""
    return frozenset(_keys(read, started_at, finished_at))


def _keys(read: Progress, started_at: datetime, finished_at: datetime | None) -> Iterator[str]:
    yield "started"
    if finished_at is not None:
        yield "finished"
        yield f"minutes:{_minutes(finished_at - started_at)}"
    elif read.pages_read:
        yield f"stopped:{max(read.pages_read)}"
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
