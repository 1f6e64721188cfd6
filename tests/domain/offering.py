"""A calendar for the tests, and what it offers."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.availability import Calendar, VisitRule, fitting
from app.domain.hours import Opening, open_stretches
from app.domain.timeline import Grid

UTC_ZONE = ZoneInfo("UTC")
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
