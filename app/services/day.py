"""The day of a wish: the last look at a calendar before a time is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.appointment import Wish
from app.domain.availability import Calendar, fitting
from app.domain.clinic import Clinic, VisitType
from app.domain.desk_refusals import ClinicClosed, InThePast, TooFarAhead
from app.domain.interval import Interval
from app.domain.refusals import NotOffered, SlotTaken
from app.services import calendar
from app.storage import blocked, holds, journal

FARTHEST = timedelta(days=731)  # that anybody books ahead: beyond is a year mistyped


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOf:
    """The day of a wish, read afresh under the calendar's lock."""

    calendar: Calendar
    day_cells: int
    held: int
    now: datetime

    @property
    def free(self) -> int:
        """How many times the day still offers."""
        return (self.calendar.bookable(now=self.now) & self.day_cells).bit_count()

    def check_offered(self, wish: Wish) -> None:
        """Refuse a time that is not offered, and say so apart from one that is taken."""
        if self.calendar.is_bookable(wish.start, now=self.now):
            return
        grid, rule = self.calendar.grid, self.calendar.rule
        fits = grid.begins(wish.start) and self.calendar.fits >> grid.cell_of(wish.start) & 1
        in_time = self.now + rule.notice <= wish.start < self.now + rule.horizon
        raise SlotTaken if fits and in_time else NotOffered


def day_of(
    session: Session, wish: Wish, clinic: Clinic, *, leaving_out: str | None, now: datetime
) -> DayOf:
    """Return the day of a wish as if *leaving_out* were not there: the appointment that moves."""
    visit_type = offered(wish, clinic)
    place = clinic.locations[wish.location_id]
    zone = place.zone
    day = wish.start.astimezone(zone).date()
    grid = calendar.around(day)
    taken = blocked.taken(session, [wish.clinician_id], grid.span, now=now)
    others = [item for item in taken if item.id != leaving_out]
    open_ = clinic.hours[wish.clinician_id].stretches(place, grid)
    day_cells = calendar.cells_of_day(day, zone, grid)
    seen = Calendar(
        rule=visit_type.rule,
        grid=grid,
        zone=zone,
        fits=fitting(open_, visit_type.rule, video=wish.video, grid=grid),
        busy=grid.cover_each((item.blocked.start, item.blocked.end) for item in others),
        same_type=tuple(item.start for item in others if item.visit_type_id == visit_type.id),
    )
    choosing = (item for item in others if item.is_choosing)
    held = sum(1 for item in choosing if day_cells & grid.cover(item.blocked))
    return DayOf(calendar=seen, day_cells=day_cells, held=held, now=now)


def time_of(wish: Wish, clinic: Clinic) -> dict[str, Any]:
    """Return what an appointment's row says of its time: with whom, where, and what it blocks."""
    visit_type = clinic.visit_types[wish.visit_type_id]
    interval, blocked = visit_type.interval(wish.start), visit_type.blocked(wish.start)
    return {
        "clinician_id": wish.clinician_id,
        "location_id": wish.location_id,
        "visit_type_id": wish.visit_type_id,
        "video": wish.video,
        "starts_at": interval.start,
        "ends_at": interval.end,
        "blocked_from": blocked.start,
        "blocked_until": blocked.end,
    }


def anybody_at(
    session: Session, clinician_id: int, span: Interval, *, but: str, now: datetime
) -> bool:
    """Say whether somebody else has a time; what was held there and ran out is given back."""
    lapsed = holds.clear_ended(session, clinician_id, span, now=now)
    journal.note_each(session, "lapse", lapsed, actor="clinic", now=now)
    there = blocked.by_people(session, clinician_id, span, now=now)
    return any(one.id != but for one in there)


def check_open(wish: Wish, clinic: Clinic, *, now: datetime) -> None:
    """Refuse a time that is over or out of sight, or for which the doctor is not in."""
    if wish.start < now:
        raise InThePast
    if wish.start > now + FARTHEST:
        raise TooFarAhead
    check_hours(wish, clinic.visit_types[wish.visit_type_id].interval(wish.start), clinic)


def check_hours(wish: Wish, interval: Interval, clinic: Clinic) -> None:
    """Refuse a time for which the doctor is not in, however free their calendar is."""
    grid = calendar.around(wish.start.date())
    if not grid.begins(wish.start):
        raise NotOffered
    hours, place = clinic.hours[wish.clinician_id], clinic.locations[wish.location_id]
    if grid.cover(interval) & ~hours.open_at(place, grid, video=wish.video):
        raise ClinicClosed


def offered(wish: Wish, clinic: Clinic) -> VisitType:
    """Refuse what nobody can book just now."""
    visit_type = visit_type_of(wish, clinic)
    if not visit_type.active:
        raise NotOffered
    return visit_type


def visit_type_of(wish: Wish, clinic: Clinic) -> VisitType:
    """Refuse a doctor, a place or a way to meet that does not go with the visit."""
    visit_type = clinic.visit_types.get(wish.visit_type_id)
    clinician = clinic.clinicians.get(wish.clinician_id)
    place = clinic.locations.get(wish.location_id)
    if (
        visit_type is None
        or clinician is None
        or place is None
        or not (clinician.active and place.active)
        or visit_type.id not in clinician.visit_type_ids
        or not (visit_type.video if wish.video else visit_type.in_person)
    ):
        raise NotOffered
    return visit_type
