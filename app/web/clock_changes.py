"""What the clinic, its mails and its calendars say around a change of the clock, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from app.content import when
from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.clock_change import ClockChange
from app.domain.feed import Entry
from app.domain.interval import Interval
from app.domain.wallclock import DAY
from app.ics import feed, told
from app.ics.entry import entry_of
from app.ics.invitation import request
from app.services.clock_changes import AtPlace
from app.settings import Settings
from app.web.patient.calendar_file import letter_of

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One appointment, as each of them says when it is; *agree* when they mean one instant."""

    reference: str
    who: str
    doctor: str
    clinic: str
    mail: str | None
    feed: str
    agree: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A place, what happens to its clock, and the appointments around it."""

    place: str
    zone: str
    change: str | None
    lines: tuple[Line, ...]


def in_words(found: Iterable[AtPlace], clinic: Clinic, language: str) -> list[Shown]:
    """Put the changes at all places into words."""
    return [
        Shown(
            place=one.place.name,
            zone=one.place.zone.key,
            change=_change(one.change, language) if one.change else None,
            lines=tuple(_line(about, clinic, language) for about in one.appointments),
        )
        for one in found
    ]


def _change(change: ClockChange, language: str) -> str:
    """Say when, how much, and from which time to which."""
    minutes = abs(change.by) // MINUTE
    shown = {
        "day": when.spelled(change.day, language),
        "before": _wall(change.at, change, language),
        "after": when.clock(change.at, change.zone, language),
        "much": ngettext("%(num)s minute", "%(num)s minutes", minutes)
        if minutes % 60
        else ngettext("one hour", "%(num)s hours", minutes // 60),
    }
    words = (
        _(
            "%(day)s: the clock goes forward by %(much)s, from %(before)s to %(after)s."
            " What is between does not exist."
        )
        if change.forward
        else _(
            "%(day)s: the clock goes back by %(much)s, from %(before)s to %(after)s."
            " What is between comes twice."
        )
    )
    return str(words) % shown


def _wall(at: datetime, change: ClockChange, language: str) -> str:
    """Return what the clock would show at the change if nobody put it: as the day before."""
    return when.clock(at - DAY, change.zone, language)


def _line(about: Appointment, clinic: Clinic, language: str) -> Line:
    """Write what leaves the house, read it back, and say what it says."""
    zone = clinic.locations[about.wish.location_id].zone
    entry = Entry.of(about)
    mailed, fed = _mailed(about, clinic), _fed(entry, clinic)
    spoken = [
        when.day_and_clock(at.start, zone, language, named=True)
        for at in (about.interval, mailed or fed, fed)
    ]
    return Line(
        reference=about.reference,
        who=entry.called(clinic.calendar_names),
        doctor=clinic.clinicians[about.wish.clinician_id].name,
        clinic=spoken[0],
        mail=spoken[1] if mailed else None,
        feed=spoken[2],
        agree=about.interval == fed == (mailed or fed),
    )


def _mailed(about: Appointment, clinic: Clinic) -> Interval | None:
    """Return when the invitation in the mail says it is; None for whoever gets none."""
    if not about.person.email or about.person.calendar != "invitation":
        return None
    letter = letter_of(about, clinic, clinic.language, emergency_number="")
    return told.interval(request(entry_of(letter, host=_host(clinic)), stamp=about.changed_at))


def _fed(entry: Entry, clinic: Clinic) -> Interval:
    """Return when the calendars of doctors and places say it is."""
    events = feed.events([entry], clinic, host=_host(clinic))
    return told.interval(b"".join(feed.calendar(events)))


def _host(clinic: Clinic) -> str:
    settings: Settings = current_app.extensions["settings"]
    return clinic.host(settings.host)
