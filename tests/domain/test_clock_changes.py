"""Hours when the clock skips, shows a time twice, or changes its date."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.hours import open_stretches
from app.domain.timeline import Grid
from app.domain.wallclock import local_day
from tests.domain.oracle import ZONES, clock_changes
from tests.domain.receiving import hours, spans, starts, stretches, walls

NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
CASABLANCA = ZoneInfo("Africa/Casablanca")
APIA = ZoneInfo("Pacific/Apia")
SKIPS_TWO = date(2027, 3, 14)  # New York goes from 02:00 to 03:00
SHOWS_ONE_TWICE = date(2027, 11, 7)  # New York goes back from 02:00 to 01:00


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
