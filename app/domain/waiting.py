"""The waiting list: what somebody waits for, whom a free time suits, and whose turn it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.appointment import Person, Wish
from app.domain.refusals import Refused
from app.domain.wallclock import PARTS

OFFERS_A_DAY = 2  # to one person
LAPSES_FORGIVEN = 1  # who lets more offers run out goes behind those who answer
PER_ADDRESS = 3  # wishes of one e-mail address
JOINS_PER_NETWORK = 5  # a day
KEPT = timedelta(days=30)  # after somebody left the list
NO_LESS = timedelta(minutes=30)  # to answer


class End(StrEnum):
    """Why somebody is not on the list any more."""

    BOOKED = "booked"
    LEFT = "left"
    TAKEN_OFF = "taken_off"
    OVER = "over"


class TooManyWaiting(Refused):
    """One address, or one network, asked for as many wishes as it may."""

    code = "too_many_waiting"


class NotWaiting(Refused):
    """The person is not on the list any more."""

    code = "not_waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What suits somebody; what is empty leaves it open."""

    visit_type_id: int
    clinician_ids: frozenset[int] = frozenset()
    location_ids: frozenset[int] = frozenset()
    weekdays: frozenset[int] = frozenset()
    part: str = "any"
    video: bool | None = None
    until_day: date | None = None
    short_notice: bool = False

    def allow(self, clinician_id: int, location_id: int, *, video: bool) -> bool:
        """Say whether a doctor, a place and a way to meet are among what they asked for."""
        return (
            _open_or_among(self.clinician_ids, clinician_id)
            and _open_or_among(self.location_ids, location_id)
            and self.video in (None, video)
        )

    def suit(self, wish: Wish, zone: ZoneInfo) -> bool:
        """Say whether a time is what they asked for, on the clock of its place."""
        there = wish.start.astimezone(zone)
        first, until = PARTS[self.part]
        return (
            wish.visit_type_id == self.visit_type_id
            and self.allow(wish.clinician_id, wish.location_id, video=wish.video)
            and _open_or_among(self.weekdays, there.weekday())
            and first <= there.hour < until
            and (self.until_day is None or there.date() <= self.until_day)
        )


def _open_or_among(wanted: frozenset[int], one: int) -> bool:
    return not wanted or one in wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody on the list; *has* is when the appointment is that they would give up.

    *offered* are the (doctor, start) they were asked about, *lapsed* how many offers they let
    run out, *today* how many were made today, *asked* whether one is open.
    """

    id: str
    person: Person
    patient_id: str
    wishes: Wishes
    since: datetime
    appointment_id: str | None = None
    reference: str | None = None
    has: datetime | None = None
    sequence: int = 0
    offered: frozenset[tuple[int, datetime]] = frozenset()
    lapsed: int = 0
    today: int = 0
    asked: bool = False

    def fits(self, wish: Wish, zone: ZoneInfo, *, short: timedelta, now: datetime) -> bool:
        """Say whether a free time may be offered to them.

        It is earlier than what they have by a day at least, not nearer than they said that it
        may be, and nothing that they were asked about before.
        """
        return (
            self.wishes.suit(wish, zone)
            and (self.wishes.short_notice or wish.start >= now + short)
            and (self.has is None or _day(wish.start, zone) < _day(self.has, zone))
            and (wish.clinician_id, wish.start) not in self.offered
        )

    def may_be_asked(self) -> bool:
        """Say whether it is not too much to ask them now."""
        return not self.asked and self.today < OFFERS_A_DAY

    @property
    def turn(self) -> tuple[bool, datetime, str]:
        """Where they stand in the line: the smallest is first."""
        return self.lapsed > LAPSES_FORGIVEN, self.since, self.id


def _day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def in_turn(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Return who may be asked now, the fairest first.

    Whoever waits longest comes first; whoever let two offers run out comes after all who did
    not.  Each is asked about the first time that fits them, so a time goes to the first in line
    whom it fits and who is not being asked about another one.
    """
    return sorted((one for one in waiting if one.may_be_asked()), key=lambda one: one.turn)
