from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.hours import (
    Closure,
    Opening,
    Stretch,
    WeeklyHours,
    open_cells,
    open_stretches,
    start_cells,
)
from app.domain.timeline import Grid, each
from app.domain.wallclock import local_day
from tests.domain.calendars import cases, multiples
from tests.domain.oracle import ZONES, Case, clock_changes

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
CASABLANCA = ZoneInfo("Africa/Casablanca")
APIA = ZoneInfo("Pacific/Apia")

ANY_DAY = date(2027, 3, 3)  # a Wednesday
SKIPS_TWO = date(2027, 3, 14)  # New York goes from 02:00 to 03:00
SHOWS_ONE_TWICE = date(2027, 11, 7)  # New York goes back from 02:00 to 01:00


def hours(day: date, first: str, until: str, location_id: int = 1) -> Opening:
    def minute(clock: str) -> int:
        hour, minutes = map(int, clock.split(":"))
        return hour * 60 + minutes

    return Opening(
        location_id=location_id, day=day, from_minute=minute(first), until_minute=minute(until)
    )


def closed(starts: str, ends: str, location_id: int | None = None) -> Closure:
    return Closure(
        location_id=location_id,
        starts=datetime.fromisoformat(starts),
        ends=datetime.fromisoformat(ends),
    )


def around(day: date, days: int = 1) -> Grid:
    return Grid.of_days(day - timedelta(days=1), days + 2)


def stretches(
    *openings: Opening,
    zone: ZoneInfo,
    closures: list[Closure] | None = None,
    location_id: int = 1,
) -> tuple[Stretch, ...]:
    return open_stretches(
        [],
        openings,
        closures or [],
        location_id=location_id,
        zone=zone,
        grid=around(openings[0].day),
    )


def starts(*openings: Opening, zone: ZoneInfo, step: int) -> list[datetime]:
    grid = around(openings[0].day)
    cells = start_cells(stretches(*openings, zone=zone), grid, step=timedelta(minutes=step))
    return [grid.instant_of(cell) for cell in each(cells)]


def walls(instants: list[datetime], zone: ZoneInfo) -> list[str]:
    return [f"{instant.astimezone(zone):%H:%M%z}" for instant in instants]


def spans(stretches: tuple[Stretch, ...], zone: ZoneInfo) -> list[str]:
    return [
        f"{stretch.span.start.astimezone(zone):%d %H:%M%z} {stretch.span.end - stretch.span.start}"
        for stretch in stretches
    ]


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


def test_a_time_that_the_clock_skips_does_not_exist() -> None:
    night = hours(SKIPS_TWO, "01:00", "04:00")

    assert spans(stretches(night, zone=NEW_YORK), NEW_YORK) == [
        "14 01:00-0500 1:00:00",
        "14 03:00-0400 1:00:00",
    ]
    assert walls(starts(night, zone=NEW_YORK, step=30), NEW_YORK) == [
        "01:00-0500",
        "01:30-0500",
        "03:00-0400",
        "03:30-0400",
    ]


def test_hours_within_the_time_that_the_clock_skips_are_not_open() -> None:
    assert stretches(hours(SKIPS_TWO, "02:00", "03:00"), zone=NEW_YORK) == ()


def test_starts_keep_to_the_wall_clock_when_it_skips_an_hour() -> None:
    found = starts(hours(SKIPS_TWO, "01:00", "05:00"), zone=NEW_YORK, step=45)

    assert walls(found, NEW_YORK) == [
        "01:00-0500",
        "01:45-0500",
        "03:15-0400",
        "04:00-0400",
        "04:45-0400",
    ]


def test_a_time_that_the_clock_shows_twice_is_open_the_first_time_only() -> None:
    night = hours(SHOWS_ONE_TWICE, "00:30", "03:00")

    assert spans(stretches(night, zone=NEW_YORK), NEW_YORK) == [
        "07 00:30-0400 1:30:00",
        "07 02:00-0500 1:00:00",
    ]
    assert walls(starts(night, zone=NEW_YORK, step=30), NEW_YORK) == [
        "00:30-0400",
        "01:00-0400",
        "01:30-0400",
        "02:00-0500",
        "02:30-0500",
    ]


