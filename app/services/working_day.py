"""Days on which somebody is in, and so can still do something about tomorrow."""

from datetime import date

from app.domain.clinic import Clinic
from app.domain.timeline import Grid
from app.domain.wallclock import DAY
from app.services import calendar

LONGEST_REST = 14  # days; nobody closes longer without saying so elsewhere


def before(day: date, clinic: Clinic) -> date:
    """Return the last day before another on which anybody receives."""
    earlier = (day - number * DAY for number in range(1, LONGEST_REST))
    return next((one for one in earlier if _anybody_in(one, clinic)), day - DAY)


def _anybody_in(day: date, clinic: Clinic) -> bool:
    grid = Grid.of_days(day - DAY, 3)
    for place in clinic.locations.values():
        cells = calendar.cells_of_day(day, place.zone, grid)
        if any(hours.open_at(place, grid) & cells for hours in clinic.hours.values()):
            return True
    return False
