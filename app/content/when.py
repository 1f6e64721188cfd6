"""Days, clock times and zones in words, as people of a language say them."""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import (
    format_date,
    format_interval,
    format_time,
    get_timezone_location,
    get_timezone_name,
    match_skeleton,
)

_SMALL = {word: word.lower() for word in ("Time", "Standard", "Daylight", "Summer")}
_KEPT_TOGETHER = "\u00a0"  # a line never ends between 9:30 and am
_NAMED = {0: "midnight", 12: "noon"}  # what nobody is sure of as 12:00 am or pm


def day(moment: datetime, zone: ZoneInfo, language: str, *, year: bool = True) -> str:
    """Return the day there: Monday 15 March 2027."""
    return _day(moment.astimezone(zone).date(), language, year)


def spelled(on: date, language: str) -> str:
    """Return a day of the calendar: Monday 15 March 2027."""
    return _day(on, language, True)


def clock(moment: datetime, zone: ZoneInfo, language: str, *, named: bool = False) -> str:
    """Return the time of day there, with the zone's name if that is needed: 9:30 am."""
    local = moment.astimezone(zone)
    words = _clock(local.hour, local.minute, language)
    return f"{words}, {zone_name(zone, moment, language)}" if named else words


def span(start: datetime, end: datetime, zone: ZoneInfo, language: str) -> str:
    """Return from when to when: 9:30 to 10:15 am."""
    first, last = start.astimezone(zone), end.astimezone(zone)
    return _span(first.hour, first.minute, last.hour, last.minute, language)


def day_and_clock(moment: datetime, zone: ZoneInfo, language: str, *, named: bool = False) -> str:
    """Return day and time of day there: Monday 15 March 2027, 9:30 am."""
    return f"{day(moment, zone, language)}, {clock(moment, zone, language, named=named)}"


def zone_name(zone: ZoneInfo, at: datetime, language: str) -> str:
    """Return whose clock is meant: Eastern time, New York.

    In the hour that a night in autumn has twice, the name says which of the two.
    """
    local = at.astimezone(zone)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return _zone_name(at.astimezone(UTC) if twice else None, zone, language)


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Return what babel knows about a language such as en, en-GB or ar."""
    return Locale.parse(language.replace("-", "_"))


@lru_cache(maxsize=256)
def as_written_in(language: str, country: str) -> str:
    """Return the language as people of a country write days and hours in it: es_US."""
    try:
        return str(Locale.parse(f"{language}_{country}"))
    except (UnknownLocaleError, ValueError):
        return language


@lru_cache(maxsize=64)
def language_name(language: str) -> str:
    """Return what a language is called by those who speak it: Español."""
    name = locale_of(language).get_language_name() or language
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=4096)
def _day(there: date, language: str, year: bool) -> str:  # noqa: FBT001  the cache wants positions
    locale = locale_of(language)
    if locale.language == "en":
        return format_date(there, "EEEE d MMMM y" if year else "EEEE d MMMM", locale=locale)
    if year:
        return format_date(there, "full", locale=locale)
    skeletons = locale.datetime_skeletons
    short = str(skeletons[match_skeleton("MMMMEEEEd", skeletons)])
    return _plain(format_date(there, re.sub("E+", "EEEE", short), locale=locale))


@lru_cache(maxsize=4096)
def _clock(hour: int, minute: int, language: str) -> str:
    locale = locale_of(language)
    if locale.language == "en":
        if minute == 0 and hour in _NAMED:
            return f"12{_KEPT_TOGETHER}{_NAMED[hour]}"
        return f"{hour % 12 or 12}:{minute:02}{_KEPT_TOGETHER}{_half(hour)}"
    return _plain(format_time(time(hour, minute), "short", locale=locale))


@lru_cache(maxsize=4096)
def _span(hour: int, minute: int, last_hour: int, last_minute: int, language: str) -> str:
    locale = locale_of(language)
    if locale.language == "en":
        first, last = _clock(hour, minute, language), _clock(last_hour, last_minute, language)
        same_half = _half(hour) == _half(last_hour)
        return f"{first.removesuffix(_half(hour)).strip() if same_half else first} to {last}"
    skeleton = "hm" if "h" in str(locale.time_formats["short"]) else "Hm"
    first_time, last_time = time(hour, minute), time(last_hour, last_minute)
    return _plain(format_interval(first_time, last_time, skeleton, locale=locale))


@lru_cache(maxsize=512)  # keyed by UTC: two local times that differ by fold count as equal
def _zone_name(at: datetime | None, zone: ZoneInfo, language: str) -> str:
    locale = locale_of(language)
    placed = "/" in zone.key and not zone.key.startswith("Etc/")
    if not placed:
        return get_timezone_name(zone, locale=locale, zone_variant="standard")
    name = _spoken(
        get_timezone_name(at.astimezone(zone), locale=locale)
        if at
        else get_timezone_name(zone, locale=locale, zone_variant="generic"),
        locale,
    )
    city = get_timezone_location(zone, locale=locale, return_city=True)
    return name if city in name else f"{name}, {city}"


def _spoken(name: str, locale: Locale) -> str:
    if locale.language != "en":
        return name
    return " ".join(_SMALL.get(word, word) for word in name.split(" "))


def _half(hour: int) -> str:
    return "am" if hour < 12 else "pm"


def _plain(text: str) -> str:
    # thin spaces: not every mail shows them
    return text.replace("\u202f", _KEPT_TOGETHER).replace("\u2009", " ")
