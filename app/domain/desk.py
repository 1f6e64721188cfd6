"""The clinic's day as the desk sees it: who comes and when, and nothing about health."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.domain.busy import Known
from app.domain.interval import Interval

FIRST_HOUR, LAST_HOUR = 8, 18  # that a day shows even when nobody is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An appointment, or a hold on its way to one: then there is no *name* yet.

    A hold has a name where the clinic asked somebody whether the time suits (*proposal_id*).
    *guide_open* says that the visit asks for the guide and nobody read it to its end;
    *mail_failed* that a mail about it was refused; *overlaps* that somebody allowed it to.
    *homeless* says that its time was closed since, and *said_no* to all that was offered instead;
    *elsewhere* that the doctor's other calendar says that they are busy then.
    """

    id: str
    reference: str
    status: str
    clinician_id: int
    location_id: int
    visit_type_id: int
    video: bool
    interval: Interval
    blocked: Interval
    hold_until: datetime | None
    name: str
    guide_open: bool
    mail_failed: bool
    overlaps: bool
    revision: int
    proposal_id: str | None = None
    said_no: bool = False
    homeless: bool = False
    elsewhere: bool = False

    @property
    def after(self) -> Interval | None:
        """The time that follows the visit and is nobody's."""
        end, until = self.interval.end, self.blocked.end
        return Interval(end, until) if until > end else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """Time without visits; *why* is what was written beside a closure, or nothing."""

    span: Interval
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One clinician's day; *extra* says that hours of this day only are among the open ones.

    In *busy* the clinician is busy elsewhere, by another calendar of theirs.
    """

    clinician_id: int
    day: date
    location_ids: tuple[int, ...]
    extra: bool
    planned: tuple[Planned, ...]
    shut: tuple[Shut, ...]
    busy: tuple[Interval, ...]
    free: tuple[Interval, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A clinician without hours on a day, and why, if that was written down."""

    clinician_id: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Columns side by side on one clock, from one full hour to another."""

    zone: ZoneInfo
    first_hour: int
    until_hour: int
    columns: tuple[Column, ...]
    away: tuple[Away, ...]
    late: tuple[Known, ...]  # calendars that nobody could read for too long

    @property
    def planned(self) -> list[Planned]:
        """All that stands on the board."""
        return [one for column in self.columns for one in column.planned]