def test_a_clock_may_be_changed_by_half_an_hour() -> None:
    back = hours(date(2027, 4, 4), "01:00", "03:00")
    forward = hours(date(2027, 10, 3), "01:00", "03:00")

    assert walls(starts(back, zone=LORD_HOWE, step=30), LORD_HOWE) == [
        "01:00+1100",
        "01:30+1100",
        "02:00+1030",
        "02:30+1030",
    ]
    assert walls(starts(forward, zone=LORD_HOWE, step=30), LORD_HOWE) == [
        "01:00+1030",
        "01:30+1030",
        "02:30+1100",
    ]


def test_ramadan_puts_the_clock_back_and_forward_again() -> None:
    goes_back, goes_forward = (change.date() for change in clock_changes(CASABLANCA)[:2])

    back = starts(hours(goes_back, "01:00", "05:00"), zone=CASABLANCA, step=60)
    forward = starts(hours(goes_forward, "01:00", "05:00"), zone=CASABLANCA, step=60)

    assert walls(back, CASABLANCA) == ["01:00+0100", "02:00+0100", "03:00+0000", "04:00+0000"]
    assert walls(forward, CASABLANCA) == ["01:00+0000", "03:00+0100", "04:00+0100"]


def test_a_day_that_the_calendar_skips_has_no_hours() -> None:
    skipped = date(2011, 12, 30)

    assert stretches(hours(skipped, "00:00", "24:00"), zone=APIA) == ()
    assert local_day(skipped, APIA) is None
    assert spans(stretches(hours(date(2011, 12, 31), "09:00", "10:00"), zone=APIA), APIA) == [
        "31 09:00+1400 1:00:00"
    ]


def test_a_clock_that_goes_back_over_midnight_shows_the_new_day_before_the_old_one_again() -> None:
    casey = ZoneInfo("Antarctica/Casey")  # on 5 March 2010 at 02:00 back to 23:00
    grid = Grid(datetime(2010, 3, 4, 12, tzinfo=UTC), 42)  # ends at 23:30, seen again
    night = hours(date(2010, 3, 5), "00:00", "03:00")

    found = open_stretches([], [night], [], location_id=1, zone=casey, grid=grid)

    assert spans(found, casey) == ["05 00:00+1100 2:00:00", "05 02:00+0800 1:00:00"]


def test_a_day_begins_when_the_clock_first_shows_its_date() -> None:
    skips_midnight = local_day(date(1919, 3, 31), ZoneInfo("America/Toronto"))  # 23:30 to 00:30
    long = local_day(SHOWS_ONE_TWICE, NEW_YORK)

    assert skips_midnight is not None
    assert skips_midnight.start == datetime(1919, 3, 31, 4, 30, tzinfo=UTC)
    assert long is not None
    assert long.end - long.start == timedelta(hours=25)


def test_a_closure_over_midnight_closes_both_days() -> None:
    closure = closed("2027-03-03 23:00", "2027-03-04 01:00")
    late, early = hours(ANY_DAY, "22:00", "24:00"), hours(date(2027, 3, 4), "00:00", "02:00")

    found = stretches(late, early, zone=BERLIN, closures=[closure])

    assert spans(found, BERLIN) == ["03 22:00+0100 1:00:00", "04 01:00+0100 1:00:00"]


def test_a_closure_over_days_closes_those_in_between_whole() -> None:
    closure = closed("2026-03-02 10:00", "2027-03-04 01:00")

    assert stretches(hours(ANY_DAY, "00:00", "24:00"), zone=BERLIN, closures=[closure]) == ()


