"""What somebody waits for, in a line."""

from collections.abc import Iterator

from babel.dates import format_date, get_day_names
from flask_babel import gettext as _

from app.domain.clinic import Clinic
from app.domain.waiting import Wishes
from app.web.layout import language
from app.web.patient.waiting_form import HOW, PARTS


def said(wishes: Wishes, clinic: Clinic) -> str:
    """Name the visit and everything that was not left open."""
    return ", ".join(_parts(wishes, clinic))


def _parts(wishes: Wishes, clinic: Clinic) -> Iterator[str]:
    yield clinic.visit_types[wishes.visit_type_id].name
    if wishes.clinician_ids:
        yield _either([clinic.clinicians[id_].name for id_ in sorted(wishes.clinician_ids)])
    if wishes.location_ids:
        yield _either([clinic.locations[id_].name for id_ in sorted(wishes.location_ids)])
    if wishes.weekdays:
        names = get_day_names("wide", "stand-alone", language())
        yield _either([str(names[day]) for day in sorted(wishes.weekdays)])
    if wishes.part != "any":
        yield str(PARTS[wishes.part]).lower()
    if wishes.video is not None:
        yield str(HOW["video" if wishes.video else "in_person"]).lower()
    if wishes.until_day is not None:
        yield _("until %(day)s", day=format_date(wishes.until_day, "medium", language()))
    if wishes.short_notice:
        yield _("also at short notice")


def _either(names: list[str]) -> str:
    return str(_(" or ")).join(names)
