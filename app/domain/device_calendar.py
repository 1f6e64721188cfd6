"""A doctor's calendar as devices see it, and what they write into it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.clinic import Clinic
from app.domain.feed import Entry
from app.domain.interval import Interval

BOOK = 1_000_000  # a restored book counts on from the next million: devices begin anew with it
PAST = timedelta(days=30)  # then it leaves the devices; the clinic's book has it
AT_ONCE = 5_000  # is told in one answer: more than any doctor has ahead, and some MB of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A time that a device keeps free of visits: a closure, on the wall of the doctor's place."""

    closure_id: int
    uid: str
    starts: datetime
    ends: datetime
    zone: ZoneInfo
    put_at: datetime

    @property
    def interval(self) -> Interval:
        """Return when it is."""
        return Interval(*(at.replace(tzinfo=self.zone).astimezone(UTC)
                          for at in (self.starts, self.ends)))  # fmt: skip

    @property
    def whole_days(self) -> bool:
        """Say whether it goes from midnight to midnight."""
        return self.starts.time() == self.ends.time() == time.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Something in a calendar, under the name by which devices ask for it.

    *revision* is the calendar's when this last changed.
    """

    clinician_id: int
    name: str
    revision: int
    about: Entry | Block

    @property
    def interval(self) -> Interval:
        """Return when it is."""
        return self.about.interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """How far a device has come: the revisions of the calendar and of the clinic around it.

    *day* is the first that it was shown.  *next* says that it is in the midst of everything, and
    from which revision on the rest is still to be told.
    """

    calendar: int
    clinic: int
    day: int
    next: int | None = None

    def leads_to(self, later: "Token") -> bool:
        """Say whether another token is of the same book, and not from before or long after it."""
        same = self.clinic // BOOK == later.clinic // BOOK
        soon = self.day <= later.day <= self.day + PAST.days
        return same and soon and self.calendar <= later.calendar and self.clinic <= later.clinic

    def anew(self, clinic: int) -> "Token":
        """Return where everything is told anew; what went before this is no news."""
        return replace(self, clinic=clinic, next=0)

    def stopped(self, at: int, upto: "Token") -> "Token":
        """Return how far it came with what is told of a later one, but for a revision and on."""
        if at > self.calendar:
            return replace(upto, calendar=at - 1)
        return replace(upto, calendar=self.calendar, next=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What something asks of a calendar's changes: from a revision on, so many at most."""

    first: int
    last: int
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since a token, what went, the token from now on, and whether there is more."""

    shown: tuple[Shown, ...]
    gone: tuple[str, ...]
    token: Token
    more: bool = False


def first_day(now: datetime) -> int:
    """Return the first day that devices are shown, counted."""
    return (now - PAST).toordinal()


def begin(day: int) -> datetime:
    """Return when a day begins from which on things are shown."""
    return datetime.combine(date.fromordinal(day), time.min, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An event as a device wrote it: when it is; its words are nobody's business here.

    *days* says that it is of whole days, on whatever wall; then *start* and *end* are UTC
    midnights.  *visit* says that it invites or repeats as no busy time does.
    """

    uid: str
    start: datetime
    end: datetime
    days: bool = False
    busy: bool = True
    repeats: bool = False
    invites: bool = False


def zone_of(clinician_id: int, clinic: Clinic) -> ZoneInfo:
    """Return the zone on whose wall a doctor's free time is meant: their places', if it is one."""
    hours = clinic.hours[clinician_id]
    places = {one.location_id for one in hours.weekly}
    places |= {one.location_id for one in hours.openings}
    zones = {clinic.locations[id_].zone for id_ in places}
    return zones.pop() if len(zones) == 1 else clinic.zone


def on_the_wall(written: Written, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return from when to when an event is, as the clock on the wall shows it."""
    if written.days:
        return written.start.replace(tzinfo=None), written.end.replace(tzinfo=None)
    start, end = (at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0, fold=0)
                  for at in (written.start, written.end))  # fmt: skip
    return start, end
