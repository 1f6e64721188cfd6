"""Handing over: what one shift leaves to the next."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.refusals import Refused
from app.domain.staff import Permission
from app.services import handover as handing
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.patient.typed import Mistyped, plain
from app.web.reception import chronicle
from app.web.reception.there import there
from app.web.refusals import say, status
from app.web.visitor import clinic

blueprint = Blueprint("handover", __name__, url_prefix="/handover")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a patient did by themselves, in words."""

    reference: str
    name: str
    visit: str
    doctor: str
    sentence: str
    moment: str


@blueprint.route("", methods=["GET", "POST"])
@staff_only(Permission.RUN_DAY)
def handover() -> ResponseReturnValue:
    """Show what was left, and take another note."""
    if request.method != "POST":
        return _page()
    try:
        text = plain(request.form.get("note", ""))
        lines = "\n".join(" ".join(line.split()) for line in text.splitlines())
        handing.leave(lines.strip(), actor=staff.actor(), now=now())
    except Mistyped as odd:
        return _page(str(odd)), 422
    except Refused as refusal:
        return _page(say(refusal)), status(refusal)
    return redirect(url_for("reception.handover.handover", said="left"), code=303)


@blueprint.post("/done")
@staff_only(Permission.RUN_DAY)
def done() -> ResponseReturnValue:
    """Note that what a note asks is done."""
    note_id = request.form.get("id", "")
    if note_id.isalnum():
        handing.settle(note_id, actor=staff.actor(), now=now())
    return redirect(url_for("reception.handover.handover", said="done"), code=303)


def _page(wrong: str | None = None) -> str:
    notes = handing.listing(staff.actor(), now=now())
    return render_template(
        "reception/handover/handover.html",
        left=[one for one in notes if one.done_at is None],
        settled=[one for one in notes if one.done_at is not None],
        by_patients=_by_patients(),
        moment=lambda instant: when.day_and_clock(instant, clinic().zone, language()),
        note=request.form.get("note", ""),
        longest=handing.LONGEST,
        wrong=wrong,
        said=request.args.get("said"),
    )


def _by_patients() -> list[Told]:
    house, said = clinic(), language()
    return [
        Told(
            reference=one.about.reference,
            name=one.about.person.name,
            visit=there(one.about.interval.start, one.about.wish.location_id, house),
            doctor=house.clinicians[one.about.wish.clinician_id].name,
            sentence=chronicle.events([one.line], {}, house, said)[0].sentence,
            moment=when.day_and_clock(one.line.at, house.zone, said),
        )
        for one in handing.by_patients(staff.actor(), now=now())
    ]
