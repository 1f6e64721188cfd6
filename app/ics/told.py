"""Which instants a calendar's bytes tell whoever reads them."""

from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar

from app.domain.interval import Interval


def interval(data: bytes) -> Interval:
    """Return from when to when the one event in a calendar is."""
    event: Any
    (event,) = Calendar.from_ical(data).events
    return Interval(_instant(event["dtstart"].dt), _instant(event["dtend"].dt))


def _instant(told: Any) -> datetime:  # noqa: ANN401  as the library read it
    if not isinstance(told, datetime) or told.tzinfo is None:
        raise ValueError("this event does not say when it is")
    return told.astimezone(UTC)
