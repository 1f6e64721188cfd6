"""The times a person may choose: the next free ones, then day by day."""

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Engine

from app.domain.appointment import Appointment, Wish
from app.domain.clinic import Clinic, Location, VisitType
from app.domain.wallclock import PARTS
from app.services import calendar
from app.services.columns import Column, earliest, free_on
from app.storage.database import reading

DAYS_SHOWN = 4
STRIP = 14
KEPT = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a person looks for; None means any."""

    visit_type_id: int
    video: bool | None = None
    clinician_id: int | None = None
    location_id: int | None = None
    part: str = "any"
    from_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorDay:
    """One clinician's free times at one place on one day."""

    clinician_id: int
    location_id: int
    video: bool
    slots: tuple[Wish, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day on the wall with its free times."""

    day: date
    lists: tuple[DoctorDay, ...]

    @property
    def free(self) -> int:
        """How many times are free."""
        return sum(len(list_.slots) for list_ in self.lists)


@dataclass(frozen=True, slots=True, kw_only=True)
class StripDay:
    """A day of the strip: how much is free, and whether it is shown below."""

    day: date
    free: int
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be booked.  *key* changes whenever the content would."""

    key: Hashable
    search: Search
    next: Wish | None
    next_video: Wish | None
    next_late: Wish | None
    days: tuple[Day, ...]
    strip: tuple[StripDay, ...]
    earlier: date | None
    later: date | None


_offers: WeakKeyDictionary[Engine, OrderedDict[Hashable, Offer]] = WeakKeyDictionary()
_lock = Lock()  # a worker answers in several threads


def find(
    search: Search,
    clinic: Clinic,
    *,
    calendars: int | None = None,
    moving: Appointment | None = None,
    now: datetime,
) -> Offer:
    """Return what can be booked: two statements at most, however long the history.

    *calendars* says how often all calendars changed, when that is known already.  What is
    offered to an appointment that is *moving* may overlap its own time, but is not the same.
    """
    session = reading()
    visit_type = clinic.visit_types[search.visit_type_id]
    ids = _clinicians(search, clinic, visit_type)
    busy = calendar.busy(session, clinic, ids, all_changes=calendars, now=now)
    shelf = calendar.shelf(session, clinic, now=now)
    days = _days_within(clinic, now, now + visit_type.rule.horizon)
    first = shelf.grid.cell_from(now + visit_type.rule.notice)
    until = shelf.grid.cell_from(now + visit_type.rule.horizon)
    versions = [busy[id_].version for id_ in ids]
    itself = (moving.id, moving.sequence) if moving else None
    key = (search, clinic.revision, days, first, until, itself, *versions)
    with _lock:
        kept = _offers.setdefault(calendar.engine_of(session), OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
    found = _free(search, clinic, visit_type, ids, shelf, moving, now=now)
    offer = _offer(search, clinic, found, key=key, days=days)
    with _lock:
        kept[key] = offer
        while len(kept) > KEPT:
            kept.popitem(last=False)
    return offer


def _clinicians(search: Search, clinic: Clinic, visit_type: VisitType) -> list[int]:
    return [
        id_
        for id_, clinician in clinic.clinicians.items()
        if clinician.active
        and visit_type.active
        and visit_type.id in clinician.visit_type_ids
        and search.clinician_id in (None, id_)
    ]


def _free(
    search: Search,
    clinic: Clinic,
    visit_type: VisitType,
    clinician_ids: list[int],
    shelf: calendar.Shelf,
    moving: Appointment | None,
    *,
    now: datetime,
) -> list[Column]:
    """Return who is free where; to an appointment that moves its own time is free too."""
    if moving is None:
        return list(columns(search, clinic, visit_type, clinician_ids, shelf, now=now))
    if (doctor := moving.wish.clinician_id) in clinician_ids:
        shelf = calendar.without(reading(), shelf, doctor, moving.id, now=now)
    found = columns(search, clinic, visit_type, clinician_ids, shelf, now=now)
    return [column.but(moving.wish) for column in found]


def columns(
    search: Search,
    clinic: Clinic,
    visit_type: VisitType,
    clinician_ids: list[int],
    shelf: calendar.Shelf,
    *,
    now: datetime,
) -> Iterator[Column]:
    """Yield who is free where; by video only what is not offered in person, unless asked for."""
    for id_ in clinician_ids:
        for place in _places(clinic, id_):
            if search.location_id not in (None, place.id):
                continue
            in_person = 0
            if visit_type.in_person and search.video is not True:
                in_person = calendar.calendar(
                    shelf, clinic, visit_type, id_, place.id, video=False
                ).bookable(now=now)
                yield Column(visit_type.id, id_, place, False, shelf.grid, in_person)
            if visit_type.video and search.video is not False:
                by_video = calendar.calendar(
                    shelf, clinic, visit_type, id_, place.id, video=True
                ).bookable(now=now)
                by_video &= ~in_person
                yield Column(visit_type.id, id_, place, True, shelf.grid, by_video)


def _places(clinic: Clinic, clinician_id: int) -> list[Location]:
    hours = clinic.hours[clinician_id]
    used = {rule.location_id for rule in hours.weekly} | {day.location_id for day in hours.openings}
    return [place for id_, place in clinic.locations.items() if place.active and id_ in used]


def _offer(
    search: Search, clinic: Clinic, found: list[Column], *, key: Hashable, days: tuple[date, date]
) -> Offer:
    today, last = days
    if search.part != "any":
        found = [column.at_hours(PARTS[search.part], today, last) for column in found]
    late = [column.at_hours(PARTS["late"], today, last) for column in found]
    next_ = earliest(found)
    first = search.from_day or (_local_day(next_, clinic) if next_ else today)
    first = min(max(first, today), last)
    some = list(islice((day for day in _days(first, last) if free_on(day, found)), DAYS_SHOWN + 1))
    shown, after = some[:DAYS_SHOWN], some[DAYS_SHOWN:]
    return Offer(
        key=key,
        search=search,
        next=next_,
        next_video=earliest(column for column in found if column.video),
        next_late=earliest(late),
        days=tuple(_day(day, found) for day in shown),
        strip=tuple(
            StripDay(day=day, free=free_on(day, found), shown=day in shown)
            for day in _days(first, min(last, first + timedelta(days=STRIP)))
        ),
        earlier=max(today, first - timedelta(days=STRIP)) if first > today else None,
        later=after[0] if after else None,
    )


def _days_within(clinic: Clinic, start: datetime, end: datetime) -> tuple[date, date]:
    """Return the first day on any wall of the clinic, and the one after the last."""
    zones = [clinic.zone, *(place.zone for place in clinic.locations.values())]
    first = min(start.astimezone(zone).date() for zone in zones)
    return first, max(end.astimezone(zone).date() for zone in zones) + timedelta(days=1)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days)]


def _local_day(wish: Wish, clinic: Clinic) -> date:
    return wish.start.astimezone(clinic.locations[wish.location_id].zone).date()


def _day(day: date, found: list[Column]) -> Day:
    lists = (
        DoctorDay(
            clinician_id=column.clinician_id,
            location_id=column.place.id,
            video=column.video,
            slots=column.wishes(day),
        )
        for column in found
    )
    free = (list_ for list_ in lists if list_.slots)
    return Day(day=day, lists=tuple(sorted(free, key=lambda list_: list_.slots[0].start)))
