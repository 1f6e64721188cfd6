"""Closures: when a doctor is away, a place is shut, or the whole clinic."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString

from app.domain.hours import Closure
from app.domain.hours_refusals import HoursChanged, WouldBreak
from app.domain.refusals import Refused
from app.domain.staff import Permission
from app.services import closing, rehousing
from app.services.seen import mark
from app.web import sent, staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.patient.said import Said
from app.web.reception import closure_form, lost, wall
from app.web.reception.closure_form import ClosureForm
from app.web.reception.day import day_of, today
from app.web.refusals import status
from app.web.visitor import clinic

blueprint = Blueprint("closures", __name__, url_prefix="/closures")

SAID = ("closed", "changed", "opened")  # named in the address


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A closure of the list; *mine* when whoever looks may change it."""

    id: int
    whose: str
    span: str
    kind: LazyString
    note: str
    was: str
    mine: bool
    homeless: int


@blueprint.get("")
@staff_only(Permission.HOURS)
def closures() -> ResponseReturnValue:
    """List what is closed from today on, and folded what was before."""
    return _list()


def _list(refusal: Refused | None = None) -> ResponseReturnValue:
    actor = staff.actor()
    found = closing.listing(since=wall.at(today(), 0), actor=actor)
    left = rehousing.left(actor=actor, clinic=clinic(), now=now())
    page = render_template(
        "reception/closures/closures.html",
        rows=[_row(one, left.get(one.id, 0)) for one in found],
        past=[_row(one, 0) for one in closing.past(until=wall.at(today(), 0), actor=actor)],
        said=sent.just_done(SAID),
        refusal=Said.of(refusal),
    )
    return page, status(refusal)


def _row(one: Closure, homeless: int) -> Row:
    return Row(
        id=one.id,
        whose=closure_form.whose(one, clinic()),
        span=wall.said(one),
        kind=closure_form.KINDS.get(one.kind, closure_form.KINDS["other"]),
        note=one.note,
        was=mark(one),
        mine=staff.actor().arranges(one.clinician_id),
        homeless=homeless,
    )


@blueprint.route("/add", methods=["GET", "POST"])
@staff_only(Permission.HOURS)
def add() -> ResponseReturnValue:
    """Close something."""
    form = ClosureForm.asked(clinic(), staff.actor(), **_named())
    if request.method != "POST" or not form.read() or form.closure is None:
        return _form(form), 422 if request.method == "POST" else 200
    try:
        id_ = closing.close(
            form.closure, seen=sent.mark("seen"), clinic=clinic(), actor=staff.actor(), now=now()
        )
    except Refused as refusal:
        return _form(form, refusal), status(refusal)
    return _on(id_, "closed")


def _named() -> dict[str, str]:
    """Return what the address names already: /add?doctor=1&date=2027-03-02&from=12:00."""
    day = str(day_of(request.args.get("date", "")) or today())
    doctor, from_time, until_time = (
        request.args.get(name, "")[:9] for name in ("doctor", "from", "until")
    )
    whose = {"whose": f"doctor-{doctor}", "first": day, "last": day}
    return whose | {"from_time": from_time, "until_time": until_time}


@blueprint.route("/<int(max=2147483647):closure>", methods=["GET", "POST"])
@staff_only(Permission.HOURS)
def change(closure: int) -> ResponseReturnValue:
    """Change what a closure closes."""
    found = closing.find(closure, actor=staff.actor())
    form = ClosureForm.asked(clinic(), staff.actor(), **closure_form.known(found))
    if request.method != "POST" or not form.read(closure) or form.closure is None:
        return _form(form, known=found), 422 if request.method == "POST" else 200
    try:
        closing.change(
            form.closure, was=sent.mark("was"), seen=sent.mark("seen"), clinic=clinic(),
            actor=staff.actor(), now=now(),
        )  # fmt: skip
    except Refused as refusal:
        return _form(form, refusal, known=found), status(refusal)
    return _on(closure, "changed")


@blueprint.post("/<int(max=2147483647):closure>/take-back")
@staff_only(Permission.HOURS)
def take_back(closure: int) -> ResponseReturnValue:
    """Open again what was closed."""
    try:
        closing.take_back(closure, was=sent.mark("was"), actor=staff.actor(), now=now())
    except HoursChanged as refusal:
        return _list(refusal)
    return _back("opened")


def _form(
    form: ClosureForm, refusal: Refused | None = None, *, known: Closure | None = None
) -> str:
    """Show the form; what would break stands above it, and how it stands when it changed."""
    breaks = lost.sight(refusal, clinic()) if isinstance(refusal, WouldBreak) else None
    seen_again = isinstance(refusal, WouldBreak) and bool(sent.mark("seen"))
    overtaken = isinstance(refusal, HoursChanged)
    was = sent.mark("was") if request.method == "POST" and not overtaken else None
    view = "change" if known else "add"
    return render_template(
        f"reception/closures/{view}.html",
        form=form,
        known=known,
        stands=wall.said(known) if known and overtaken else None,
        was=was or (mark(known) if known else ""),
        breaks=breaks,
        seen_again=seen_again,
        refusal=Said.of(None if breaks else refusal),
        longest=closing.LONGEST_NOTE,
    )


def _on(closure_id: int, done: str) -> ResponseReturnValue:
    """Go on to the appointments that were seen to lose their time, if any; else to the list."""
    if sent.mark("seen"):
        return redirect(url_for("reception.rehouse.rehouse", closure=closure_id), code=303)
    return _back(done)


def _back(done: str) -> ResponseReturnValue:
    return redirect(url_for("reception.closures.closures", said=done), code=303)
