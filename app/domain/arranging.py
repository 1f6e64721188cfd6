"""The clinic as it would be if its hours were changed: values in, values out."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from app.domain.clinic import Clinic, Hours
from app.domain.hours import Closure


def closed(clinic: Clinic, closure: Closure) -> Clinic:
    """Return the clinic with a closure, instead of what the same closure was before."""

    def change(clinician_id: int, hours: Hours) -> Hours:
        closures = _but(hours.closures, closure)
        if closure.clinician_id in (None, clinician_id):
            closures = (*closures, closure)
        return replace(hours, closures=closures)

    return _each(clinic, change)


def taken_back(clinic: Clinic, closure: Closure) -> Clinic:
    """Return the clinic without a closure."""
    return _each(clinic, lambda _, hours: replace(hours, closures=_but(hours.closures, closure)))


def with_hours(clinic: Clinic, clinician_id: int, hours: Hours) -> Clinic:
    """Return the clinic with other hours of one clinician."""
    return replace(clinic, hours={**clinic.hours, clinician_id: hours})


def with_clinician(clinic: Clinic, clinician_id: int, *, active: bool) -> Clinic:
    """Return the clinic as if a clinician saw people, or nobody any more."""
    then = replace(clinic.clinicians[clinician_id], active=active)
    return replace(clinic, clinicians={**clinic.clinicians, clinician_id: then})


def with_location(clinic: Clinic, location_id: int, *, active: bool) -> Clinic:
    """Return the clinic as if people were seen at a place, or nobody any more."""
    then = replace(clinic.locations[location_id], active=active)
    return replace(clinic, locations={**clinic.locations, location_id: then})


def _each(clinic: Clinic, change: Callable[[int, Hours], Hours]) -> Clinic:
    return replace(clinic, hours={id_: change(id_, hours) for id_, hours in clinic.hours.items()})


def _but(closures: Iterable[Closure], closure: Closure) -> tuple[Closure, ...]:
    return tuple(one for one in closures if not closure.id or one.id != closure.id)
