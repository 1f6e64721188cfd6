"""Days and times on the clock of a place, as staff type them and as pages say them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.content import when
from app.domain.hours import MIDNIGHT, Closure
from app.domain.timeline import CELL_MINUTES
from app.web.layout import language
from app.web.patient.typed import Mistyped, plain
from app.web.reception.day import day_of

WALL = ZoneInfo("UTC")  # a wall has no zone; this one never changes its clock


def a_day(text: str) -> date:
    """Return the day that was chosen."""
    found = day_of(text.strip())
    if found is None:
        raise Mistyped(_("Please choose a day, such as 2027-03-15."))
    return found


def minutes(text: str) -> int:
    """Return a time of day in minutes after midnight."""
    try:
        found = time.fromisoformat(text.strip()[:8])
    except ValueError:
        raise Mistyped(_("Please write a time, such as 09:30.")) from None
    if found.second or found.minute % CELL_MINUTES:
        raise Mistyped(_("Please choose a time in full five minutes, such as 09:30 or 09:35."))
    return found.hour * 60 + found.minute


def until(text: str) -> int:
    """Return the same as an end: midnight is that of the end of the day."""
    return minutes(text) or MIDNIGHT


def words(text: str, longest: int) -> str:
    """Return a line that somebody wrote, in one line."""
    tidy = " ".join(plain(text[: 4 * longest]).split())
    if len(tidy) > longest:
        raise Mistyped(_("Please shorten it to %(number)s letters.", number=longest))
    return tidy


def at(on: date, minute: int) -> datetime:
    """Return a time on the wall."""
    return datetime.combine(on, time()) + timedelta(minutes=minute)


def typed(wall: datetime) -> str:
    """Return a time of day as a field has it."""
    return f"{wall:%H:%M}"


def clock(minute: int) -> str:
    """Say a time of day."""
    return when.clock(at(date(2027, 1, 4), minute).replace(tzinfo=WALL), WALL, language())


def span(first: int, last: int) -> str:
    """Say from when to when; midnight as an end belongs to no half of the day."""
    if last == MIDNIGHT:
        return str(_("%(first)s to %(last)s", first=clock(first), last=clock(0)))
    some = date(2027, 1, 4)
    starts, ends = at(some, first).replace(tzinfo=WALL), at(some, last).replace(tzinfo=WALL)
    return when.span(starts, ends, WALL, language())


def last_day(closure: Closure) -> date:
    """Return the last day on which something is closed."""
    return (closure.ends - timedelta(minutes=1)).date()


def whole_days(closure: Closure) -> bool:
    """Say whether a closure begins and ends at midnight."""
    return closure.starts.time() == closure.ends.time() == time()


def said(closure: Closure) -> str:
    """Say from when to when something is closed."""
    first, last = (
        when.spelled(on, language()) for on in (closure.starts.date(), last_day(closure))
    )
    if whole_days(closure):
        if first == last:
            return str(_("%(day)s, the whole day", day=first))
        return str(_("%(first)s to %(last)s, whole days", first=first, last=last))
    starts, ends = (one.hour * 60 + one.minute for one in (closure.starts, closure.ends))
    if first == last:
        return f"{first}, {span(starts, ends)}"
    words = _("%(first)s, %(from_time)s, to %(last)s, %(until_time)s")
    return str(words) % {
        "first": first, "from_time": clock(starts), "last": last, "until_time": clock(ends)
    }  # fmt: skip
