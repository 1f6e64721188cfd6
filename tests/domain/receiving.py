"""Hours and closures for the tests, and what comes of them on the wall."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.hours import Closure, Opening, Stretch, open_stretches, start_cells
from app.domain.timeline import Grid, each


def hours(day: date, first: str, until: str, location_id: int = 1) -> Opening:
    def minute(clock: str) -> int:
        hour, minutes = map(int, clock.split(":"))
        return hour * 60 + minutes

    return Opening(
        location_id=location_id, day=day, from_minute=minute(first), until_minute=minute(until)
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
