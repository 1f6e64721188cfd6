"""Who changed what, and who looked: the owner's pages of the journal."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.content import when
from app.domain.journal import OPENED, TAKEN, Line
from app.domain.staff import Permission, signature
from app.domain.table import written
from app.services import agreeing, looked, members
from app.services import journal as use
from app.storage.looks import Looked
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.download import download
from app.web.layout import language
from app.web.reception import chronicle
from app.web.reception.day import today
from app.web.reception.journal_form import AskedForm, before
from app.web.visitor import clinic

blueprint = Blueprint("journal", __name__, url_prefix="/journal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A line of the journal in words."""

    id: int
    moment: str
    sentence: str
    reference: str | None


@dataclass(slots=True, kw_only=True)
class Sum:
    """How much somebody looked at in the days asked for."""

    actor: str
    name: str
    opened: int = 0
    searched: int = 0
    taken: int = 0


def _form(source: str = "args") -> AskedForm:
    typed = getattr(request, source)
    return AskedForm.asked(typed, members.in_the_journal(staff.actor()), today())


@blueprint.get("")
@staff_only(Permission.JOURNAL)
def journal() -> ResponseReturnValue:
    """Show who changed what in some days, a leaf at a time."""
    form = _form()
    fine = form.validate()
    leaf = use.read(staff.actor(), form.wanted(clinic()), before=before()) if fine else None
    page = render_template(
        "reception/journal/journal.html",
        form=form,
        asked={field.name: field.data for field in form if field.data},
        lines=[_told(line, leaf.names) for line in leaf.lines] if leaf else [],
        older=leaf.older if leaf else None,
        newest=before() is None,
        asks=_asks(),
    )
    return page, 200 if fine else 422


def _asks() -> list[Told]:
    """Tell what other owners want to take out, and another has to agree to."""
    who, house = staff.actor(), clinic()
    names = {signature(one.id): one.name for one in members.in_the_journal(who)}
    return [
        Told(
            id=one.line,
            moment=when.day_and_clock(one.at, house.zone, language(), named=False),
            sentence=_(
                "%(who)s wants to take %(many)s lines out as a file.",
                who=chronicle.who(one.actor, names), many=one.many,
            ),
            reference=None,
        )
        for one in agreeing.waiting_for(who, now=now())
    ]  # fmt: skip


@blueprint.post("/agree/<int:number>")
@staff_only(Permission.EXPORT, proof=True)
def agree(number: int) -> ResponseReturnValue:
    """Agree to what another owner wants to take out."""
    agreeing.agree(number, actor=staff.actor(), now=now())
    return redirect(url_for("reception.journal.journal"), code=303)


def _told(line: Line, names: dict[str, str]) -> Told:
    house = clinic()
    return Told(
        id=line.id,
        moment=when.day_and_clock(line.at, house.zone, language(), named=False),
        sentence=chronicle.sentence(line, names, house, language()),
        reference=line.reference,
    )


@blueprint.post("/export")
@staff_only(Permission.JOURNAL, proof=True)
def export() -> ResponseReturnValue:
    """Give the lines that were asked for as a table, each with its day in the clinic's zone."""
    form = _form("form")
    if not form.validate():
        return render_template("reception/journal/journal.html", form=form, asked={}, lines=[]), 422
    leaf = use.export(staff.actor(), form.wanted(clinic()), now=now())
    return _file(leaf)


def _file(leaf: use.Leaf) -> Response:
    house, said = clinic(), language()
    head = ("line", "when", "who", "what", "reference")
    rows = (
        (
            str(line.id),
            line.at.astimezone(house.zone).isoformat(timespec="seconds"),
            chronicle.who(line.actor, leaf.names),
            chronicle.sentence(line, leaf.names, house, said),
            line.reference or "",
        )
        for line in leaf.lines
    )
    return download(written(head, rows), "journal.csv", "text/csv; charset=utf-8")


@blueprint.get("/looks")
@staff_only(Permission.JOURNAL)
def looks() -> ResponseReturnValue:
    """Show who looked at how many records in some days, and who opened one appointment's."""
    form = _form()
    fine = form.validate()
    found = _sums(form) if fine else []
    page = render_template(
        "reception/journal/looks.html",
        form=form,
        sums=found,
        asked={field.name: field.data for field in (form.since, form.until)},
    )
    return page, 200 if fine else 422


def _sums(form: AskedForm) -> list[Sum]:
    wanted, who = form.wanted(clinic()), staff.actor()
    names = {signature(one.id): one.name for one in members.in_the_journal(who)}
    found: dict[str, Sum] = {}
    for one in looked.sums(who, after=wanted.after, until=wanted.until):
        row = found.setdefault(
            one.actor, Sum(actor=one.actor, name=chronicle.who(one.actor, names))
        )
        _add(row, one)
    return sorted(found.values(), key=lambda row: (-row.opened, -row.searched, row.name))


def _add(row: Sum, one: Looked) -> None:
    if one.verb in OPENED:
        row.opened += one.appointments
    elif one.verb == "find":
        row.searched += one.times
    elif one.verb in TAKEN:
        row.taken += one.times
