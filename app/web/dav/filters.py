"""Which events a calendar-query asks for (RFC 4791, 9.7), as far as appointments need it."""

from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from app.domain.device_calendar import Shown
from app.domain.interval import Interval
from app.web.dav import things, xml
from app.web.dav.xml import CALDAV

Test = Callable[[Shown], bool]
FOREVER = Interval(datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))
EXACT = "i;octet"
COLLATIONS = ("i;ascii-casemap", EXACT)
STAMP = "%Y%m%dT%H%M%SZ"


def read(root: Element) -> Test:
    """Return the test that a calendar-query makes; one that we do not know is refused by name."""
    top = root.find(f"{CALDAV}filter/{CALDAV}comp-filter")
    if top is None or top.get("name", "").upper() != "VCALENDAR":
        raise _unknown()
    tests = [_inside(one) for one in top]
    return lambda shown: all(test(shown) for test in tests)


def _inside(one: Element) -> Test:
    if one.tag == CALDAV + "time-range":
        return _overlaps(one)
    if one.tag != CALDAV + "comp-filter":
        raise _unknown()
    wanted = one.get("name", "").upper() == "VEVENT"
    if one.find(CALDAV + "is-not-defined") is not None:
        return lambda _shown: not wanted
    if not wanted:
        return lambda _shown: False  # there is nothing else here
    tests = [_of_event(part) for part in one]
    return lambda shown: all(test(shown) for test in tests)


def _of_event(part: Element) -> Test:
    if part.tag == CALDAV + "time-range":
        return _overlaps(part)
    if part.tag != CALDAV + "prop-filter" or part.get("name", "").upper() != "UID":
        raise _unknown()
    if len(part) != 1 or part[0].tag != CALDAV + "text-match":
        raise _unknown()
    return _says(part[0])


def _says(match: Element) -> Test:
    """Read what words a UID has, or has not."""
    collation = match.get("collation", COLLATIONS[0])
    if collation not in COLLATIONS:
        raise xml.precondition(403, CALDAV + "supported-collation")
    fold = str if collation == EXACT else str.casefold
    words, without = fold(match.text or ""), match.get("negate-condition", "no") == "yes"
    return lambda shown: (words in fold(things.uid(shown))) is not without


def _overlaps(part: Element) -> Test:
    asked = window(part)
    return lambda shown: overlap(shown, asked)


def window(part: Element | None) -> Interval:
    """Read a stretch of time, which may be open at an end."""
    if part is None:
        raise xml.precondition(400, CALDAV + "valid-filter")
    since, until = _instant(part.get("start")), _instant(part.get("end"))
    try:
        return Interval(since or FOREVER.start, until or FOREVER.end)
    except ValueError as error:
        raise xml.precondition(400, CALDAV + "valid-filter") from error


def overlap(shown: Shown, asked: Interval) -> bool:
    """Say whether something happens within a stretch of time."""
    return shown.interval.start < asked.end and asked.start < shown.interval.end


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise xml.precondition(400, CALDAV + "valid-filter") from error


def _unknown() -> Exception:
    return xml.precondition(403, CALDAV + "supported-filter")
