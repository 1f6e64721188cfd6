"""The days on which a clinic in the United States is closed."""

from datetime import date, timedelta


def holidays(year: int) -> list[tuple[date, str]]:
    """Return the days on which the demonstration clinic is closed."""
    first_of_june = date(year, 6, 1)
    return [
        (date(year, 1, 1), "New Year's Day"),
        (first_of_june - timedelta(days=first_of_june.weekday() or 7), "Memorial Day"),
        (date(year, 7, 4), "Independence Day"),
        (_nth(year, 9, 0, 1), "Labor Day"),
        (_nth(year, 11, 3, 4), "Thanksgiving"),
        (date(year, 12, 25), "Christmas Day"),
    ]


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7, weeks=number - 1)
