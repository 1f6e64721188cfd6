"""The list of free times in words: made once for each content and language, then kept."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import url_for
from flask_babel import gettext as _

from app.content import when
from app.domain.appointment import Wish
from app.domain.clinic import Clinic, VisitType
from app.services.offer import Day, DoctorDay, Offer
from app.web.kept import kept, kept_large, macros
from app.web.layout import language
from app.web.patient.filter import filter_of
from app.web.patient.listed import Block, First, Row, Shown, StripDay, Time, Times
from app.web.patient.wishes import address, slot, written
from app.web.patient.wording import moment, where, who

WEEKEND = 5


def shown(
    offer: Offer,
    types: list[VisitType],
    clinic: Clinic,
    *,
    page: str,
    reference: str | None = None,
) -> Shown:
    """Return the list of times, from memory when nothing changed; *page* is its endpoint."""
    visits = tuple(one.id for one in types)
    key = ("times", offer.key, clinic.revision, visits, page, reference, language())
    return kept_large(key, lambda: _made(offer, types, clinic, page, reference))


def _made(
    offer: Offer, types: list[VisitType], clinic: Clinic, page: str, reference: str | None
) -> Shown:
    times = _Words(clinic, language(), page, reference).times(offer)
    lists = filter_of(offer.search, types, clinic, page=page, reference=reference)
    parts = macros("patient/booking/_times.html")
    action = url_for(page, reference=reference)  # none in the address of the first list
    return Shown(
        times=times,
        filter=lists,
        first=parts.first(times),
        narrowing=parts.narrowing(times, lists, action),
        days=parts.days(times),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts an offer into words."""

    clinic: Clinic
    language: str
    page: str
    reference: str | None

    def times(self, offer: Offer) -> Times:
        zones = self._zones(offer)
        shared = len(zones) < 2
        at = offer.next.start if offer.next else None
        first = self._first(_("Next free time"), offer.next, shared=shared) if offer.next else None
        return Times(
            next=first,
            others=self._others(offer, shared=shared),
            zone=when.zone_name(zones[0], at, self.language) if zones and shared and at else None,
            missing=self._missing(offer),
            strip=[
                self._strip_day(offer, one.day, one.free, shown=one.shown)
                for one in offer.strip
                if one.free or one.day.weekday() < WEEKEND
            ],
            blocks=[self._block(day, shared=shared) for day in offer.days],
            earlier=self._url(offer, offer.earlier if offer.search.from_day else None),
            later=self._url(offer, offer.later),
        )

    def _zones(self, offer: Offer) -> list[ZoneInfo]:
        places = {list_.location_id for day in offer.days for list_ in day.lists}
        found = {
            self.clinic.locations[id_].zone.key: self.clinic.locations[id_].zone
            for id_ in sorted(places)
        }
        return list(found.values())

    def _others(self, offer: Offer, *, shared: bool) -> list[First]:
        found = []
        if offer.next_video and offer.next_video != offer.next:
            found.append(self._first(_("By video"), offer.next_video, shared=shared))
        if offer.next_late and offer.next_late not in (offer.next, offer.next_video):
            found.append(self._first(_("After 4 pm"), offer.next_late, shared=shared))
        return found

    def _first(self, kind: str, wish: Wish, *, shared: bool) -> First:
        return First(
            kind=kind,
            time=self._time(wish),
            when=moment(wish.start, self._zone(wish), self.language, named=False),
            zone=None if shared else self._zone_name(wish),
            who=who(wish, self.clinic),
        )

    def _zone_name(self, wish: Wish) -> str:
        return when.zone_name(self._zone(wish), wish.start, self.language)

    def _zone(self, wish: Wish) -> ZoneInfo:
        return self.clinic.locations[wish.location_id].zone

    def _time(self, wish: Wish) -> Time:
        clock = when.clock(wish.start, self._zone(wish), self.language)
        return Time(value=slot(wish), instant=written(wish.start), clock=clock)

    def _block(self, day: Day, *, shared: bool) -> Block:
        name = self._day(day.day)
        rows = [self._row(list_, name, shared=shared) for list_ in day.lists]
        return Block(id=f"d{day.day}", name=name, free=day.free, rows=rows)

    def _row(self, list_: DoctorDay, day: str, *, shared: bool) -> str:
        key = ("row", list_, self.clinic.revision, self.language, shared)
        return kept(key, lambda: self._written(list_, day, shared=shared))

    def _written(self, list_: DoctorDay, day: str, *, shared: bool) -> str:
        row: str = macros("patient/booking/_times.html").row(
            self._row_words(list_, shared=shared), day
        )
        return row

    def _row_words(self, list_: DoctorDay, *, shared: bool) -> Row:
        return Row(
            clinician=self.clinic.clinicians[list_.clinician_id].name,
            where=where(list_.location_id, self.clinic, video=list_.video),
            zone=None if shared else self._zone_name(list_.slots[0]),
            times=[self._time(wish) for wish in list_.slots],
        )

    def _strip_day(self, offer: Offer, day: date, free: int, *, shown: bool) -> StripDay:
        url = f"#d{day}" if shown else self._url(offer, day)
        return StripDay(
            weekday=format_date(day, "EEE", self.language),
            number=str(day.day),
            name=self._day(day),
            free=free,
            url=url if free else None,
            shown=shown,
        )

    def _missing(self, offer: Offer) -> str | None:
        wanted = offer.search.from_day
        if wanted is None or (offer.days and offer.days[0].day == wanted):
            return None
        return self._day(wanted)

    def _day(self, day: date) -> str:
        noon = datetime.combine(day, time(12), UTC)
        return when.day(noon, ZoneInfo("UTC"), self.language, year=False)

    def _url(self, offer: Offer, day: date | None) -> str | None:
        if day is None:
            return None
        parts = address(offer.search, self.clinic, **{"from": day})
        if self.reference:
            parts["reference"] = self.reference
        return url_for(self.page, **parts)  # type: ignore[arg-type]


def clock_there(offer: Offer, clinic: Clinic, now: datetime) -> str | None:
    """Say what time it is at the place of the next free time."""
    if offer.next is None:
        return None
    return when.clock(now, clinic.locations[offer.next.location_id].zone, language())
