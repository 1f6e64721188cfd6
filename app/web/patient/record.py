"""The patient's own record: seen, printed, asked for by mail, taken back."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.refusals import NotYours, TooManyTries, UnlockNeeded
from app.services import record_copy, withdrawing
from app.services.record_copy import RecordCopy
from app.web import guide
from app.web.access import Audience, access
from app.web.clock import now
from app.web.patient import changes
from app.web.patient.record_lines import as_then, in_words, who
from app.web.patient.said import Said
from app.web.refusals import status
from app.web.visitor import actor

blueprint = Blueprint("record", __name__)
changes.add_to(blueprint)

PLACE = "/appointment/<reference>/record"


@blueprint.errorhandler(UnlockNeeded)
def birth_date_first(_refusal: UnlockNeeded) -> ResponseReturnValue:
    """Ask for the birth date, and come back."""
    reference = (request.view_args or {})["reference"]
    to = "changes" if str(request.endpoint).endswith(".changes") else "record"
    return redirect(url_for("patient.appointment.unlock", reference=reference, to=to), 303)


@blueprint.get(PLACE)
@access(Audience.HOLDER)
def record(reference: str) -> ResponseReturnValue:
    """Show what was read and answered, line by line."""
    return _record(record_copy.of(reference, actor=actor()))


@blueprint.get(f"{PLACE}/guide/<int(min=1, max=99):number>", endpoint="guide")
@access(Audience.HOLDER)
def guide_then(reference: str, number: int) -> ResponseReturnValue:
    """Show the whole guide as it was when it was read: the first one, or a later one."""
    copy = record_copy.of(reference, actor=actor())
    if number > len(copy.guides):
        raise NotYours
    primer = record_copy.shown(copy.guides[number - 1], guide.copy())
    return render_template("patient/record/guide.html", copy=copy, primer=primer)


@blueprint.post(f"{PLACE}/mail")
@access(Audience.HOLDER)
def mail(reference: str) -> ResponseReturnValue:
    """Send a mail that leads here; nothing of the record is in it."""
    try:
        record_copy.ask(reference, actor=actor(), now=now())
    except TooManyTries as refusal:
        copy = record_copy.of(reference, actor=actor())
        return _record(copy, refusal), status(refusal)
    return redirect(url_for(".record", reference=reference, done="mailed"), code=303)


@blueprint.route(f"{PLACE}/withdraw", methods=["GET", "POST"])
@access(Audience.HOLDER)
def withdraw(reference: str) -> ResponseReturnValue:
    """Ask once more, then take the answers back; the appointment stays."""
    copy = record_copy.of(reference, actor=actor())
    if request.method != "POST" and copy.withdrawn_at is None:
        return render_template("patient/record/withdraw.html", copy=copy)
    withdrawing.withdraw(reference, actor=actor(), now=now())
    return redirect(url_for(".record", reference=reference, done="withdrawn"), code=303)


def _record(copy: RecordCopy, refusal: TooManyTries | None = None) -> str:
    then = as_then(copy, guide.copy())
    return render_template(
        "patient/record/record.html",
        copy=copy,
        guides=then.guides,
        lines=in_words(copy, then),
        who=who(copy.answered_by),
        done=request.args.get("done"),
        refusal=Said.of(refusal),
    )
