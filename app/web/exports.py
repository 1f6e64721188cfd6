"""Appointments as files: a table for spreadsheets, and a calendar in neutral words."""

from collections.abc import Iterable

from flask_babel import gettext as _

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.feed import Entry
from app.domain.table import written
from app.ics import feed
from app.storage.models import Status
from app.web.layout import spoken
from app.web.reception.board import WORDS


def table(found: Iterable[Appointment], clinic: Clinic) -> bytes:
    """Write appointments as a table; times stand on the clock of the place."""
    head = [
        _("Day"), _("From"), _("Until"), _("Time zone"), _("Doctor"), _("Place"), _("Visit"),
        _("How it stands"), _("Patient"), _("Born"), _("Phone"), _("E-mail"), _("Booked by"),
        _("Reference"),
    ]  # fmt: skip
    return written(head, (_row(one, clinic) for one in found))


def _row(one: Appointment, clinic: Clinic) -> list[str]:
    place = clinic.locations[one.wish.location_id]
    start, end = (at.astimezone(place.zone) for at in (one.interval.start, one.interval.end))
    person = one.person
    return [
        start.date().isoformat(),
        f"{start:%H:%M}",
        f"{end:%H:%M}",
        place.zone.key,
        clinic.clinicians[one.wish.clinician_id].name,
        _("By video") if one.wish.video else place.name,
        clinic.visit_types[one.wish.visit_type_id].name,
        str(WORDS[Status(one.status)][1]),
        person.name,
        person.birth_date.isoformat(),
        spoken(person.phone, clinic.country),
        person.email,
        person.booker_name or "",
        one.reference,
    ]


def calendar(found: Iterable[Appointment], clinic: Clinic, *, host: str) -> bytes:
    """Write appointments as a calendar that may lie in anybody's phone: initials, no reasons."""
    return b"".join(feed.calendar(feed.events(map(Entry.of, found), clinic, host=host)))
