"""The part of a calendar's text that a program asks for (RFC 4791, 9.6)."""

from collections.abc import Mapping
from dataclasses import dataclass

from icalendar import Calendar, Component, vText


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is asked of a component: which properties, and what of which components in it.

    None stands for all there are.  A property may be asked without its value.
    """

    name: str
    properties: Mapping[str, bool] | None = None
    inside: tuple["Part", ...] | None = None


def pick(written: bytes, part: Part) -> bytes:
    """Return of what is written only the part; what remains may be less than a calendar needs."""
    calendar = Calendar.from_ical(written)
    _prune(calendar, part)
    return bytes(calendar.to_ical())


def _prune(component: Component, part: Part) -> None:
    if part.properties is not None:
        for name in list(component):
            if name not in part.properties:
                del component[name]
            elif not part.properties[name]:
                component[name] = vText("")
    if part.inside is not None:
        known = {one.name: one for one in part.inside}
        component.subcomponents = [one for one in component.subcomponents if one.name in known]
        for one in component.subcomponents:
            _prune(one, known[str(one.name)])
