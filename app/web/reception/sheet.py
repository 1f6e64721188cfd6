"""The day on paper: a sheet for each doctor, made to be printed and written on."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from app.content import when
from app.domain.clinic import Clinic
from app.domain.staff import Permission
from app.domain.wallclock import DAY
from app.services import day_sheet
from app.services.day_sheet import Line, Sheet, Sheets
from app.services.prepared import Form, Images, Prepared
from app.storage.models import Status
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.reception.appointment import NEEDS
from app.web.reception.board import WORDS
from app.web.reception.day import asked, today
from app.web.visitor import clinic

blueprint = Blueprint("sheet", __name__)

FORMS = {
    Form.OPEN: later("Not filled in"),
    Form.BEGUN: later("Begun"),
    Form.DONE: later("Filled in"),
}
IMAGES = {Images.BRING: later("Brings them"), Images.REQUEST: later("Asks us to get them")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a sheet, in words."""

    line: Line
    time: str
    status: str
    what: str
    guide: str
    go_over: str
    form: str
    images: str
    helps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One doctor's sheet, in words."""

    id: str
    name: str
    where: str
    rows: tuple[Row, ...]
    free: tuple[str, ...]


@blueprint.get("/day/sheet")
@staff_only(Permission.RUN_DAY)
def sheet() -> str:
    """Show the sheets of a day."""
    ask, house = asked(), clinic()
    found = day_sheet.see(
        ask.on, location_id=ask.location_id, actor=staff.actor(), clinic=house, now=now()
    )
    words = Words(clinic=house, sheets=found, language=language())
    return render_template(
        "reception/sheet/sheet.html",
        ask=ask,
        name=when.spelled(ask.on, language()),
        today=today(),
        before=ask.on - DAY,
        after=ask.on + DAY,
        sheets=[words.sheet(one) for one in found.sheets],
        away=[words.doctor(one.clinician_id, one.why) for one in found.away],
        zone=when.zone_name(found.zone, now(), language()),
        printed=when.day_and_clock(now(), found.zone, language()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Puts the sheets of a day into words, on one clock."""

    clinic: Clinic
    sheets: Sheets
    language: str

    def sheet(self, one: Sheet) -> Shown:
        """Say one doctor's day."""
        column, zone = one.column, self.sheets.zone
        places = [self.clinic.locations[id_].name for id_ in column.location_ids]
        return Shown(
            id=f"c{column.clinician_id}",
            name=self.doctor(column.clinician_id),
            where=", ".join(places),
            rows=tuple(self._row(line, several=len(places) > 1) for line in one.lines),
            free=tuple(when.span(s.start, s.end, zone, self.language) for s in column.free),
        )

    def doctor(self, clinician_id: int, why: str = "") -> str:
        """Name a doctor, and why they are not there."""
        name = self.clinic.clinicians[clinician_id].name
        return f"{name} ({why})" if why else name

    def _row(self, line: Line, *, several: bool) -> Row:
        span, status = line.planned.interval, Status(line.planned.status)
        return Row(
            line=line,
            time=when.span(span.start, span.end, self.sheets.zone, self.language),
            status="" if status is Status.BOOKED else str(WORDS[status][1]),
            what=self._what(line, several=several),
            guide=_guide(line),
            go_over=_go_over(line.ready),
            form=str(FORMS[line.ready.form]),
            images=str(IMAGES[line.ready.images]) if line.ready.images else "",
            helps=tuple(self._helps(line)),
        )

    def _what(self, line: Line, *, several: bool) -> str:
        planned = line.planned
        said = [self.clinic.visit_types[planned.visit_type_id].name]
        if planned.video:
            said.append(_("by video"))
        elif several:
            said.append(self.clinic.locations[planned.location_id].name)
        return ", ".join(said)

    def _helps(self, line: Line) -> Iterator[str]:
        """Say what helps somebody, and their language where it is not the clinic's."""
        speaks = when.language_name(line.caller.language)
        for need in (one for one in NEEDS if one in line.caller.needs):
            yield f"{NEEDS[need]}: {speaks}" if need == "interpreter" else str(NEEDS[need])
        same = self.clinic.language.partition("-")[0] == line.caller.language.partition("-")[0]
        if not same and "interpreter" not in line.caller.needs:
            yield _("Speaks %(language)s", language=speaks)


def _guide(line: Line) -> str:
    guide = line.ready.guide
    if guide is None:
        return str(_("Not read") if line.caller.needs_primer else _("Needs none"))
    if guide.withdrawn:
        return str(_("Taken back"))
    return str(_("Read") if guide.finished else _("Not to the end"))


def _go_over(ready: Prepared) -> str:
    guide = ready.guide
    return str(guide.go_over) if guide and guide.finished and not guide.withdrawn else ""
