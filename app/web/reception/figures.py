"""The clinic's figures: what became of visits, and how long one waits for the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from babel.dates import get_day_names
from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.content import when
from app.domain.attendance import LATER, LEADS, Counts, Period, PeriodOdd
from app.domain.staff import Permission
from app.domain.table import written
from app.services import attendance
from app.services.attendance import Figures
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.download import download
from app.web.layout import language
from app.web.patient.said import Said
from app.web.reception.day import day_of, today
from app.web.refusals import status
from app.web.visitor import clinic

blueprint = Blueprint("figures", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A number with its bar: *share* in hundredths of the longest, *part* of those booked."""

    number: int
    share: int
    part: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one name stands for."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures told apart in one way."""

    id: str
    title: str
    head: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """The days until the third next time of a doctor; None where there are not three."""

    doctor: str
    type: str
    days: int | None
    share: int


@blueprint.get("/figures")
@staff_only(Permission.FIGURES)
def figures() -> ResponseReturnValue:
    """Show the figures of a period."""
    house, actor = clinic(), staff.actor()
    period, refusal = _period()
    found = attendance.figures(period, actor=actor, clinic=house)
    page = render_template(
        "reception/figures/figures.html",
        asked={name: request.args.get(name, "")[:20] for name in ("from", "until")},
        period=period,
        refusal=Said.of(refusal),
        days=(when.spelled(period.first, language()), when.spelled(period.last, language())),
        all=found.all,
        tables=tables(found) if found.all.booked else [],
        waits=waits(attendance.third_next(actor=actor, clinic=house, now=now())),
        horizon=max((t.rule.horizon.days for t in house.visit_types.values()), default=0),
    )
    return page, status(refusal)


@blueprint.get("/figures.csv")
@staff_only(Permission.FIGURES)
def table() -> Response:
    """Give the same as a file: counts, and nobody's name but doctors'."""
    house, actor = clinic(), staff.actor()
    period, _refusal = _period()
    found = attendance.figures(period, actor=actor, clinic=house)
    waiting = waits(attendance.third_next(actor=actor, clinic=house, now=now()))
    days = f"{period.first} {period.last}"
    head = [_("Days"), _("By"), _("What"), _("Booked"), _("Moved"), _("Cancelled"), _("Missed"),
            _("Days until the third next time")]  # fmt: skip
    rows = [
        [days, one.head, row.name, *(str(cell.number) for cell in row.cells), ""]
        for one in tables(found)
        for row in one.rows
    ]
    rows += [
        [str(today()), one.type, one.doctor, "", "", "", "",
         "" if one.days is None else str(one.days)]
        for one in waiting
    ]  # fmt: skip
    return download(written(head, rows), "figures.csv", "text/csv; charset=utf-8")


def _period() -> tuple[Period, PeriodOdd | None]:
    """Return the days that the address asks for; the last three months when it asks oddly."""
    usual = attendance.usual(clinic(), now=now())
    typed = [request.args.get(name, "") for name in ("from", "until")]
    if not any(typed):
        return usual, None
    first, last = (day_of(text) for text in typed)
    if first is None or last is None:
        return usual, PeriodOdd()
    try:
        return Period(first, last), None
    except PeriodOdd as refusal:
        return usual, refusal


def tables(found: Figures) -> list[Table]:
    """Put the figures of a period into words."""
    house, said = clinic(), language()
    weekdays = get_day_names("wide", "stand-alone", said)
    return [
        _table("doctor", _("By doctor"), _("Doctor"), found.by_doctor,
               {id_: one.name for id_, one in house.clinicians.items()}),
        _table("type", _("By type of visit"), _("Type of visit"), found.by_type,
               {id_: one.name for id_, one in house.visit_types.items()}),
        _table("weekday", _("By day of the week"), _("Day of the week"), found.by_weekday,
               {number: weekdays[number] for number in range(7)}),
        _table("lead", _("By how long before they were booked"), _("Booked before the visit"),
               found.by_lead, _leads()),
    ]  # fmt: skip


def _leads() -> dict[int, str]:
    names = {LEADS[0]: _("on the same day")}
    for before, step in pairwise(LEADS):
        names[step] = _("%(first)s to %(last)s days", first=before + 1, last=step)
    return names | {LATER: _("more than %(days)s days", days=LEADS[-1])}


def _table(
    id_: str, title: str, head: str, counts: Mapping[int, Counts], names: Mapping[int, str]
) -> Table:
    shown = [(name, counts[key]) for key, name in names.items() if key in counts]
    longest = max((one.booked for _, one in shown), default=0)
    rows = tuple(Row(name=name, cells=_cells(one, longest)) for name, one in shown)
    return Table(id=id_, title=title, head=head, rows=rows)


def _cells(one: Counts, longest: int) -> tuple[Cell, ...]:
    booked = Cell(number=one.booked, share=_share(one.booked, longest))
    parts = (_share(number, one.booked) for number in (one.moved, one.cancelled, one.missed))
    numbers = (one.moved, one.cancelled, one.missed)
    return (booked, *(Cell(number=number, share=part, part=part)
                      for number, part in zip(numbers, parts, strict=True)))  # fmt: skip


def _share(number: int, of: int) -> int:
    return round(100 * number / of) if of else 0


def waits(found: Mapping[int, Mapping[int, int | None]]) -> list[Wait]:
    """Put into words how long one waits, by type of visit and then by doctor."""
    house = clinic()
    known = [days for each in found.values() for days in each.values() if days is not None]
    longest = max(known, default=0) or 1
    return [
        Wait(
            doctor=house.clinicians[id_].name,
            type=house.visit_types[type_id].name,
            days=days,
            share=_share(days or 0, longest),
        )
        for type_id, each in found.items()
        for id_, days in each.items()
    ]
