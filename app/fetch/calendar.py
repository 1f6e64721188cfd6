"""Fetching and reading one calendar in a child process: ten seconds, little memory, no secrets."""

import json
import signal
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
    seconds: float


def read(
    task: Task,
    *,
    allow: tuple[str, ...] = (),
    trusting: str | None = None,
    seconds: float = SECONDS,
) -> Read:
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
        seconds=seconds,
    )
    question, until = json.dumps(asdict(asked)).encode(), seconds + busy.BY_THE_CLOCK
    try:
        answer = limited.run(fetched, question, by_the_clock=until)
    except limited.GaveUp as gave_up:
        fault = Fault.AWAY if gave_up.why == "late" else Fault.TOO_HARD
        raise NotRead(fault) from gave_up
    if "same" in answer:
        return Read(found=None)
    return Read(found=busy.found_in(answer), etag=answer["etag"], modified=answer["modified"])


def fetched(data: bytes) -> dict[str, Any]:
    """Do so: what the child is for.

    Its alarm ends it wherever it waits: nothing else gives up a name server that never answers,
    or a server that says little at a time.
    """
    asked = Asked(**json.loads(data))
    outside = Outside(allow=frozenset(asked.allow), trusting=asked.trusting)
    signal.setitimer(signal.ITIMER_REAL, asked.seconds)
    try:
        answer = outside.get(asked.address, etag=asked.etag, modified=asked.modified)
    except NotRead as not_read:
        return {"fault": not_read.fault}
    signal.setitimer(signal.ITIMER_REAL, 0)
    if answer.body is None:
        return {"same": True}
    told = busy.told(answer.body, since=asked.since, until=asked.until, zone=asked.zone)
    return told | {"etag": answer.etag, "modified": answer.modified}
