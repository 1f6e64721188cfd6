"""Random clinics for property tests: few days, strange hours, mostly when clocks are changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.domain.availability import VisitRule
from app.domain.hours import Closure, Opening, WeeklyHours
from app.domain.timeline import Grid
from tests.domain.oracle import FIVE, ZONES, Case, clock_changes

HERE, ELSEWHERE = 1, 2
NIGHT = (0, 5, 30, 55, 60, 90, 115, 120, 125, 150, 180, 240, 1320, 1380, 1410, 1435, 1440)

minutes = st.one_of(st.sampled_from(NIGHT), st.integers(0, 288).map(lambda cell: cell * 5))
spans_of_minutes = (
    st.tuples(minutes, minutes).map(sorted).filter(lambda minutes: minutes[0] < minutes[1])
)
places = st.sampled_from((HERE, HERE, HERE, ELSEWHERE))


@st.composite
def grids(draw: st.DrawFn, zone: ZoneInfo) -> Grid:
    """Grids of hours to days, around a change of the clock if the zone has any."""
    change = st.sampled_from(clock_changes(zone) or (datetime(2026, 12, 31, tzinfo=UTC),))
    any_hour = st.integers(0, 2 * 365 * 24).map(
        lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    )
    about = draw(st.one_of(change, change, change, any_hour))
    return Grid(about - draw(st.integers(0, 500)) * FIVE, draw(st.integers(1, 1000)))


@st.composite
def weekly_hours(draw: st.DrawFn, around: datetime) -> WeeklyHours:
    day = around.date() + timedelta(days=draw(st.integers(-1, 5)))
    first, until = draw(spans_of_minutes)
    valid_for = draw(st.none() | st.integers(-1, 30))
    valid_from = day - timedelta(days=draw(st.integers(-1, 29)))
    return WeeklyHours(
        location_id=draw(places),
        weekday=day.weekday(),
        from_minute=first,
        until_minute=until,
        valid_from=valid_from,
        valid_until=None if valid_for is None else valid_from + timedelta(days=valid_for),
        every_weeks=draw(st.sampled_from((1, 1, 2, 3))),
        in_person=draw(st.booleans()),
        video=draw(st.booleans()),
    )


@st.composite
def one_off_openings(draw: st.DrawFn, around: datetime) -> Opening:
    first, until = draw(spans_of_minutes)
    return Opening(
        location_id=draw(places),
        day=around.date() + timedelta(days=draw(st.integers(-1, 5))),
        from_minute=first,
        until_minute=until,
        in_person=draw(st.booleans()),
        video=draw(st.booleans()),
    )


@st.composite
def some_closures(draw: st.DrawFn, around: datetime) -> Closure:
    wall = around.replace(hour=0, minute=0, tzinfo=None)
    starts = wall + timedelta(minutes=draw(st.integers(-1500, 6000)))
    lasts = st.one_of(st.integers(1, 240), st.sampled_from((1440, 2880)))
    return Closure(
        location_id=draw(st.none() | places),
        starts=starts,
        ends=starts + timedelta(minutes=draw(lasts), seconds=draw(st.sampled_from((0, 0, 1)))),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """One clinician's hours, openings and closures, on a grid somewhere in the world."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    grid = draw(grids(zone))
    return Case(
        location_id=HERE,
        zone=zone,
        start=grid.origin,
        cells=grid.cells,
        weekly=draw(st.lists(weekly_hours(grid.origin), max_size=5)),
        openings=draw(st.lists(one_off_openings(grid.origin), min_size=1, max_size=4)),
        closures=draw(st.lists(some_closures(grid.origin), max_size=3)),
    )


def multiples(least: int, most: int) -> st.SearchStrategy[timedelta]:
    """Durations of so many times five minutes."""
    return st.integers(least, most).map(lambda count: count * FIVE)


rules = st.builds(
    VisitRule,
    length=multiples(1, 14),
    before=multiples(0, 4),
    after=multiples(0, 4),
    step=multiples(1, 10),
    notice=st.integers(0, 1500).map(lambda count: timedelta(minutes=count)),
    horizon=st.integers(1000, 6000).map(lambda count: timedelta(minutes=count)),
    max_per_day=st.none() | st.integers(1, 3),
)


@st.composite
def busy_spans(draw: st.DrawFn, around: datetime) -> tuple[datetime, datetime]:
    """Spans of other people, which need not lie on five minutes: staff may have moved them."""
    start = around + timedelta(minutes=draw(st.integers(-60, 5000)))
    return start, start + timedelta(minutes=draw(st.integers(1, 300)))
