"""Finding a caller while they are on the phone."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.content import when
from app.domain.clinic import Clinic
from app.domain.finding import LONGEST, Found, Line, Sought
from app.domain.refusals import Refused
from app.domain.staff import Permission
from app.services import finding
from app.storage.models import Status
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.patient.said import Said
from app.web.reception import sought
from app.web.reception.appointment import LOOKS
from app.web.reception.board import WORDS
from app.web.reception.day import today
from app.web.refusals import status
from app.web.visitor import clinic

blueprint = Blueprint("find", __name__)

SHOWN = 3  # coming appointments of one person


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """One appointment in words."""

    reference: str
    moment: str
    who: str
    sign: str
    status: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Somebody who was found, in words."""

    person: Found
    coming: list[InWords]
    more: int
    last: InWords | None


@blueprint.get("/find")
@staff_only(Permission.RUN_DAY)
def find() -> ResponseReturnValue:
    """Show whoever fits what was typed."""
    typed, house = request.args.get("q", ""), clinic()
    page: dict[str, object] = {
        "sought": typed[: 2 * LONGEST], "hits": [], "more": False, "refusal": None
    }  # fmt: skip
    if not typed.strip():
        return render_template("reception/find/find.html", **page)
    try:
        found, more = finding.find(
            typed, wanted(typed), actor=staff.actor(), clinic=house, now=now()
        )
    except Refused as refusal:
        page["refusal"] = Said.of(refusal)
        return render_template("reception/find/find.html", **page), status(refusal)
    page |= {"hits": [hit(one, house) for one in found], "more": more}
    return render_template("reception/find/find.html", **page)


def wanted(typed: str) -> Sought:
    """Return what may be meant by what was typed, as it is written in the clinic's country."""
    house = clinic()
    return sought.read(
        typed, prefix=house.reference_prefix, country=house.country, language=language(),
        today=today(),
    )  # fmt: skip


def hit(found: Found, house: Clinic) -> Hit:
    """Put somebody who was found into words."""
    return Hit(
        person=found,
        coming=[_said(one, house) for one in found.coming[:SHOWN]],
        more=len(found.coming[SHOWN:]),
        last=_said(found.last, house) if found.last else None,
    )


def _said(line: Line, house: Clinic) -> InWords:
    sign, word = WORDS[Status(line.status)]
    who = [house.clinicians[line.clinician_id].name, house.visit_types[line.visit_type_id].name]
    return InWords(
        reference=line.reference,
        moment=_moment(line.start, line.location_id, house),
        who=", ".join([*who, _("by video")] if line.video else who),
        sign=sign,
        status=str(word),
        look=LOOKS.get(Status(line.status), "quiet"),
    )


def _moment(start: datetime, location_id: int, house: Clinic) -> str:
    zone = house.locations[location_id].zone
    clock = when.clock(start, zone, language(), named=house.clocks_differ)
    if start.astimezone(zone).date() == now().astimezone(zone).date():
        return str(_("Today %(time)s", time=clock))
    return f"{when.day(start, zone, language())}, {clock}"
