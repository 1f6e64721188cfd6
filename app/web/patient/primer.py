"""The guide, page by page, with a question after most pages."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.content.checks import Check
from app.content.pages import Page
from app.domain.primer import PARTS
from app.domain.refusals import EditionGone, SafetyCheckNeeded, UnknownAnswer
from app.services import reading
from app.web.access import Audience, access
from app.web.again import only_shown, shows_again
from app.web.clock import now
from app.web.patient import resume, statements
from app.web.patient.reader import (
    Reader,
    begin_again,
    begun,
    check_shown,
    not_shown,
    offer_another,
    reader,
    safety_first,
)
from app.web.refusals import say
from app.web.sent import number

blueprint = Blueprint("primer", __name__)
blueprint.register_error_handler(SafetyCheckNeeded, safety_first)
blueprint.register_error_handler(EditionGone, offer_another)
blueprint.register_error_handler(UnknownAnswer, not_shown)
blueprint.add_url_rule("/statements", view_func=statements.statements, methods=["GET", "POST"])
blueprint.add_url_rule("/resume", view_func=resume.resume, methods=["GET", "POST"])

# Reading to somebody; putting it into their language; read aloud at the clinic.
ANSWERED_BY = ("self", "helper", "interpreter", "staff")
VERDICT = 24  # letters at most of what stands as a heading above an answer's words
PART = f"<int(min=1, max={PARTS}):part>"


@blueprint.route(f"/primer/{PART}", methods=["GET", "POST"])
@shows_again
@access(Audience.VISITOR)
def page(part: int) -> ResponseReturnValue:
    """Show a part; going on from it is what says that it was read."""
    turns = request.method == "POST" and not only_shown()
    begins = turns and part == 1
    who = begun(_answered_by()) if begins else reader()
    if not who.parts.may_open(part):
        return redirect(url_for("patient.primer.page", part=who.parts.current), code=303)
    shown = who.primer.page(part)
    if not turns:
        return _page(who, shown)
    reading.turn_page(shown, visit=who.visit, now=now())
    return redirect(_question_or_next(reader(), shown), code=303)


@blueprint.post("/primer/again")
@access(Audience.VISITOR)
def again() -> ResponseReturnValue:
    """Begin with the guide of today where the one that was read is gone."""
    begin_again()
    return redirect(url_for("patient.primer.page", part=1), code=303)


@blueprint.get("/primer/all")
@access(Audience.VISITOR)
def whole() -> ResponseReturnValue:
    """Show all of it on one page, to keep or print; it counts as no part read."""
    who = reader()
    onward = url_for("patient.primer.page", part=who.parts.current)
    if who.parts.complete:
        onward = url_for("patient.booking.choose_time")
    return render_template("patient/primer/whole.html", primer=who.primer, onward=onward)


@blueprint.route(f"/primer/{PART}/check", methods=["GET", "POST"])
@shows_again
@access(Audience.VISITOR)
def check(part: int) -> ResponseReturnValue:
    """Ask whether the part was explained well; no score, and any number of tries."""
    who = reader()
    shown = who.primer.page(part)
    if shown.check is None or part not in who.parts.read:
        if request.method == "POST" and not only_shown():
            raise UnknownAnswer
        return redirect(url_for("patient.primer.page", part=part), code=303)
    if request.method != "POST" or only_shown():
        return _check(who, shown, shown.check)
    if "answer" not in request.form:
        return _check(who, shown, shown.check, error=_("Please choose one of the answers.")), 422
    try:
        check_shown(shown.check.sha)
        reading.answer_check(shown.check, _try(), visit=who.visit, now=now())
    except UnknownAnswer as refusal:
        return _check(who, shown, shown.check, error=say(refusal), refusal=refusal.code), 422
    return redirect(url_for("patient.primer.check", part=part, _anchor="reply"), code=303)


def _page(who: Reader, shown: Page) -> str:
    return render_template(
        "patient/primer/page.html",
        page=shown,
        primer=who.primer,
        steps=who.steps(shown.number),
        minutes=who.primer.minutes_left(shown.number),
        code=reading.code(who.visit),
        asks=shown.check is not None and not who.standing(shown).shows_answer,
        begins=who.progress is None,
        reads=_answered_by(),
    )


def _check(
    who: Reader, shown: Page, asked: Check, error: str | None = None, refusal: str | None = None
) -> str:
    tried = who.progress.tried(asked.id) if who.progress else ()
    order = reading.order(asked, who.progress) if who.progress else ()
    options = [option for key in order if (option := asked.option(key))]
    return render_template(
        "patient/primer/check.html",
        page=shown,
        check=asked,
        options=options,
        replies={option.key: _reply(option.feedback) for option in options},
        tried=tried,
        chosen=request.form.get("answer", tried[-1] if tried else None),
        standing=who.standing(shown),
        header=who.primer.check_header,
        steps=who.steps(shown.number),
        language=who.primer.language,
        minutes=who.primer.minutes_left(shown.number),
        onward=who.after(shown),
        code=reading.code(who.visit),
        error=error,
        refusal=refusal,
    )


def _reply(feedback: str) -> tuple[str, str]:
    """Part a short verdict, such as "Not always.", from the words that explain it."""
    verdict, stop, why = feedback.partition(". ")
    return (verdict + stop.strip(), why) if why and len(verdict) < VERDICT else ("", feedback)


def _question_or_next(who: Reader, shown: Page) -> str:
    if shown.check is not None and not who.standing(shown).shows_answer:
        return url_for("patient.primer.check", part=shown.number)
    return who.after(shown)


def _answered_by() -> str:
    said = request.form.get("reads", "")
    return said if said in ANSWERED_BY else "self"


def _try() -> reading.Try:
    count = number(request.form.get("before"), digits=3)
    return reading.Try(option=request.form["answer"], before=-1 if count is None else count)
