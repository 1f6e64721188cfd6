"""Times that are held for one person until they answer: yes to one of them, or no."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.appointment import Person, Wish
from app.domain.booking import HOLD_GRACE, LINK_LASTS
from app.domain.refusals import Refused

AT_MOST = 5  # times in one proposal
WAKES, SLEEPS = time(8), time(20)  # on the wall: nobody has to answer at night


class Kind(StrEnum):
    """Why somebody is asked: an earlier time came free, or theirs cannot be kept."""

    EARLIER = "earlier"
    REHOUSE = "rehouse"


class Answer(StrEnum):
    """How a proposal ended; *withdrawn* by the clinic, or because its appointment changed."""

    YES = "yes"
    NO = "no"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class OfferOver(Refused):
    """The times are not held for the person any more: nobody said yes in time."""

    code = "offer_over"


class OfferAnswered(Refused):
    """The proposal was answered before, and otherwise."""

    code = "offer_answered"


class OfferWithdrawn(Refused):
    """The clinic took the proposal back."""

    code = "offer_withdrawn"


class OfferOvertaken(Refused):
    """The appointment that would move was changed or cancelled since."""

    code = "offer_overtaken"


class AlreadyOffered(Refused):
    """The person has times to choose from already; two offers would hold twice as many."""

    code = "already_offered"


class TooManyOffered(Refused):
    """Nobody chooses among so many times, and others cannot have them meanwhile."""

    code = "too_many_offered"


ENDED: dict[str, type[Refused]] = {
    Answer.LAPSED: OfferOver,
    Answer.WITHDRAWN: OfferWithdrawn,
    Answer.YES: OfferAnswered,
    Answer.NO: OfferAnswered,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What somebody is asked.

    *appointment_id* is the appointment that would move; without one they wait for a first
    time (*waiting_id*).  *sequence* is the appointment's when they were asked: it counts its
    moves and its cancelling, so that an answer never moves what was changed meanwhile.
    """

    id: str
    kind: Kind
    person: Person
    patient_id: str
    appointment_id: str | None
    waiting_id: str | None
    sequence: int
    times: tuple[Wish, ...]
    made_at: datetime
    answer_by: datetime
    answered_at: datetime | None = None
    answer: Answer | None = None
    link_version: int = 0

    @property
    def doctors(self) -> set[int]:
        """Whose calendars it holds times in."""
        return {wish.clinician_id for wish in self.times}

    def is_open(self, *, now: datetime) -> bool:
        """Say whether it can be answered still."""
        return self.answer is None and now <= self.answer_by + HOLD_GRACE

    def ended(self, *, now: datetime) -> Answer | None:
        """Return how it ended, though nobody noted yet that it ran out; None while it is open."""
        return None if self.is_open(now=now) else self.answer or Answer.LAPSED

    def check_open(self, *, now: datetime) -> None:
        """Refuse an answer that comes too late, and say why."""
        if (how := self.ended(now=now)) is not None:
            raise ENDED[how]

    def is_shown(self, *, now: datetime) -> bool:
        """Say whether its link still leads somewhere."""
        return now <= self.answer_by + LINK_LASTS


def answer_by(hours: int, zone: ZoneInfo, starts: Iterable[datetime], *, now: datetime) -> datetime:
    """Return until when somebody may answer: so many hours by day, and before the first time.

    The hours run from 8 to 20 on the clinic's wall: a mail of the evening is answered in the
    morning.  An hour before the time itself it is too late to set out.
    """
    left = timedelta(hours=hours)
    begins = waking(now, zone)
    while (today := _at(begins, SLEEPS, zone) - begins) < left:
        left -= today
        begins = waking(begins + today, zone)
    return min(begins + left, min(starts) - timedelta(hours=1))


def waking(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, or the next morning's beginning when it is at night."""
    if instant < _at(instant, WAKES, zone):
        return _at(instant, WAKES, zone)
    if instant >= _at(instant, SLEEPS, zone):
        return _at(instant, WAKES, zone, days=1)
    return instant


def _at(instant: datetime, clock: time, zone: ZoneInfo, *, days: int = 0) -> datetime:
    """Return when the wall shows a time, on the day of an instant or some days later."""
    day = instant.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, clock, zone).astimezone(instant.tzinfo)
