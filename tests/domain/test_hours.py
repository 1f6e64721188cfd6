"""When a clinician receives: weekly hours, and the open time that comes of them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.hours import Opening, WeeklyHours, open_cells, open_stretches, start_cells
from app.domain.timeline import Grid, each
from tests.domain.calendars import cases, multiples, stretches_of
from tests.domain.oracle import Case
from tests.domain.receiving import hours, spans, starts, stretches, walls

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ANY_DAY = date(2027, 3, 3)  # a Wednesday


def days_of(rule: WeeklyHours, first: date, count: int) -> list[date]:
    days = [first + timedelta(days=each) for each in range(count)]
    return [day for day in days if rule.hold_on(day)]


def wednesdays(**more: object) -> WeeklyHours:
    given_: dict[str, object] = {
        "location_id": 1,
        "weekday": 2,
        "from_minute": 540,
        "until_minute": 720,
        "valid_from": ANY_DAY,
    }
    return WeeklyHours(**given_ | more)  # type: ignore[arg-type]


def test_hours_are_open_from_their_first_minute_to_their_last() -> None:
    found = stretches(hours(ANY_DAY, "09:00", "12:00"), zone=BERLIN)

    assert spans(found, BERLIN) == ["03 09:00+0100 3:00:00"]


def test_hours_may_last_until_midnight() -> None:
    found = stretches(hours(ANY_DAY, "22:00", "24:00"), zone=BERLIN)

    assert spans(found, BERLIN) == ["03 22:00+0100 2:00:00"]


def test_hours_of_another_location_are_not_open_here() -> None:
    assert stretches(hours(ANY_DAY, "09:00", "12:00", location_id=2), zone=BERLIN) == ()


def test_one_day_may_be_spent_at_two_locations_in_different_zones() -> None:
    day = (hours(ANY_DAY, "08:00", "10:00", 1), hours(ANY_DAY, "08:00", "10:00", 2))

    in_new_york = stretches(*day, zone=NEW_YORK, location_id=1)
    in_phoenix = stretches(*day, zone=ZoneInfo("America/Phoenix"), location_id=2)

    assert spans(in_new_york, ZoneInfo("UTC")) == ["03 13:00+0000 2:00:00"]
    assert spans(in_phoenix, ZoneInfo("UTC")) == ["03 15:00+0000 2:00:00"]


def test_weekly_hours_hold_on_their_first_and_last_day_and_not_beyond() -> None:
    rule = wednesdays(valid_until=date(2027, 3, 17))

    assert days_of(rule, date(2027, 2, 22), 40) == [
        date(2027, 3, 3),
        date(2027, 3, 10),
        date(2027, 3, 17),
    ]


def test_weekly_hours_that_end_before_they_begin_never_hold() -> None:
    assert days_of(wednesdays(valid_until=date(2027, 3, 2)), date(2027, 2, 22), 40) == []


@pytest.mark.parametrize("valid_from", [date(2027, 3, 1), date(2027, 3, 3)])
def test_every_second_week_is_counted_from_the_week_in_which_hours_begin(valid_from: date) -> None:
    rule = wednesdays(valid_from=valid_from, every_weeks=2)

    assert days_of(rule, date(2027, 2, 22), 35) == [date(2027, 3, 3), date(2027, 3, 17)]


def test_hours_that_begin_after_their_weekday_wait_for_the_next_turn() -> None:
    rule = wednesdays(valid_from=date(2027, 3, 7), every_weeks=2)  # a Sunday of the same week

    assert days_of(rule, date(2027, 2, 22), 35) == [date(2027, 3, 17)]


def test_weeks_are_counted_over_the_end_of_a_year_with_53_weeks() -> None:
    rule = wednesdays(valid_from=date(2026, 12, 16), every_weeks=2)

    assert days_of(rule, date(2026, 12, 14), 35) == [
        date(2026, 12, 16),
        date(2026, 12, 30),
        date(2027, 1, 13),
    ]


def test_a_leap_day_has_hours_as_any_other_day() -> None:
    rule = wednesdays(weekday=1, valid_from=date(2028, 2, 1))
    grid = Grid.of_days(date(2028, 2, 28), 4)

    found = open_stretches([rule], [], [], location_id=1, zone=BERLIN, grid=grid)

    assert spans(found, BERLIN) == ["29 09:00+0100 3:00:00"]


def test_hours_that_overlap_bring_their_starts_each() -> None:
    found = starts(
        hours(ANY_DAY, "09:00", "10:00"),
        hours(ANY_DAY, "09:15", "10:45"),
        zone=BERLIN,
        step=30,
    )

    assert [wall[:5] for wall in walls(found, BERLIN)] == [
        "09:00",
        "09:15",
        "09:30",
        "09:45",
        "10:15",
    ]


@pytest.mark.parametrize(
    ("first", "until"), [(-5, 60), (600, 600), (600, 540), (1400, 1445), (601, 660), (600, 662)]
)
def test_hours_lie_on_five_minutes_of_one_day(first: int, until: int) -> None:
    with pytest.raises(ValueError, match="hours"):
        Opening(location_id=1, day=ANY_DAY, from_minute=first, until_minute=until)
    with pytest.raises(ValueError, match="hours"):
        wednesdays(from_minute=first, until_minute=until)


def test_hours_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="weekday"):
        wednesdays(weekday=7)
    with pytest.raises(ValueError, match="at least one week"):
        wednesdays(every_weeks=0)


@settings(deadline=None, max_examples=150)
@given(case=cases(), step=multiples(1, 12), video=st.booleans())
def test_open_time_is_what_asking_the_clock_each_five_minutes_finds(
    case: Case, step: timedelta, video: bool
) -> None:
    grid = Grid(case.start, case.cells)
    found = [
        stretch
        for stretch in stretches_of(case, grid)
        if (stretch.video if video else stretch.in_person)
    ]

    opened = [grid.instant_of(cell) for cell in each(open_cells(found, grid))]
    begins = [grid.instant_of(cell) for cell in each(start_cells(found, grid, step=step))]

    assert opened == case.open_at(video=video)
    assert begins == [
        instant for instant in case.instants() if case.begins_at(instant, step=step, video=video)
    ]
