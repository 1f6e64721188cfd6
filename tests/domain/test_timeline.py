from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.hours import Stretch, open_cells
from app.domain.interval import Interval
from app.domain.timeline import Grid, each, in_cells, runs

EIGHT = datetime(2027, 3, 1, 8, tzinfo=UTC)
HOUR = Grid(EIGHT, 12)

bit_sets = st.integers(min_value=0, max_value=(1 << 300) - 1)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def from_eight(first: float, until: float) -> Interval:
    return Interval(EIGHT + minutes(first), EIGHT + minutes(until))


def receiving(span: Interval) -> Stretch:
    return Stretch(span, past_anchor=timedelta(0), in_person=True, video=True)


@pytest.mark.parametrize(
    ("span", "busy", "open_"),
    [
        (from_eight(5, 15), 0b110, 0b110),
        (from_eight(6, 15), 0b110, 0b100),  # begins within a cell
        (from_eight(5, 14), 0b110, 0b010),  # ends within a cell
        (from_eight(6, 9), 0b010, 0),  # inside one cell
        (from_eight(-30, 10), 0b11, 0b11),  # hangs over the start
        (from_eight(50, 90), 0b11 << 10, 0b11 << 10),  # hangs over the end
        (from_eight(-30, 90), HOUR.all, HOUR.all),
        (from_eight(-30, 0), 0, 0),  # ends as the grid begins
        (from_eight(60, 90), 0, 0),  # begins as the grid ends
        (from_eight(-90, -30), 0, 0),
    ],
)
def test_busy_time_is_rounded_outward_and_open_time_inward(
    span: Interval, busy: int, open_: int
) -> None:
    assert HOUR.cover(span) == busy
    assert HOUR.cover_each([(span.start, span.end)]) == busy
    assert open_cells([receiving(span)], HOUR) == open_


def test_many_busy_spans_at_once_are_the_same_as_one_by_one() -> None:
    spans = [from_eight(0, 7), from_eight(20, 35), from_eight(30, 40), from_eight(58, 70)]

    together = HOUR.cover_each((span.start, span.end) for span in spans)

    assert together == 0b1000_1111_0011
    assert HOUR.cover_each([]) == 0


def test_ranges_with_steps_keep_their_rhythm_when_they_are_clipped() -> None:
    assert list(each(HOUR.marked([range(-5, 30, 3)]))) == [1, 4, 7, 10]


def test_an_instant_is_in_the_cell_that_began_last() -> None:
    assert HOUR.cell_of(EIGHT + minutes(9)) == 1
    assert HOUR.cell_of(EIGHT - minutes(1)) == -1
    assert HOUR.cell_from(EIGHT + minutes(9)) == 2
    assert HOUR.cell_from(EIGHT + minutes(10)) == 2
    assert HOUR.instant_of(2) == EIGHT + minutes(10)
    assert HOUR.span == from_eight(0, 60)


def test_only_a_cell_of_the_grid_begins_at_an_instant() -> None:
    assert HOUR.begins(EIGHT)
    assert HOUR.begins((EIGHT + minutes(55)).astimezone(ZoneInfo("Asia/Kathmandu")))
    assert not HOUR.begins(EIGHT + minutes(60))
    assert not HOUR.begins(EIGHT - minutes(5))
    assert not HOUR.begins(EIGHT + timedelta(seconds=1))


def test_an_instant_that_the_wall_clock_shows_twice_is_known_by_its_fold() -> None:
    grid = Grid(datetime(2027, 11, 7, 5, tzinfo=UTC), 24)
    again = datetime(2027, 11, 7, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York"))

    assert grid.begins(again)
    assert grid.cell_of(again) == 18


@pytest.mark.parametrize(
    ("origin", "cells"),
    [
        (EIGHT.replace(tzinfo=None), 12),
        (datetime(2027, 3, 1, 8, tzinfo=ZoneInfo("Europe/Berlin")), 12),
        (EIGHT + minutes(3), 12),
        (EIGHT + timedelta(seconds=1), 12),
        (EIGHT, 0),
    ],
)
def test_a_grid_begins_on_five_minutes_of_utc_and_is_not_empty(
    origin: datetime, cells: int
) -> None:
    with pytest.raises(ValueError, match="a grid"):
        Grid(origin, cells)


def test_a_grid_of_days_holds_whole_utc_days() -> None:
    grid = Grid.of_days(EIGHT.date(), 2)

    assert grid.span == from_eight(-8 * 60, 40 * 60)
    assert grid == Grid.of_days(EIGHT.date(), 2)


def test_durations_are_multiples_of_five_minutes() -> None:
    assert in_cells(minutes(40)) == 8
    with pytest.raises(ValueError, match="multiple of five minutes"):
        in_cells(minutes(7))


def test_a_run_begins_where_enough_free_cells_follow() -> None:
    assert runs(0b0111_0110_1111, 3) == 0b0001_0000_0011
    assert runs(0b0111_0110_1111, 1) == 0b0111_0110_1111
    assert runs(0b1111, 5) == 0
    with pytest.raises(ValueError, match="at least one"):
        runs(0b1111, 0)


def test_cells_come_lowest_first_and_an_empty_calendar_has_none() -> None:
    assert list(each(0b1011000)) == [3, 4, 6]
    assert list(each(0)) == []


@settings(deadline=None, max_examples=150)
@given(free=bit_sets, length=st.integers(min_value=1, max_value=40))
def test_runs_are_what_looking_at_each_cell_finds(free: int, length: int) -> None:
    def is_free(cell: int) -> bool:
        return bool(free & 1 << cell)

    found = [i for i in range(300) if all(is_free(i + k) for k in range(length))]

    assert list(each(runs(free, length))) == found
