"""Times at which a doctor is busy elsewhere, as another calendar of theirs says."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.interval import Interval


class Fault(StrEnum):
    """Why a calendar was not taken in; what was read before stays."""

    NOT_A_CALENDAR = "not_a_calendar"
    CUT_SHORT = "cut_short"
    TOO_BIG = "too_big"
    TOO_MANY = "too_many"
    TOO_DEEP = "too_deep"
    TOO_HARD = "too_hard"
    NO_ADDRESS = "no_address"
    NOT_OUTSIDE = "not_outside"
    UNKNOWN_NAME = "unknown_name"
    NOT_TRUSTED = "not_trusted"
    AWAY = "away"
    TURNED_AWAY = "turned_away"
    SENT_ON = "sent_on"
    PACKED = "packed"


class NotRead(Exception):
    """A calendar that cannot be taken in, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a calendar says: when its owner is busy, and how many of its entries nobody can read."""

    busy: tuple[Interval, ...]
    skipped: int = 0


def merged(spans: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the same time in as few intervals as it takes, in order; neighbours become one."""
    whole: list[Interval] = []
    for span in sorted(spans):
        if whole and span.start <= whole[-1].end:
            whole[-1] = Interval(whole[-1].start, max(whole[-1].end, span.end))
        else:
            whole.append(span)
    return tuple(whole)
