"""What was done to hours, openings and closures, in the words of the journal."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date, get_day_names
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from app.domain.clinic import Clinic
from app.web.layout import language

DEEDS = {
    "add_hours": later("%(who)s added weekly hours"),
    "change_hours": later("%(who)s changed weekly hours"),
    "take_hours_away": later("%(who)s took weekly hours away"),
    "open": later("%(who)s opened a day"),
    "take_back_opening": later("%(who)s took an opened day back"),
    "close": later("%(who)s closed some time"),
    "change_closure": later("%(who)s changed closed time"),
    "take_back_closure": later("%(who)s opened closed time again"),
}


def changed(change: Mapping[str, Any], clinic: Clinic) -> str:
    """Tell whose hours they are, and what they were before and after."""
    pairs = (one for one in ("hours", "opening", "closure") if isinstance(change.get(one), list))
    key = next(pairs, None)  # a number there names the closure that took a time
    if key is None:
        return ""
    before, after = (_said(key, one, clinic) for one in change[key])
    if before and after:
        told = _("from %(before)s to %(after)s", before=before, after=after)
    else:
        told = before or after
    doctor = clinic.clinicians.get(change.get("clinician") or 0)
    return f"{doctor.name}, {told}" if doctor else str(told)


def _said(key: str, value: Any, clinic: Clinic) -> str:  # noqa: ANN401  as the journal keeps it
    if not value:
        return ""
    if key == "closure":
        return _closure(value, clinic)
    if key == "opening":
        return f"{_day(value['day'])}, {_clocks(value['minutes'])}, {_place(value, clinic)}"
    names = get_day_names("abbreviated", locale=language())
    return "; ".join(
        f"{', '.join(names[day] for day in one['weekdays'])} {_clocks(one['minutes'])},"
        f" {_place(one, clinic)}"
        for one in value
    )


def _closure(value: Mapping[str, Any], clinic: Clinic) -> str:
    doctor = clinic.clinicians.get(value.get("clinician_id") or 0)
    place = clinic.locations.get(value.get("location_id") or 0)
    whose = doctor.name if doctor else place.name if place else str(_("The whole clinic"))
    starts, ends = (datetime.fromisoformat(value[one]) for one in ("starts", "ends"))
    days = f"{_day(starts.date())} {starts:%H:%M} - {_day(ends.date())} {ends:%H:%M}"
    return f"{whose}, {days}" + (f", {value['note']}" if value.get("note") else "")


def _day(day: str | date) -> str:
    on = date.fromisoformat(day) if isinstance(day, str) else day
    return format_date(on, "medium", language())


def _clocks(minutes: list[int]) -> str:
    return "-".join(f"{one // 60}:{one % 60:02}" for one in minutes)


def _place(value: Mapping[str, Any], clinic: Clinic) -> str:
    place = clinic.locations.get(value.get("location") or 0)
    return place.name if place else str(_("a place that is gone"))
