"""Times, people and places of a visit in the words that several pages share."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from app.content import when
from app.domain.appointment import Wish
from app.domain.clinic import Clinic
from app.web.layout import language


def moment(start: datetime, zone: ZoneInfo, said: str, *, named: bool) -> str:
    """Say a day and a time, with the zone's name where the page does not say it already."""
    words = f"{when.day(start, zone, said, year=False)}, {when.clock(start, zone, said)}"
    return f"{words}, {when.zone_name(zone, start, said)}" if named else words


def who(wish: Wish, clinic: Clinic) -> str:
    """Say with whom, how, where and for how long."""
    place = clinic.locations[wish.location_id].name
    where = _("by video") if wish.video else _("in person at %(place)s", place=place)
    words = _(
        "%(doctor)s, %(where)s, %(minutes)s minutes",
        doctor=clinic.clinicians[wish.clinician_id].name,
        where=where,
        minutes=clinic.visit_types[wish.visit_type_id].rule.length.seconds // 60,
    )
    return str(words)


def where(location_id: int, clinic: Clinic, *, video: bool) -> str:
    """Say how and where a visit is."""
    if video:
        return str(_("By video"))
    return str(_("In person, %(place)s", place=clinic.locations[location_id].name))


def change_rule(wish: Wish, clinic: Clinic) -> str:
    """Say until when an appointment can be moved or cancelled here."""
    until = wish.start - clinic.visit_types[wish.visit_type_id].change_until
    zone = clinic.locations[wish.location_id].zone
    words = when.day_and_clock(until, zone, language(), named=clinic.clocks_differ)
    return str(_("You can move or cancel it here until %(moment)s.", moment=words))
