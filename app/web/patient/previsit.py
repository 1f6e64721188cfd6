"""The form before the visit: six short parts, in any order, all of it optional."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.content.previsit import Kind, Part, PreVisit
from app.domain.previsit import LONGEST, Answers, merged
from app.domain.refusals import UnknownAnswer, UnlockNeeded
from app.services import previsit
from app.web import guide
from app.web.access import Audience, access
from app.web.again import only_shown, shows_again
from app.web.clock import now
from app.web.patient import typed
from app.web.patient.steps import Step
from app.web.patient.typed import Mistyped
from app.web.refusals import say
from app.web.visitor import actor

blueprint = Blueprint("previsit", __name__)

PLACE = "/appointment/<reference>/prepare"
Fault = tuple[str, str, str]  # id of the field, its name, sentence


@blueprint.errorhandler(UnlockNeeded)
def birth_date_first(_refusal: UnlockNeeded) -> ResponseReturnValue:
    """Ask for the birth date, and come back."""
    reference = (request.view_args or {})["reference"]
    return redirect(url_for("patient.appointment.unlock", reference=reference, to="prepare"), 303)


@blueprint.get(PLACE)
@access(Audience.HOLDER)
def start(reference: str) -> ResponseReturnValue:
    """Say what it is for, and which parts there are."""
    previsit.check_open(reference, actor=actor(), now=now())
    kept = previsit.find(reference, actor=actor())
    form = guide.previsit()
    return render_template(
        "patient/previsit/start.html",
        form=form,
        reference=reference,
        parts=[(part, _answered(part, kept.answers if kept else {})) for part in form.parts],
        begun=kept is not None,
        finished=kept is not None and kept.finished_at is not None,
    )


@blueprint.route(f"{PLACE}/<part>", methods=["GET", "POST"])
@shows_again
@access(Audience.HOLDER)
def part(reference: str, part: str) -> ResponseReturnValue:
    """Ask one part; its button keeps it and goes on to the next."""
    previsit.check_open(reference, actor=actor(), now=now())
    form = guide.previsit()
    asked = form.part(part)
    if asked is None:
        return redirect(url_for(".start", reference=reference), code=303)
    kept = previsit.find(reference, actor=actor())
    said = kept.answers if kept else {}
    if request.method != "POST":
        return _ask(form, asked, reference, said)
    given, faults = _given(asked)
    answered = {name: values for name, values in given.items() if any(values)}
    shown = merged(said, asked.fields, answered)
    if only_shown():
        return _ask(form, asked, reference, shown)
    if faults:
        return _ask(form, asked, reference, shown, faults), 422
    try:
        previsit.save(
            reference, asked, given, edition=guide.copy().edition, actor=actor(), now=now()
        )
    except UnknownAnswer as refusal:
        faults = [("main", _("Your answers"), say(refusal))]
        return _ask(form, asked, reference, shown, faults, refusal.code), 422
    return redirect(_after(form, asked, reference), code=303)


@blueprint.post(f"{PLACE}/done")
@access(Audience.HOLDER)
def done(reference: str) -> ResponseReturnValue:
    """Note that the person is done for now."""
    previsit.finish(reference, actor=actor(), now=now())
    return redirect(url_for(".start", reference=reference), code=303)


def _ask(
    form: PreVisit,
    asked: Part,
    reference: str,
    answers: Answers,
    faults: list[Fault] | None = None,
    refusal: str | None = None,
) -> str:
    return render_template(
        "patient/previsit/part.html",
        form=form,
        part=asked,
        steps=_steps(form, asked, reference, answers),
        reference=reference,
        answers=answers,
        faults=faults or [],
        refusal=refusal,
        longest=LONGEST,
    )


def _given(asked: Part) -> tuple[dict[str, list[str]], list[Fault]]:
    """Read what was sent, and say which words need another look."""
    own_words = {item.id: item for item in asked.items if item.kind is Kind.SHORT}
    given, faults = {}, []
    for name, values in request.form.lists():
        if name == "csrf_token":
            continue
        given[name] = values
        if name in own_words:
            try:
                given[name] = [_own_words(value) for value in values]
            except Mistyped as mistake:
                faults.append((name, own_words[name].question, str(mistake)))
    return given, faults


def _own_words(text: str) -> str:
    too_long = Mistyped(_("Please write at most %(number)s letters.", number=LONGEST))
    if len(text) > typed.PARTS * LONGEST:
        raise too_long
    words = typed.plain(text).strip()
    if len(words) > LONGEST:
        raise too_long
    return words


def _steps(form: PreVisit, asked: Part, reference: str, answers: Answers) -> list[Step]:
    def state(one: Part) -> str:
        if one is asked:
            return "now"
        return "done" if _answered(one, answers) else "to_come"

    return [
        Step(
            number=number,
            name=one.title,
            url=None if one is asked else url_for(".part", reference=reference, part=one.id),
            state=state(one),
        )
        for number, one in enumerate(form.parts, 1)
    ]


def _answered(part: Part, answers: Answers) -> int:
    """Count the items of a part that have an answer."""
    return sum(any(one.name in answers for one in item.fields) for item in part.items)


def _after(form: PreVisit, asked: Part, reference: str) -> str:
    following = form.after(asked)
    if following is None:
        return url_for(".start", reference=reference)
    return url_for(".part", reference=reference, part=following.id)
