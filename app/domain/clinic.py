"""The clinic as its rules see it: places, doctors and visit types, read only."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from app.domain import pressure
from app.domain.availability import VisitRule
from app.domain.edition import Signature
from app.domain.feed import Names
from app.domain.hours import Closure, Opening, Stretch, WeeklyHours, open_cells, open_stretches
from app.domain.interval import Interval
from app.domain.timeline import Grid
from app.domain.to_read import Rule

Said = Mapping[str, Mapping[str, str]]  # by language: the clinic's own texts, by name
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """The clinic's picture: its mark, which is part of its address, and its size."""

    mark: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place where patients are seen; hours there are in its zone."""

    id: int
    name: str
    address: str
    directions: str
    zone: ZoneInfo
    active: bool
    said: Said = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinician:
    """Somebody who sees patients."""

    id: int
    name: str
    about: str
    active: bool
    visit_type_ids: frozenset[int]
    said: Said = field(default_factory=dict)
    invited_id: str | None = None  # the account that gets each appointment as an invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitType:
    """What a person can book, and by which rules."""

    id: int
    slug: str
    name: str
    about: str
    active: bool
    rule: VisitRule
    needs_primer: bool
    in_person: bool
    video: bool
    change_until: timedelta
    said: Said = field(default_factory=dict)

    def interval(self, start: datetime) -> Interval:
        """Return the span of the visit itself when it starts then."""
        return Interval(start, start + self.rule.length)

    def blocked(self, start: datetime) -> Interval:
        """Return the span that nobody else may have when the visit starts then."""
        return Interval(start - self.rule.before, start + self.rule.length + self.rule.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When one clinician receives, with what closes it: their leave and the clinic's days."""

    weekly: tuple[WeeklyHours, ...]
    openings: tuple[Opening, ...]
    closures: tuple[Closure, ...]

    def stretches(self, place: Location, grid: Grid) -> tuple[Stretch, ...]:
        """Return when they receive at a place."""
        return open_stretches(
            self.weekly,
            self.openings,
            self.closures,
            location_id=place.id,
            zone=place.zone,
            grid=grid,
        )

    def open_at(self, place: Location, grid: Grid, *, video: bool | None = None) -> int:
        """Return the cells that are open at a place, for one way to meet or for any (None)."""
        found = (one for one in self.stretches(place, grid) if one.is_for(video=video))
        return open_cells(found, grid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """Everything of the clinic that changes rarely, at one revision."""

    revision: int
    name: str
    tagline: str
    reference_prefix: str
    phone: str
    email: str
    zone: ZoneInfo
    country: str
    language: str
    jurisdiction: str
    edition: str
    nurse_line: str | None
    primer_on: bool
    demonstration: bool
    reminder_hours: tuple[int, ...]
    brand_hue: int
    brand_chroma: float
    pressure_until: datetime | None
    locations: Mapping[int, Location]
    clinicians: Mapping[int, Clinician]
    visit_types: Mapping[int, VisitType]
    hours: Mapping[int, Hours]
    calendar_names: str = Names.INITIALS  # how its own calendars name patients
    guide_rule: str = Rule.TELL  # what becomes of a visit whose guide stays open
    guide_days: int = 2  # before it, for a release
    signatures: tuple[Signature, ...] = ()  # that stand under its editions
    safety_limits: Mapping[str, int] = field(default_factory=dict)  # those that it tightened
    instruments: frozenset[str] = frozenset()  # questionnaires whose owners allowed them
    logo: Logo | None = None
    said: Said = field(default_factory=dict)
    others: Mapping[str, "Clinic"] = field(default_factory=dict)  # itself in other languages
    offer_hours: int = 4  # by day, to answer an offer from the waiting list
    short_offer_hours: int = 1  # the same for a time that is near
    short_notice: timedelta = timedelta(hours=24)  # what is nearer suits only who said so
    declines_free: bool = False  # a proven no by mail gives the time back
    own_addresses: bool = False  # its mailbox takes clinic+something@host
    known_as: str | None = None  # the host that calendars and mail programs know it by
    elsewhere: frozenset[int] = frozenset()  # doctors who have other calendars
    busy_every: timedelta = timedelta(minutes=30)  # doctors' other calendars are read again
    busy_trusted: timedelta = timedelta(hours=24)  # for so long what they said counts

    def host(self, now: str) -> str:
        """Return the host in what others keep: that of the beginning, wherever it lives *now*."""
        return self.known_as or now

    @property
    def horizon(self) -> timedelta:
        """How far ahead anything is offered."""
        ahead = (one.rule.horizon for one in self.visit_types.values())
        return max(ahead, default=timedelta(days=1))

    @property
    def clocks_differ(self) -> bool:
        """Say whether a time of day alone could be that of another place."""
        return len({place.zone.key for place in self.locations.values()}) > 1

    def day_at(self, instant: datetime) -> date:
        """Return the day that the clinic's wall shows at an instant."""
        return instant.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        """Return when a day begins on the clinic's wall."""
        return datetime.combine(day, time(), self.zone)

    def under_pressure(self, *, now: datetime) -> bool:
        """Say whether a flood of bookings makes people confirm theirs by mail."""
        return pressure.is_on(self.pressure_until, now=now)

    def without_notice(self) -> "Clinic":
        """Return the clinic as the desk sees it: no time to come is too near."""
        types = {
            id_: replace(one, rule=replace(one.rule, notice=timedelta(0)))
            for id_, one in self.visit_types.items()
        }
        return replace(self, visit_types=types)

    def visit_type(self, slug: str) -> VisitType | None:
        """Return the type of visit of that name, if the clinic offers it."""
        return next((type_ for type_ in self.visit_types.values() if type_.slug == slug), None)

    def said_in(self, language: str) -> "Clinic":
        """Return the clinic in its own words for a language; where it has none, as it is."""
        return self.others.get(language, self)


def with_its_languages(clinic: Clinic) -> Clinic:
    """Return the clinic with itself in each language that it has words in."""
    rooms = (clinic.locations, clinic.clinicians, clinic.visit_types)
    things = [clinic, *(thing for room in rooms for thing in room.values())]
    languages = {language for thing in things for language in thing.said}
    return replace(clinic, others={language: _in(clinic, language) for language in languages})


def _in(clinic: Clinic, language: str) -> Clinic:
    said: Clinic = _words(clinic, language)
    return replace(
        said,
        locations=_all_words(clinic.locations, language),
        clinicians=_all_words(clinic.clinicians, language),
        visit_types=_all_words(clinic.visit_types, language),
    )


def _all_words(things: Mapping[int, Thing], language: str) -> dict[int, Thing]:
    return {id_: _words(thing, language) for id_, thing in things.items()}


def _words(thing: Any, language: str) -> Any:  # noqa: ANN401  a clinic, or one of its parts
    said: Mapping[str, str] = thing.said.get(language, {})
    return replace(thing, **said)
