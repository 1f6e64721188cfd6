from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from app.content import when

NEW_YORK = ZoneInfo("America/New_York")
START = datetime(2027, 3, 15, 13, 30, tzinfo=UTC)


def test_a_time_is_said_in_the_zone_of_the_place() -> None:
    assert when.day(START, NEW_YORK, "en") == "Monday 15 March 2027"
    assert when.day(START, NEW_YORK, "en", year=False) == "Monday 15 March"
    assert when.clock(START, NEW_YORK, "en") == "9:30\u00a0am"
    assert when.day_and_clock(START, NEW_YORK, "en") == "Monday 15 March 2027, 9:30\u00a0am"


def test_a_day_is_the_day_at_the_place() -> None:
    late = datetime(2027, 3, 16, 2, 0, tzinfo=UTC)

    assert when.day(late, NEW_YORK, "en") == "Monday 15 March 2027"


@pytest.mark.parametrize(
    ("hour", "minutes", "words"),
    [
        (13, 45, "9:00 to 9:45\u00a0am"),
        (15, 45, "11:00 to 11:45\u00a0am"),
        (15, 60, "11:00\u00a0am to 12\u00a0noon"),
        (16, 30, "12\u00a0noon to 12:30\u00a0pm"),
        (28, 15, "12\u00a0midnight to 12:15\u00a0am"),
    ],
)
def test_a_span_names_the_half_of_the_day_once(hour: int, minutes: int, words: str) -> None:
    start = datetime(2027, 3, 15, tzinfo=UTC) + timedelta(hours=hour)

    assert when.span(start, start + timedelta(minutes=minutes), NEW_YORK, "en") == words


@pytest.mark.parametrize(
    ("language", "day", "span"),
    [
        ("de", "Montag, 15. März 2027", "09:30\u201310:15 Uhr"),
        ("es", "lunes, 15 de marzo de 2027", "9:30\u201310:15"),
        ("en-GB", "Monday 15 March 2027", "9:30 to 10:15\u00a0am"),
        ("ar", "الاثنين، 15 مارس 2027", "9:30\u201310:15 ص"),
    ],
)
def test_every_language_says_it_in_its_own_way(language: str, day: str, span: str) -> None:
    end = START + timedelta(minutes=45)

    assert when.day(START, NEW_YORK, language) == day
    assert when.span(START, end, NEW_YORK, language) == span


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("America/New_York", "Eastern time, New York"),
        ("America/Los_Angeles", "Pacific time, Los Angeles"),
        ("Europe/London", "United Kingdom time, London"),
        ("Asia/Singapore", "Singapore time"),
        ("UTC", "Coordinated Universal Time"),
    ],
)
def test_a_zone_is_named_by_its_people_and_a_city(zone: str, name: str) -> None:
    assert when.zone_name(ZoneInfo(zone), START, "en") == name


def test_in_an_hour_that_comes_twice_the_name_says_which() -> None:
    first = datetime(2027, 11, 7, 5, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)

    assert when.clock(first, NEW_YORK, "en") == when.clock(second, NEW_YORK, "en")
    assert when.zone_name(NEW_YORK, first, "en") == "Eastern daylight time, New York"
    assert when.zone_name(NEW_YORK, second, "en") == "Eastern standard time, New York"


def test_every_zone_there_is_has_a_name() -> None:
    for key in available_timezones():
        assert when.zone_name(ZoneInfo(key), START, "en").strip()
