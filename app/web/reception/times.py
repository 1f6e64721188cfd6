"""Free times at the desk: on buttons, or named by whoever books."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from app.content import when
from app.domain.clinic import Clinic
from app.services.offer import Day as Free
from app.services.offer import DoctorDay
from app.web.layout import language
from app.web.patient import wishes
from app.web.reception import there
from app.web.reception.day import known


@dataclass(frozen=True, slots=True)
class Time:
    """A free time on a button."""

    value: str
    clock: str


@dataclass(frozen=True, slots=True)
class Row:
    """A doctor's free times of one day."""

    who: str
    where: str
    video: bool
    times: list[Time]


@dataclass(frozen=True, slots=True)
class Day:
    """A day with free times."""

    name: str
    rows: list[Row]


def days(free: Iterable[Free], house: Clinic) -> list[Day]:
    """Put free times into words."""
    return [
        Day(
            name=when.spelled(one.day, language()),
            rows=[_row(list_, house) for list_ in one.lists],
        )
        for one in free
    ]


def _row(list_: DoctorDay, house: Clinic) -> Row:
    place = house.locations[list_.location_id]
    return Row(
        who=house.clinicians[list_.clinician_id].name,
        where=there.place(place.id, list_.slots[0].start, house),
        video=list_.video,
        times=[
            Time(wishes.slot(wish), when.clock(wish.start, place.zone, language()))
            for wish in list_.slots
        ],
    )


def clock(typed: str) -> time | None:
    """Return the time of day that was named, if it is one."""
    try:
        return time.fromisoformat(typed[:8])
    except ValueError:
        return None


def zone_of(named: str | None, place: ZoneInfo, house: Clinic) -> ZoneInfo:
    """Return the zone of the clock that was meant: the place's, or that of a board."""
    if (board := known(named, house.locations)) is not None:
        return house.locations[board].zone
    return house.zone if named == "clinic" else place
