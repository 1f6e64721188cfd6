"""Days on which somebody is in, and so can still do something about tomorrow."""

from datetime import date, timedelta

from app.domain.clinic import Clinic
from app.domain.hours import open_cells
from app.domain.timeline import Grid
from app.services import calendar

LONGEST_REST = 14  # days; nobody closes longer without saying so elsewhere
ONE = timedelta(days=1)


def before(day: date, clinic: Clinic) -> date:
    """Return the last day before another on which anybody receives."""
    earlier = (day - number * ONE for number in range(1, LONGEST_REST))
    return next((one for one in earlier if _anybody_in(one, clinic)), day - ONE)


def _anybody_in(day: date, clinic: Clinic) -> bool:
    grid = Grid.of_days(day - ONE, 3)
    for id_, place in clinic.locations.items():
        cells = calendar.cells_of_day(day, place.zone, grid)
        for doctor in clinic.clinicians:
            if open_cells(calendar.stretches(clinic, doctor, id_, grid), grid) & cells:
                return True
    return False
