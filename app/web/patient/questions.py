"""The list of questions for the doctor: ticked, ordered, added to, printed."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.content.questions import Asked, Questions
from app.domain.questions import LONGEST, OWN_AT_MOST, Wishes
from app.domain.refusals import (
    EditionGone,
    Refused,
    SafetyCheckNeeded,
    TooManyTries,
    UnknownAnswer,
    UnlockNeeded,
)
from app.services import question_list, record_copy
from app.web import guide
from app.web.access import Audience, access
from app.web.again import only_shown, shows_again
from app.web.clock import now
from app.web.patient import typed
from app.web.patient.reader import offer_another, reader, safety_first
from app.web.patient.said import Said
from app.web.patient.typed import Mistyped
from app.web.refusals import status
from app.web.visitor import actor, clinic

blueprint = Blueprint("questions", __name__)
blueprint.register_error_handler(SafetyCheckNeeded, safety_first)
blueprint.register_error_handler(EditionGone, offer_another)

PLACE = "/appointment/<reference>/questions"
BY = {"up": -1, "down": 1}


@blueprint.errorhandler(UnlockNeeded)
def birth_date_first(_refusal: UnlockNeeded) -> ResponseReturnValue:
    """Ask for the birth date, and come back."""
    reference = (request.view_args or {})["reference"]
    return redirect(url_for("patient.appointment.unlock", reference=reference, to="questions"), 303)


@blueprint.route("/questions", methods=["GET", "POST"])
@shows_again
@access(Audience.VISITOR)
def choose() -> ResponseReturnValue:
    """Make the list while reading."""
    who = reader()
    if who.progress is None:
        return redirect(url_for("patient.primer.page", part=1), code=303)
    asked = who.primer.questions
    if request.method != "POST" or only_shown():
        return _show(asked, question_list.find(who.visit), onward=who.end())
    try:
        question_list.change(who.visit, _changed(asked), now=now())
    except (Mistyped, UnknownAnswer) as fault:
        return _show(asked, question_list.find(who.visit), onward=who.end(), fault=fault), 422
    return redirect(url_for(".choose", done=_done(), _anchor="list"), code=303)


@blueprint.route(PLACE, methods=["GET", "POST"])
@shows_again
@access(Audience.HOLDER)
def kept(reference: str) -> ResponseReturnValue:
    """Show and change the list of an appointment."""
    asked, onward = (
        guide.primer().questions,
        url_for("patient.appointment.manage", reference=reference),
    )
    wishes = question_list.of(reference, actor=actor())
    if request.method != "POST" or only_shown():
        return _show(asked, wishes, onward=onward, reference=reference)
    try:
        question_list.change_of(reference, _changed(asked), actor=actor(), now=now())
    except (Mistyped, UnknownAnswer) as fault:
        return _show(asked, wishes, onward=onward, reference=reference, fault=fault), 422
    return redirect(url_for(".kept", reference=reference, done=_done(), _anchor="list"), code=303)


@blueprint.post(f"{PLACE}/mail")
@access(Audience.HOLDER)
def mail(reference: str) -> ResponseReturnValue:
    """Send a mail that leads here; none of the questions is in it."""
    try:
        record_copy.ask(reference, actor=actor(), now=now())
    except TooManyTries as refusal:
        onward = url_for("patient.appointment.manage", reference=reference)
        wishes = question_list.of(reference, actor=actor())
        asked = guide.primer().questions
        return _show(asked, wishes, onward=onward, reference=reference, refusal=refusal), status(
            refusal
        )
    return redirect(url_for(".kept", reference=reference, done="mailed"), code=303)


def in_words(reading_id: str | None) -> tuple[list[str], list[Asked]] | None:
    """Return what matters and what is asked, for the card that is printed."""
    if reading_id is None or not clinic().primer_on:
        return None
    wishes, offered = question_list.of_reading(reading_id), guide.primer().questions
    return offered.matters(wishes), offered.listed(wishes)


def _done() -> str | None:
    """Return what to say of a press: moving a question up or down shows by itself."""
    return None if request.form.get("do", "").partition(":")[0] in BY else "kept"


def _changed(asked: Questions) -> question_list.Change:
    """Return what the form does to a list; raises Mistyped, and makes UnknownAnswer."""
    form = request.form
    do, _colon, name = form.get("do", "").partition(":")
    own = _own_words(form.get("own", ""))

    def change(before: Wishes) -> Wishes:
        after = asked.ticked(before, form.getlist("matters"), form.getlist("asked"))
        if own and after.full and own not in after.own.values():
            raise Mistyped(
                _("There is room for %(number)s questions of your own.", number=OWN_AT_MOST)
            )
        after = after.added(own) if own else after
        return after.moved(name, BY[do]) if do in BY and name in after.asked else after

    return change


def _own_words(text: str) -> str:
    too_long = Mistyped(_("Please write at most %(number)s letters.", number=LONGEST))
    if len(text) > typed.PARTS * LONGEST:
        raise too_long
    words = " ".join(typed.plain(text).split())
    if len(words) > LONGEST:
        raise too_long
    return words


def _show(
    asked: Questions,
    wishes: Wishes,
    *,
    onward: str,
    reference: str | None = None,
    fault: Exception | None = None,
    refusal: Refused | None = None,
) -> str:
    listed = asked.listed(wishes)
    chosen = {one.id for one in listed}
    mistyped = isinstance(fault, Mistyped)
    return render_template(
        "patient/questions/kept.html" if reference else "patient/questions/choose.html",
        questions=asked,
        ticked=_ticked(wishes),
        matters=asked.matters(wishes),
        listed=listed,
        others=[item for item in asked.items if item.id not in chosen],
        onward=onward,
        reference=reference,
        typed=request.form.get("own", ""),
        error=str(fault) if mistyped else None,
        refusal=Said.of(refusal or (fault if isinstance(fault, Refused) else None)),
        done=request.args.get("done"),
        longest=LONGEST,
    )


def _ticked(wishes: Wishes) -> set[str]:
    """Return what is ticked: as the list's form was sent, else as it is kept."""
    if "own" in request.form:
        return {*request.form.getlist("matters"), *request.form.getlist("asked")}
    return {*wishes.matters, *wishes.asked}
