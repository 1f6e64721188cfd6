"""Random clinics for property tests: few days, strange hours, mostly when clocks are changed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.domain.availability import VisitRule
from app.domain.hours import Closure, Opening, Stretch, WeeklyHours, open_stretches
from app.domain.timeline import Grid
from tests.domain.oracle import FIVE, ZONES, Case, clock_changes

DAY = timedelta(days=1)
HERE, ELSEWHERE = 1, 2
NIGHT = (0, 5, 30, 55, 60, 90, 115, 120, 125, 150, 180, 240, 1320, 1380, 1410, 1435)

first_minutes = st.one_of(st.sampled_from(NIGHT), st.integers(0, 287).map(lambda cell: cell * 5))
lasting_minutes = st.one_of(st.integers(1, 288).map(lambda cell: cell * 5), st.just(1440))
modes = st.sampled_from(((True, True), (True, True), (True, False), (False, True)))
places = st.sampled_from((HERE, HERE, HERE, HERE, ELSEWHERE))


@st.composite
def grids(draw: st.DrawFn, zone: ZoneInfo) -> Grid:
    """Grids of hours to days, around a change of the clock if the zone has any."""
    change = st.sampled_from(clock_changes(zone) or (datetime(2026, 12, 31, tzinfo=UTC),))
    any_hour = st.integers(0, 2 * 365 * 24).map(
        lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    )
    about = draw(st.one_of(change, change, change, any_hour))
    return Grid(
        about - draw(st.integers(0, 400)) * FIVE, draw(st.integers(12, 300) | st.integers(500, 900))
    )


@st.composite
def days_of(draw: st.DrawFn, grid: Grid) -> date:
    """Days of a grid in UTC, or now and then the next, which it may be at the location."""
    instant = grid.instant_of(draw(st.integers(0, grid.cells - 1)))
    return instant.date() + draw(st.sampled_from((0, 0, 0, -1, 1))) * DAY


@st.composite
def weekly_hours(draw: st.DrawFn, grid: Grid) -> WeeklyHours:
    day = draw(days_of(grid))
    first = draw(first_minutes)
    in_person, video = draw(modes)
    valid_for = draw(st.none() | st.integers(-1, 30))
    valid_from = day - timedelta(days=draw(st.integers(-1, 29)))
    return WeeklyHours(
        location_id=draw(places),
        weekday=day.weekday(),
        from_minute=first,
        until_minute=min(first + draw(lasting_minutes), 1440),
        valid_from=valid_from,
        valid_until=None if valid_for is None else valid_from + timedelta(days=valid_for),
        every_weeks=draw(st.sampled_from((1, 1, 2, 3))),
        in_person=in_person,
        video=video,
    )


@st.composite
def one_off_openings(draw: st.DrawFn, grid: Grid) -> Opening:
    first = draw(first_minutes)
    in_person, video = draw(modes)
    return Opening(
        location_id=draw(places),
        day=draw(days_of(grid)),
        from_minute=first,
        until_minute=min(first + draw(lasting_minutes), 1440),
        in_person=in_person,
        video=video,
    )


@st.composite
def some_closures(draw: st.DrawFn, around: datetime) -> Closure:
    wall = around.replace(hour=0, minute=0, tzinfo=None)
    starts = wall + timedelta(minutes=draw(st.integers(-500, 5000)))
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
        weekly=draw(st.lists(weekly_hours(grid), max_size=5)),
        openings=draw(st.lists(one_off_openings(grid), min_size=2, max_size=4)),
        closures=draw(st.lists(some_closures(grid.origin), max_size=2)),
    )


def multiples(least: int, most: int) -> st.SearchStrategy[timedelta]:
    """Durations of so many times five minutes."""
    return st.integers(least, most).map(lambda count: count * FIVE)


rules = st.builds(
    VisitRule,
    length=multiples(1, 12),
    before=multiples(0, 4),
    after=multiples(0, 4),
    step=multiples(1, 10),
    notice=st.sampled_from((0, 1, 60, 119, 1440)).map(lambda count: timedelta(minutes=count)),
    horizon=st.sampled_from((90, 1440, 2879, 5000, 9000)).map(
        lambda count: timedelta(minutes=count)
    ),
    max_per_day=st.none() | st.integers(1, 3),
)


@st.composite
def busy_spans(draw: st.DrawFn, around: datetime) -> tuple[datetime, datetime]:
    """Spans of other people, which need not lie on five minutes: staff may have moved them."""
    start = around + timedelta(minutes=draw(st.integers(-60, 5000)))
    return start, start + timedelta(minutes=draw(st.integers(12, 300)))


def stretches_of(case: Case, grid: Grid) -> tuple[Stretch, ...]:
    """Return the open time of a case as the application finds it."""
    return open_stretches(
        case.weekly,
        case.openings,
        case.closures,
        location_id=case.location_id,
        zone=case.zone,
        grid=grid,
    )
