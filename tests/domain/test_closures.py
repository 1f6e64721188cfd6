"""Closures take away from hours and leave their starts as they are."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.hours import Closure, start_cells
from app.domain.timeline import each
from tests.domain.receiving import around, hours, spans, stretches, walls

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
ANY_DAY = date(2027, 3, 3)  # a Wednesday


def closed(starts: str, ends: str, location_id: int | None = None) -> Closure:
    return Closure(
        location_id=location_id,
        starts=datetime.fromisoformat(starts),
        ends=datetime.fromisoformat(ends),
    )


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


def test_a_closure_is_a_span_of_wall_time() -> None:
    nine = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)

    with pytest.raises(ValueError, match="ends after it starts"):
        closed("2027-03-03 09:00", "2027-03-03 09:00")
    with pytest.raises(ValueError, match="no zone"):
        Closure(starts=nine, ends=nine.replace(hour=10))
