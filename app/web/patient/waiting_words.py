"""What somebody waits for, in a line."""

from collections.abc import Iterator

from babel.dates import format_date, get_day_names
from flask_babel import gettext as _

from app.content import when
from app.domain.clinic import Clinic
from app.domain.waiting import Wishes
from app.services import waiting
from app.web.layout import language
from app.web.patient.waiting_form import HOW, PARTS
from app.web.visitor import actor, clinic


def said(wishes: Wishes, house: Clinic) -> str:
    """Name the visit and everything that was not left open."""
    return ", ".join(_parts(wishes, house))


def _parts(wishes: Wishes, house: Clinic) -> Iterator[str]:
    yield house.visit_types[wishes.visit_type_id].name
    if wishes.clinician_ids:
        yield _either([house.clinicians[id_].name for id_ in sorted(wishes.clinician_ids)])
    if wishes.location_ids:
        yield _either([house.locations[id_].name for id_ in sorted(wishes.location_ids)])
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


def waits_since(reference: str) -> str | None:
    """Say since when somebody waits for an earlier time than their appointment's, if they do."""
    known = waiting.of_mine(reference, actor=actor())
    return when.day(known.since, clinic().zone, language(), year=False) if known else None
