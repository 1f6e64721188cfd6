"""The safety check: who must not wait for an appointment.  Fixed rules, no score, no diagnosis."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.refusals import LimitLoosened


class Tier(StrEnum):
    """How soon an answer needs somebody, most urgent first."""

    EMERGENCY = "emergency"
    CALL_TODAY = "call_today"
    BOOK_AND_TELL = "book_and_tell"


class Answer(StrEnum):
    """What a person says to one item."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the check, and where the two answers that are not "no" lead."""

    id: str
    tier: Tier
    not_sure_leads_to: Tier

    def leads_to(self, answer: Answer) -> Tier | None:
        """Give the tier whose action the answer asks for."""
        return {Answer.YES: self.tier, Answer.NOT_SURE: self.not_sure_leads_to}.get(answer)


@dataclass(frozen=True, slots=True)
class Missing:
    """These items have no answer yet."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """No online booking: an emergency, or a call today, because of these items."""

    tier: Tier
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoOn:
    """The person can go on; the doctor is told these answers."""

    told: tuple[tuple[str, Answer], ...]


Outcome = Missing | Stop | GoOn


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A check that somebody went through: which one, in whose words, when, and what came of it."""

    at: datetime
    edition: str
    language: str
    jurisdiction: str
    words: Mapping[str, str]  # that the clinic filled in, its own limits among them
    sha: str
    tier: Tier | None  # None: every answer was "no"
    told: tuple[tuple[str, Answer], ...] = ()

    @property
    def points(self) -> tuple[str, ...]:
        """The names of what the doctor is told."""
        return tuple(item for item, _answer in self.told)


WIDENING = ("<=", "<")  # the larger such a limit, the more people it stops


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number in a question: how long ago, how old, how much; one may follow another's."""

    id: str
    what: str
    value: int
    unit: str
    op: str
    follows: str | None = None

    def stops_more(self, value: int) -> bool:
        """Say whether more people would be stopped with this value."""
        return value > self.value if self.op in WIDENING else 0 < value < self.value

    def tightened(self, value: int) -> "Limit":
        """Return the limit with a value that stops more people; refuse any other."""
        if self.follows is not None or not self.stops_more(value):
            raise LimitLoosened
        return replace(self, value=value)


def assess(items: Iterable[Item], answers: Mapping[str, Answer]) -> Outcome:
    """Give what follows from the answers to some items: one page of the check, or all of it.

    The most urgent tier wins, and one sign is enough: an emergency does not wait for the other
    answers.  But nobody is told to call today, or goes on, while a more urgent item is open.
    """
    asked = tuple(items)
    flagged = {item.id: item.leads_to(answers[item.id]) for item in asked if item.id in answers}
    for tier in (Tier.EMERGENCY, Tier.CALL_TODAY):
        signs = tuple(name for name, leads_to in flagged.items() if leads_to is tier)
        if signs:
            return Stop(tier, signs)
        missing = tuple(item.id for item in asked if item.tier is tier and item.id not in flagged)
        if missing:
            return Missing(missing)
    return _told(asked, answers, flagged)


def _told(
    asked: tuple[Item, ...], answers: Mapping[str, Answer], flagged: Mapping[str, Tier | None]
) -> Outcome:
    missing = tuple(item.id for item in asked if item.id not in answers)
    if missing:
        return Missing(missing)
    return GoOn(tuple((name, answers[name]) for name, leads_to in flagged.items() if leads_to))
