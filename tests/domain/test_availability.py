"""Which times are offered: inside the hours, around what is taken, within the rules."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.availability import Calendar, fitting
from app.domain.hours import Opening, open_stretches
from app.domain.timeline import Grid, each
from tests.domain.offering import TODAY, UTC_ZONE, at, calendar, half_hours, hours, minutes, offered

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_visit_lies_inside_the_hours_and_is_never_shortened() -> None:
    rule = half_hours(length=minutes(40), step=minutes(20))

    assert offered(calendar(hours(9, 11), rule=rule)) == [
        "09:00",
        "09:20",
        "09:40",
        "10:00",
        "10:20",
    ]


def test_a_visit_may_go_on_where_other_hours_begin() -> None:
    rule = half_hours(length=minutes(60), step=minutes(45))

    assert offered(calendar(hours(9, 10), hours(10, 11), rule=rule)) == ["09:00", "09:45", "10:00"]


@pytest.mark.parametrize(
    ("taken", "free"),
    [
        (("08:30", "09:00"), ["09:00", "09:30", "10:00"]),  # ends as the first begins
        (("08:30", "09:05"), ["09:30", "10:00"]),
        (("09:10", "09:15"), ["09:30", "10:00"]),  # inside
        (("08:00", "12:00"), []),  # around
        (("09:25", "09:35"), ["10:00"]),  # over the edge of two
        (("10:30", "11:00"), ["09:00", "09:30", "10:00"]),  # begins as the last ends
    ],
)
def test_a_slot_is_offered_unless_somebody_has_a_minute_of_it(
    taken: tuple[str, str], free: list[str]
) -> None:
    mine = calendar(
        Opening(location_id=1, day=TODAY, from_minute=540, until_minute=630),
        rule=half_hours(),
        busy=[(at(taken[0]), at(taken[1]))],
    )

    assert offered(mine) == free


def test_the_time_before_and_after_a_visit_is_kept_free_of_others() -> None:
    rule = half_hours(before=minutes(5), after=minutes(10), step=minutes(15))

    mine = calendar(hours(9, 12), rule=rule, busy=[(at("10:00"), at("10:30"))])

    assert offered(mine) == ["09:00", "09:15", "10:45", "11:00", "11:15", "11:30"]


def test_the_time_before_and_after_a_visit_may_hang_over_the_hours() -> None:
    rule = half_hours(before=minutes(30), after=minutes(30))

    assert offered(calendar(hours(9, 10), rule=rule)) == ["09:00", "09:30"]


def test_the_first_slot_offered_begins_when_the_notice_is_over() -> None:
    mine = calendar(hours(9, 11), rule=half_hours(notice=minutes(60)))

    assert offered(mine, now=at("08:30"))[0] == "09:30"
    assert offered(mine, now=at("08:30:01"))[0] == "10:00"


def test_the_last_slot_offered_begins_before_the_horizon() -> None:
    mine = calendar(hours(9, 11), rule=half_hours(horizon=minutes(60)))

    assert offered(mine, now=at("09:00"))[-1] == "09:30"
    assert offered(mine, now=at("09:00:01"))[-1] == "10:00"


def test_in_person_hours_are_not_offered_as_video_nor_the_other_way_round() -> None:
    both = hours(9, 10), hours(14, 15, video=True)

    assert offered(calendar(*both, rule=half_hours())) == ["09:00", "09:30"]
    assert offered(calendar(*both, rule=half_hours(), video=True)) == ["14:00", "14:30"]


def test_only_what_is_offered_can_be_booked() -> None:
    mine = calendar(hours(9, 10), rule=half_hours())
    now = at("00:00")

    assert mine.is_bookable(at("09:30"), now=now)
    assert mine.is_bookable(at("09:30").astimezone(BERLIN), now=now)
    assert not mine.is_bookable(at("09:15"), now=now)  # between two steps
    assert not mine.is_bookable(at("09:30:01"), now=now)
    assert not mine.is_bookable(at("09:30", date(1999, 1, 1)), now=now)
    assert not mine.is_bookable(at("09:30", date(2099, 1, 1)), now=now)


def test_time_that_the_grid_does_not_know_is_not_offered() -> None:
    rule = half_hours(before=minutes(5), after=minutes(5))
    grid = Grid(at("09:00"), 12)
    all_day = open_stretches([], [hours(0, 24)], [], location_id=1, zone=UTC_ZONE, grid=grid)
    fits = fitting(all_day, rule, video=False, grid=grid)

    mine = Calendar(rule=rule, grid=grid, zone=UTC_ZONE, fits=fits, busy=0)

    assert offered(mine) == []
    assert len(list(each(fits))) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"length": minutes(32)},
        {"before": minutes(1)},
        {"after": timedelta(seconds=1)},
        {"step": minutes(12)},
        {"length": minutes(0)},
        {"step": minutes(0)},
        {"before": -minutes(5)},
        {"after": -minutes(5)},
        {"max_per_day": 0},
    ],
)
def test_a_rule_that_does_not_fit_five_minutes_is_refused(
    wrong: dict[str, timedelta | int | None],
) -> None:
    with pytest.raises(ValueError, match=r"visit|five minutes"):
        half_hours(**wrong)
