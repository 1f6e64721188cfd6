"""Which days a visit is offered on: as the clock of its place shows them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.domain.availability import Calendar, fitting
from app.domain.hours import WeeklyHours, open_stretches
from app.domain.timeline import Grid
from tests.domain.offering import TODAY, at, calendar, half_hours, hours, minutes, offered

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")


def test_a_day_with_as_many_visits_of_a_type_as_allowed_is_not_offered() -> None:
    tomorrow = TODAY + timedelta(days=1)
    mine = calendar(
        hours(9, 10),
        hours(9, 10, tomorrow),
        rule=half_hours(max_per_day=2),
        same_type=(at("12:00"), at("13:00"), at("12:00", tomorrow)),
    )

    assert list(mine.slots(now=at("00:00"))) == [at("09:00", tomorrow), at("09:30", tomorrow)]


def test_the_day_of_a_visit_is_the_day_at_its_location() -> None:
    mine = calendar(
        hours(20, 24),
        rule=half_hours(length=minutes(120), step=minutes(120), max_per_day=1),
        zone=NEW_YORK,
        same_type=(at("23:00", TODAY - timedelta(days=1), NEW_YORK),),  # the same UTC day
    )

    assert offered(mine) == ["20:00", "22:00"]


def test_a_slot_in_the_hour_that_the_clock_skips_does_not_exist() -> None:
    mine = calendar(hours(1, 4, date(2027, 3, 14)), rule=half_hours(), zone=NEW_YORK)

    assert offered(mine) == ["01:00", "01:30", "03:00", "03:30"]


def test_the_hour_that_the_clock_shows_twice_is_offered_once() -> None:
    day = date(2027, 10, 31)
    mine = calendar(hours(1, 4, day), rule=half_hours(), zone=BERLIN)

    assert offered(mine, now=at("00:00", day)) == ["02:00", "02:30", "03:00", "03:30"]
    assert offered(mine, now=at("00:00", day, BERLIN)) == [
        "01:00",
        "01:30",
        "02:00",
        "02:30",
        "03:00",
        "03:30",
    ]
    assert mine.is_bookable(at("00:30", day), now=at("00:00", day))
    assert not mine.is_bookable(at("01:30", day), now=at("00:00", day))  # 02:30 again


def test_one_appointment_is_busy_time_at_every_location_of_the_clinician() -> None:
    busy = [(at("09:00", zone=BERLIN), at("10:00", zone=BERLIN))]

    in_new_york = calendar(hours(2, 5), rule=half_hours(), zone=NEW_YORK, busy=busy)

    assert offered(in_new_york) == ["02:00", "02:30", "04:00", "04:30"]


def test_weekly_hours_are_offered_for_as_long_as_the_horizon() -> None:
    weekly = WeeklyHours(
        location_id=1, weekday=2, from_minute=540, until_minute=570, valid_from=TODAY
    )
    grid = Grid.of_days(TODAY - timedelta(days=1), 60)
    stretches = open_stretches([weekly], [], [], location_id=1, zone=BERLIN, grid=grid)
    rule = half_hours()

    mine = Calendar(
        rule=rule,
        grid=grid,
        zone=BERLIN,
        fits=fitting(stretches, rule, video=False, grid=grid),
        busy=0,
    )

    assert [f"{slot:%m-%d %H:%M}" for slot in mine.slots(now=at("00:00"))] == [
        "03-03 08:00",
        "03-10 08:00",
        "03-17 08:00",
        "03-24 08:00",
        "03-31 07:00",  # summer time
    ]
