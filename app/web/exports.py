"""Appointments as files: a table for spreadsheets, and a calendar in neutral words."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from flask_babel import gettext as _

from app.content import when
from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.table import written
from app.ics.invitation import CalendarAppointment, agenda, uid_of
from app.storage.models import Status
from app.web.layout import spoken
from app.web.reception.board import WORDS

OVER = (Status.CANCELLED, Status.MISSED)


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


def calendar(found: Iterable[Appointment], clinic: Clinic, *, host: str, now: datetime) -> bytes:
    """Write appointments as a calendar that may lie in anybody's phone: initials, no reasons."""
    return agenda(_entries(found, clinic, host), stamp=now)


def _entries(
    found: Iterable[Appointment], clinic: Clinic, host: str
) -> Iterator[tuple[CalendarAppointment, bool]]:
    for one in found:
        place = clinic.locations[one.wish.location_id]
        entry = CalendarAppointment(
            uid=uid_of(one.id, host),
            sequence=one.sequence,
            interval=one.interval,
            summary=f"{initials(one.person.name)} {one.reference}",
            location=_("By video") if one.wish.video else f"{place.name}, {place.address}",
            description="\n".join((
                clinic.clinicians[one.wish.clinician_id].name,
                when.zone_name(place.zone, one.interval.start, clinic.language),
                str(WORDS[Status(one.status)][1]),
            )),
            organizer_name=clinic.name,
            organizer_address=clinic.email,
        )  # fmt: skip
        yield entry, one.status not in OVER


def initials(name: str) -> str:
    """Return the first letters of a name."""
    return "".join(f"{word[0].upper()}." for word in name.split())
