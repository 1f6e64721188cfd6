"""Fetching and reading one calendar in a child process: ten seconds, little memory, no secrets."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from app import limited
from app.domain.busy import Fault, NotRead, Read, Task
from app.fetch.outside import Outside
from app.ics import busy

SECONDS = 10.0  # for looking the server up, and for all that it sends


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the child is told; it comes in by its input, where no list of processes shows it."""

    address: str
    since: str
    until: str
    zone: str
    etag: str
    modified: str
    allow: tuple[str, ...] = ()
    trusting: str | None = None
    seconds: float = SECONDS


def read(task: Task, *, allow: tuple[str, ...] = (), trusting: str | None = None) -> Read:
    """Fetch and read a calendar where it can do no harm.  Raises NotRead."""
    asked = Asked(
        address=task.address,
        since=busy.spelled(task.window.start),
        until=busy.spelled(task.window.end),
        zone=task.zone,
        etag=task.etag,
        modified=task.modified,
        allow=allow,
        trusting=trusting,
    )
    try:
        answer = limited.run(fetched, json.dumps(asdict(asked)).encode())
    except limited.GaveUp as gave_up:
        raise NotRead(Fault.TOO_HARD) from gave_up
    if "same" in answer:
        return Read(found=None)
    return Read(found=busy.found_in(answer), etag=answer["etag"], modified=answer["modified"])


def fetched(data: bytes) -> dict[str, Any]:
    """Do so: what the child is for."""
    asked = Asked(**json.loads(data))
    outside = Outside(allow=frozenset(asked.allow), trusting=asked.trusting)
    try:
        with _within(asked.seconds):
            answer = outside.get(asked.address, etag=asked.etag, modified=asked.modified)
    except NotRead as not_read:
        return {"fault": not_read.fault}
    if answer.body is None:
        return {"same": True}
    told = busy.told(answer.body, since=asked.since, until=asked.until, zone=asked.zone)
    return told | {"etag": answer.etag, "modified": answer.modified}


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Give up a server that takes longer in all, however little it sends at a time."""

    def give_up(_signal: int, _frame: object) -> None:
        raise NotRead(Fault.AWAY)

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
