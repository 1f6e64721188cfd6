from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.availability import Calendar, VisitRule, fitting
from app.domain.hours import Opening, WeeklyHours, open_stretches
from app.domain.timeline import Grid, each
from tests.domain.calendars import busy_spans, cases, rules
from tests.domain.oracle import FIVE, Case

UTC_ZONE = ZoneInfo("UTC")
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
TODAY = date(2027, 3, 3)
MONTH = timedelta(days=30)


def at(clock: str, day: date = TODAY, zone: ZoneInfo = UTC_ZONE) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=zone).astimezone(UTC)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def half_hours(**more: timedelta | int | None) -> VisitRule:
    usual = {"length": minutes(30), "step": minutes(30), "horizon": MONTH}
    return VisitRule(**usual | more)  # type: ignore[arg-type]


def hours(first: int, until: int, day: date = TODAY, *, video: bool = False) -> Opening:
    return Opening(
        location_id=1,
        day=day,
        from_minute=first * 60,
        until_minute=until * 60,
        in_person=not video,
        video=video,
    )


def calendar(
    *openings: Opening,
    rule: VisitRule,
    busy: Sequence[tuple[datetime, datetime]] = (),
    same_type: tuple[datetime, ...] = (),
    zone: ZoneInfo = UTC_ZONE,
    video: bool = False,
) -> Calendar:
    grid = Grid.of_days(openings[0].day - timedelta(days=1), 40)
    stretches = open_stretches([], openings, [], location_id=1, zone=zone, grid=grid)
    return Calendar(
        rule=rule,
        grid=grid,
        zone=zone,
        fits=fitting(stretches, rule, video=video, grid=grid),
        busy=grid.cover_each(busy),
        same_type=same_type,
    )


def offered(calendar: Calendar, now: datetime | None = None) -> list[str]:
    found = calendar.slots(now=now or at("00:00"))
    return [f"{slot.astimezone(calendar.zone):%H:%M}" for slot in found]


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


def test_in_person_hours_are_not_offered_as_video_nor_the_other_way_round() -> None:
    both = hours(9, 10), hours(14, 15, video=True)

    assert offered(calendar(*both, rule=half_hours())) == ["09:00", "09:30"]
    assert offered(calendar(*both, rule=half_hours(), video=True)) == ["14:00", "14:30"]


def test_one_appointment_is_busy_time_at_every_location_of_the_clinician() -> None:
    busy = [(at("09:00", zone=BERLIN), at("10:00", zone=BERLIN))]

    in_new_york = calendar(hours(2, 5), rule=half_hours(), zone=NEW_YORK, busy=busy)

    assert offered(in_new_york) == ["02:00", "02:30", "04:00", "04:30"]


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


@st.composite
def nows(draw: st.DrawFn, case: Case, rule: VisitRule, *, video: bool) -> datetime:
    """Any time, or one at which a slot is just coming within notice or horizon."""
    opened = st.sampled_from(case.open_at(video=video) or [case.start])
    near = draw(opened) - draw(st.sampled_from((rule.notice, rule.horizon)))
    any_time = case.start + minutes(draw(st.integers(-1500, 300)))
    return draw(st.sampled_from((any_time, near + minutes(draw(st.integers(-6, 6))))))


@settings(deadline=None, max_examples=150)
@given(data=st.data(), case=cases(), rule=rules, video=st.booleans())
def test_free_time_is_what_asking_about_each_five_minutes_finds(
    data: st.DataObject, case: Case, rule: VisitRule, video: bool
) -> None:
    grid = Grid(case.start, case.cells)
    now = data.draw(nows(case, rule, video=video), "now")
    busy = data.draw(st.lists(busy_spans(case.start), max_size=4), "busy")
    same_type = data.draw(
        st.lists(st.integers(0, case.cells).map(grid.instant_of), max_size=6), "same type"
    )
    stretches = open_stretches(
        case.weekly,
        case.openings,
        case.closures,
        location_id=case.location_id,
        zone=case.zone,
        grid=grid,
    )

    mine = Calendar(
        rule=rule,
        grid=grid,
        zone=case.zone,
        fits=fitting(stretches, rule, video=video, grid=grid),
        busy=grid.cover_each(busy),
        same_type=tuple(same_type),
    )

    expected = case.free(rule, video=video, busy=busy, same_type=same_type, now=now)
    assert list(mine.slots(now=now)) == expected
    asked = data.draw(st.sampled_from([*expected, now, case.start, case.start + 7 * FIVE]), "asked")
    assert mine.is_bookable(asked, now=now) == (asked in expected)
