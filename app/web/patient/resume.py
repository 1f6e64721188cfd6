"""Going on with the guide on another phone or computer."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.refusals import SafetyCheckNeeded, TooManyTries, UnknownCode
from app.services import visitor
from app.storage.visitors import Visit
from app.web.access import Audience, access
from app.web.again import only_shown, shows_again
from app.web.clock import now
from app.web.patient import reader
from app.web.refusals import say, status
from app.web.visitor import needed_visit, visit


@shows_again
@access(Audience.PUBLIC)
def resume() -> ResponseReturnValue:
    """Ask for the code; who comes fresh does the safety check first."""
    typed = request.form.get("code", "")
    if request.method != "POST" or only_shown():
        return render_template("patient/primer/resume.html", typed=typed[:80], error=None)
    try:
        return redirect(_go_on(typed), code=303)
    except (UnknownCode, TooManyTries) as refusal:
        words = {"typed": typed[:80], "error": say(refusal), "refusal": refusal.code}
        return render_template("patient/primer/resume.html", **words), status(refusal)


def _go_on(typed: str) -> str:
    known = _passed()
    if known is None:
        reader.keep_code(typed)
        return url_for("patient.safety.urgent", way="primer")
    reader.resume(typed, known)
    return url_for("patient.primer.page", part=reader.next_part(needed_visit()))


def _passed() -> Visit | None:
    known = visit()
    try:
        if known is not None:
            visitor.check_safety(known, now=now())
    except SafetyCheckNeeded:
        return None
    return known
