"""Reading doctors' other calendars in turn, as the worker does."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from app.clock import Clock
from app.domain.busy import NotRead, Task
from app.fetch import calendar
from app.services import busy_rounds

log = logging.getLogger(__name__)

A_ROUND = timedelta(seconds=20)  # then mails have their turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads; *allow* and *trusting* are for the servers of tests."""

    owner: str
    allow: tuple[str, ...] = ()
    trusting: str | None = None

    def read_due(self, *, clock: Clock, stopping: Callable[[], bool]) -> None:
        """Read the calendars that are due, until their part of the round is over."""
        until = clock() + A_ROUND
        while not stopping() and clock() < until:
            task = busy_rounds.lease(owner=self.owner, now=clock())
            if task is None:
                return
            self._read(task, clock)

    def _read(self, task: Task, clock: Clock) -> None:
        try:
            read = calendar.read(task, allow=self.allow, trusting=self.trusting)
        except NotRead as not_read:
            log.warning("calendar %s not read: %s", task.calendar_id, not_read.fault)
            busy_rounds.fail(task, not_read.fault, now=clock())
            return
        busy_rounds.keep(task, read, now=clock())
        log.info("calendar %s read", task.calendar_id)
