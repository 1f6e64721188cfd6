"""Times of visits, as the clock of their place shows them."""

from datetime import datetime

from app.content import when
from app.domain.clinic import Clinic
from app.web.layout import language


def there(start: datetime, location_id: int, clinic: Clinic) -> str:
    """Say when a visit begins, and on whose clock where the clinic's places differ."""
    zone = clinic.locations[location_id].zone
    return when.day_and_clock(start, zone, language(), named=clinic.clocks_differ)


def place(location_id: int, at: datetime, clinic: Clinic) -> str:
    """Name a place, and whose clock its times are on where that could be another."""
    found = clinic.locations[location_id]
    if not clinic.clocks_differ:
        return found.name
    return f"{found.name}, {when.zone_name(found.zone, at, language())}"
