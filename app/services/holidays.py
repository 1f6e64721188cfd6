"""Public holidays of a country, taken over as closures of whole days."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from app.domain import arranging
from app.domain.clinic import Clinic
from app.domain.hours import Closure
from app.domain.refusals import NotAllowed
from app.domain.rehousing import Coming
from app.domain.staff import Permission, Staff
from app.domain.wallclock import DAY
from app.services import arrangement, breaking, closing
from app.storage import hours, journal
from app.storage.database import reading, retried, transaction

# The library is asked for inside functions: it costs a worker a fifth of a second and some
# megabytes at its start, and a clinic asks once a year.


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day on which a country rests; *there* when the clinic is closed on it already."""

    day: date
    name: str
    there: bool
    over: bool


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """Return the countries whose holidays are known; their list spares reading them all."""
    from holidays.registry import COUNTRIES

    return frozenset(code for _name, code, *_others in COUNTRIES.values())


@lru_cache(maxsize=64)
def parts(country: str) -> dict[str, str]:
    """Return the parts of a country by their code, with a name where there is one."""
    import holidays

    found = holidays.country_holidays(country)
    named = {code: name for name, code in found.subdivisions_aliases.items()}
    return {code: named.get(code, code) for code in found.subdivisions}


@lru_cache(maxsize=64)
def days(country: str, part: str, year: int, language: str) -> tuple[tuple[date, str], ...]:
    """Return the holidays of a year, named in a language where the library speaks it."""
    import holidays

    spoken = holidays.country_holidays(country).supported_languages
    found = holidays.country_holidays(
        country,
        subdiv=part or None,
        years=year,
        expand=False,
        language=next((one for one in spoken if one.partition("_")[0] == language), None),
    )
    return tuple(sorted((day, name) for day, name in found.items()))


def preview(
    found: Collection[tuple[date, str]], location_id: int | None, *, actor: Staff, today: date
) -> list[Holiday]:
    """Return holidays with whether the place, or the whole clinic, is closed on them already."""
    actor.needs(Permission.CLOSE_CLINIC)
    first = min((day for day, _ in found), default=today)
    known = hours.closures(reading(), after=datetime.combine(first, time()))
    return [
        Holiday(
            day=day,
            name=name[: closing.LONGEST_NOTE],
            there=_closed(day, known, location_id),
            over=day < today,
        )
        for day, name in found
    ]


def _closed(day: date, known: Collection[Closure], location_id: int | None) -> bool:
    """Say whether a closure of all that is meant takes the whole day."""
    starts, ends = datetime.combine(day, time()), datetime.combine(day + DAY, time())
    return any(
        one.clinician_id is None
        and one.location_id in (None, location_id)
        and one.starts <= starts
        and ends <= one.ends
        for one in known
    )


@retried
def take_over(
    wanted: Sequence[Holiday],
    location_id: int | None,
    *,
    seen: str,
    clinic: Clinic,
    actor: Staff,
    now: datetime,
) -> int:
    """Close the days that are not closed yet, all or none; return how many.

    Doing it again adds nothing.  Raises NotAllowed, WouldBreak.
    """
    if not actor.arranges(None):
        raise NotAllowed
    today = clinic.day_at(now)
    with transaction() as session:
        before = arrangement.locked(session, None)
        known = hours.closures(session, after=datetime.combine(today, time()))
        steps: list[tuple[Closure, tuple[Coming, ...]]] = []
        for one in wanted:
            if one.day >= today and not _closed(one.day, known, location_id):
                closure = _closure(one, location_id)
                after = arranging.closed(before, closure)
                steps.append((closure, breaking.would_lose(session, before, after, now=now)))
                before = after
        lost = tuple(one for _, some in steps for one in some)
        breaking.check_seen(lost, seen)
        for closure, some in steps:
            id_ = hours.keep(session, closure)
            arrangement.keep(session, before, some, closure_id=id_, actor=actor, now=now)
            journal.note(
                session, closing.CLOSE, actor=actor.signature, appointment_id=None, now=now,
                closure=[None, closing.said(closure)],
            )  # fmt: skip
    return len(steps)


def _closure(one: Holiday, location_id: int | None) -> Closure:
    return Closure(
        location_id=location_id,
        starts=datetime.combine(one.day, time()),
        ends=datetime.combine(one.day + DAY, time()),
        kind="holiday",
        note=one.name,
    )
