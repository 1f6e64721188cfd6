"""A doctor's week drawn: seven columns on one clock; the same is said in words beside it."""

from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from app.content import when
from app.domain.clinic import Clinic
from app.services import receiving
from app.web.layout import language
from app.web.reception import wall

FIRST, LAST = 8, 18  # o'clock, that a week shows at least
LEFT, WIDE, HIGH, TOP = 64, 92, 26, 26  # of the clock, a day, an hour, the days' names


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Hours as they are drawn: their place by its number, from when to when, and where it lies."""

    x: int
    y: int
    height: int
    key: int
    closed: bool
    begins: str
    ends: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All that is drawn."""

    width: int
    height: int
    days: list[tuple[int, str]]
    hours: list[tuple[int, str]]
    boxes: list[Box]
    places: list[tuple[int, str]]


def week(clinician_id: int, monday: date, clinic: Clinic) -> Picture:
    """Draw a week."""
    blocks = receiving.week(clinician_id, monday, clinic)
    first = min([FIRST, *(one.first // 60 for one in blocks)])
    last = max([LAST, *(-(-one.until // 60) for one in blocks)])
    keys = {id_: number for number, id_ in enumerate(clinic.locations, 1)}
    used = {one.location_id for one in blocks}
    days = [monday + timedelta(days=number) for number in range(7)]
    return Picture(
        width=LEFT + 7 * WIDE,
        height=TOP + (last - first) * HIGH + 8,
        days=[
            (LEFT + n * WIDE, format_date(day, "EEE d", language())) for n, day in enumerate(days)
        ],
        hours=[
            (TOP + (hour - first) * HIGH, wall.clock(hour % 24 * 60))
            for hour in range(first, last + 1, 2)
        ],
        boxes=[_box(one, monday, first, keys[one.location_id], clinic) for one in blocks],
        places=[(keys[id_], clinic.locations[id_].name) for id_ in keys if id_ in used],
    )


def _box(one: receiving.Block, monday: date, first: int, key: int, clinic: Clinic) -> Box:
    day = when.spelled(one.day, language())
    return Box(
        x=LEFT + (one.day - monday).days * WIDE,
        y=TOP + (one.first - first * 60) * HIGH // 60,
        height=max(HIGH // 2, (one.until - one.first) * HIGH // 60),
        key=key,
        closed=one.closed,
        begins=wall.clock(one.first),
        ends=wall.clock(one.until % (24 * 60)),
        words=f"{day}, {wall.span(one.first, one.until)}, {clinic.locations[one.location_id].name}",
    )
