"""Handing over: what one shift leaves to the next."""

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
from app.web.refusals import say, status
from app.web.visitor import clinic

blueprint = Blueprint("handover", __name__, url_prefix="/handover")


@blueprint.route("", methods=["GET", "POST"])
@staff_only(Permission.RUN_DAY)
def handover() -> ResponseReturnValue:
    """Show what was left, and take another note."""
    if request.method != "POST":
        return _page()
    text = "\n".join(" ".join(line.split()) for line in request.form.get("note", "").splitlines())
    try:
        handing.leave(text.strip(), actor=staff.actor(), now=now())
    except Refused as refusal:
        return _page(refusal)
    return redirect(url_for("reception.handover.handover", said="left"), code=303)


@blueprint.post("/done")
@staff_only(Permission.RUN_DAY)
def done() -> ResponseReturnValue:
    """Note that what a note asks is done."""
    handing.settle(request.form.get("id", ""), actor=staff.actor(), now=now())
    return redirect(url_for("reception.handover.handover", said="done"), code=303)


def _page(refusal: Refused | None = None) -> ResponseReturnValue:
    notes = handing.listing(staff.actor(), now=now())
    page = render_template(
        "reception/handover/handover.html",
        left=[one for one in notes if one.done_at is None],
        settled=[one for one in notes if one.done_at is not None],
        moment=lambda instant: when.day_and_clock(instant, clinic().zone, language()),
        note=request.form.get("note", ""),
        longest=handing.LONGEST,
        wrong=say(refusal) if refusal else None,
        said=request.args.get("said"),
    )
    return page, status(refusal) if refusal else 200