def test_closures_may_come_in_any_order_and_overlap() -> None:
    closures = [
        closed("2027-03-03 14:00", "2027-03-03 15:00"),
        closed("2027-03-03 10:00", "2027-03-03 12:00"),
        closed("2027-03-03 10:30", "2027-03-03 11:00"),
    ]

    found = stretches(hours(ANY_DAY, "09:00", "17:00"), zone=BERLIN, closures=closures)

    assert spans(found, BERLIN) == [
        "03 09:00+0100 1:00:00",
        "03 12:00+0100 2:00:00",
        "03 15:00+0100 2:00:00",
    ]


def test_closures_are_rounded_outward_to_five_minutes() -> None:
    closure = closed("2027-03-03 09:59", "2027-03-03 10:00:01")

    found = stretches(hours(ANY_DAY, "09:00", "11:00"), zone=BERLIN, closures=[closure])

    assert spans(found, BERLIN) == ["03 09:00+0100 0:55:00", "03 10:05+0100 0:55:00"]


def test_a_closure_means_the_time_on_the_wall_of_whatever_it_closes() -> None:
    closure = closed("2027-03-03 09:00", "2027-03-03 10:00")
    morning = hours(ANY_DAY, "08:00", "11:00")

    for zone in (BERLIN, NEW_YORK):
        found = stretches(morning, zone=zone, closures=[closure])
        assert [f"{each.span.start.astimezone(zone):%H:%M}" for each in found] == ["08:00", "10:00"]


def test_a_closure_of_another_location_closes_nothing_here() -> None:
    morning = hours(ANY_DAY, "08:00", "11:00")
    closure = closed("2027-03-03", "2027-03-04", location_id=2)

    assert stretches(morning, zone=BERLIN, closures=[closure]) == stretches(morning, zone=BERLIN)


def test_a_closure_does_not_shift_the_starts_after_it() -> None:
    closure = closed("2027-03-03 09:10", "2027-03-03 09:55")
    grid = around(ANY_DAY)
    found = stretches(hours(ANY_DAY, "09:00", "11:00"), zone=BERLIN, closures=[closure])

    cells = start_cells(found, grid, step=timedelta(minutes=20))

    assert walls([grid.instant_of(cell) for cell in each(cells)], BERLIN) == [
        "09:00+0100",
        "10:00+0100",
        "10:20+0100",
        "10:40+0100",
    ]


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


def test_a_closure_is_a_span_of_wall_time() -> None:
    nine = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)

    with pytest.raises(ValueError, match="ends after it starts"):
        closed("2027-03-03 09:00", "2027-03-03 09:00")
    with pytest.raises(ValueError, match="no zone"):
        Closure(starts=nine, ends=nine.replace(hour=10))


@settings(deadline=None, max_examples=150)
@given(case=cases(), step=multiples(1, 12), video=st.booleans())
def test_open_time_is_what_asking_the_clock_each_five_minutes_finds(
    case: Case, step: timedelta, video: bool
) -> None:
    grid = Grid(case.start, case.cells)
    found = [
        stretch
        for stretch in open_stretches(
            case.weekly,
            case.openings,
            case.closures,
            location_id=case.location_id,
            zone=case.zone,
            grid=grid,
        )
        if (stretch.video if video else stretch.in_person)
    ]

    opened = [grid.instant_of(cell) for cell in each(open_cells(found, grid))]
    begins = [grid.instant_of(cell) for cell in each(start_cells(found, grid, step=step))]

    assert opened == case.open_at(video=video)
    assert begins == [
        instant for instant in case.instants() if case.begins_at(instant, step=step, video=video)
    ]


@settings(deadline=None, max_examples=150)
@given(name=st.sampled_from(ZONES), day=st.dates(date(2026, 1, 2), date(2027, 12, 30)))
def test_a_local_day_holds_the_instants_of_its_date(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    found = local_day(day, zone)

    assert found is not None
    assert found.start.astimezone(zone).date() == day
    assert (found.start - timedelta(minutes=5)).astimezone(zone).date() < day
    assert (found.end - timedelta(minutes=5)).astimezone(zone).date() == day
    assert found.end.astimezone(zone).date() > day
