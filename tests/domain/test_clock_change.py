"""When a clock is next put, by the zone's own data."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.clock_change import next_change
from tests.domain.oracle import ZONES, clock_changes

JANUARY = datetime(2027, 1, 15, 12, tzinfo=UTC)
JULY = datetime(2027, 7, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "after", "at", "minutes"),
    [
        ("America/New_York", JANUARY, "2027-03-14T07:00", 60),
        ("America/New_York", JULY, "2027-11-07T06:00", -60),
        ("Europe/Berlin", JANUARY, "2027-03-28T01:00", 60),
        ("Australia/Lord_Howe", JANUARY, "2027-04-03T15:00", -30),
    ],
)
def test_the_next_change_is_found_to_the_second(
    zone: str, after: datetime, at: str, minutes: int
) -> None:
    change = next_change(ZoneInfo(zone), after=after)

    assert change is not None
    assert change.at == datetime.fromisoformat(f"{at}+00:00")
    assert change.by == timedelta(minutes=minutes)
    assert change.forward == (minutes > 0)


@pytest.mark.parametrize("name", ZONES)
def test_it_is_the_one_that_looking_hour_by_hour_finds(name: str) -> None:
    zone = ZoneInfo(name)
    start = datetime(2026, 6, 1, tzinfo=UTC)
    later = [hour for hour in clock_changes(zone) if hour >= start]

    change = next_change(zone, after=start)

    if later and later[0] < start + timedelta(days=399):
        assert change is not None
        assert later[0] < change.at <= later[0] + timedelta(hours=1)
    else:
        assert change is None


def test_where_nobody_puts_the_clock_there_is_none() -> None:
    assert next_change(ZoneInfo("Asia/Tokyo"), after=JANUARY) is None


def test_the_days_around_are_two_before_and_two_after_on_the_wall() -> None:
    change = next_change(ZoneInfo("America/New_York"), after=JANUARY)

    assert change is not None
    assert change.day == date(2027, 3, 14)
    assert change.around.start == datetime(2027, 3, 12, 5, tzinfo=UTC)
    assert change.around.end == datetime(2027, 3, 17, 4, tzinfo=UTC)
