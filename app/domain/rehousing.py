"""Appointments that lost their time, and how far finding another one is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.appointment import Wish
from app.domain.interval import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An appointment that is still to come, with how to reach whoever comes."""

    id: str
    reference: str
    wish: Wish
    interval: Interval
    name: str
    phone: str
    email: str
    language: str
    revision: int


class State(StrEnum):
    """How it stands with an appointment that lost its time."""

    OPEN = "open"  # nobody was asked yet
    ASKED = "asked"
    SAID_NO = "said_no"
    NO_ANSWER = "no_answer"
    MOVED = "moved"
    CANCELLED = "cancelled"
    HOME = "home"  # its time was opened again
    OVER = "over"  # nothing was found before it began


LEFT = (State.OPEN, State.SAID_NO, State.NO_ANSWER)  # somebody has to do something


class Call(StrEnum):
    """How a call ended."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    CALLS_BACK = "calls_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An appointment that lost its time at *stood_at*, and how far it is.

    *proposal_id* is what was offered last, to be answered by *answer_by*; *times* are free
    ones that could be offered.
    """

    coming: Coming
    state: State
    stood_at: datetime
    called: Call | None = None
    called_at: datetime | None = None
    proposal_id: str | None = None
    answer_by: datetime | None = None
    times: tuple[Wish, ...] = ()

    @property
    def is_left(self) -> bool:
        """Say whether somebody has to do something about it."""
        return self.state in LEFT


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is with all of them."""

    cases: tuple[Case, ...]

    def count(self, *states: State) -> int:
        """Count those that stand so."""
        return sum(case.state in states for case in self.cases)

    @property
    def settled(self) -> int:
        """How many have a time again, or need none."""
        return self.count(State.MOVED, State.CANCELLED, State.HOME, State.OVER)

    @property
    def not_reached(self) -> int:
        """How many were called in vain."""
        return sum(case.is_left and case.called is Call.NOT_REACHED for case in self.cases)

    @property
    def without_mail(self) -> int:
        """How many can only be called."""
        return sum(case.is_left and not case.coming.email for case in self.cases)

    @property
    def to_mail(self) -> int:
        """How many could be asked by mail and were not yet."""
        return sum(map(can_be_mailed, self.cases))


def can_be_mailed(case: Case) -> bool:
    """Say whether a first mail with times could go."""
    return case.state is State.OPEN and bool(case.coming.email) and bool(case.times)
