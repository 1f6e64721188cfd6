"""Finding other times for whoever lost theirs: by mail, by phone, one by one or all at once."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.refusals import NotYours, Refused
from app.domain.rehousing import Progress, State
from app.domain.staff import Permission
from app.services import cancelling, closing, desk_moving, rehousing
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.patient import wishes
from app.web.patient.said import Said
from app.web.reception import chronicle, closure_form, rehouse_words, wall
from app.web.refusals import status
from app.web.sent import number, revision
from app.web.visitor import clinic

blueprint = Blueprint("rehouse", __name__, url_prefix="/rehouse")

LARGEST = 2_147_483_647


@blueprint.get("")
@staff_only(Permission.RUN_DAY)
def rehouse() -> ResponseReturnValue:
    """Show how far it is with each."""
    return _page()


@blueprint.get("/calls")
@staff_only(Permission.RUN_DAY)
def calls() -> ResponseReturnValue:
    """Show a list to call from, for paper."""
    found = _progress()
    rows = [rehouse_words.row(case, clinic()) for case in found.cases if case.is_left]
    return render_template(
        "reception/rehouse/calls.html", rows=rows, title=_title(), closure=_closure()
    )


def _page(refusal: Refused | None = None, *, about: str = "") -> ResponseReturnValue:
    found = _progress()
    page = render_template(
        "reception/rehouse/rehouse.html",
        rows=[rehouse_words.row(case, clinic()) for case in found.cases],
        progress=found,
        sums=_sums(found),
        title=_title(),
        closure=_closure(),
        calls=chronicle.CALLS,
        reasons=chronicle.REASONS,
        said=_said(),
        about=about,
        refusal=Said.of(refusal),
    )
    return page, status(refusal)


def _progress() -> Progress:
    return rehousing.progress(_closure(), actor=staff.actor(), clinic=clinic(), now=now())


def _closure() -> int | None:
    """Return the closure that the page is about; none means all that lost their time."""
    typed = request.values.get("closure", "")
    if not typed:
        return None
    found = number(typed, digits=10)
    if found is None or found > LARGEST:
        raise NotYours
    return found


def _title() -> str:
    closure = _closure()
    if closure is None:
        return ""
    found = closing.see(closure, actor=staff.actor())
    return f"{closure_form.whose(found, clinic())}, {wall.said(found)}"


def _sums(found: Progress) -> list[tuple[int, str]]:
    """Count those that stand alike; what nobody has is not named."""
    sums = [
        (found.count(State.MOVED, State.HOME), _("moved")),
        (found.count(State.CANCELLED), _("cancelled")),
        (found.count(State.ASKED), _("waiting for an answer")),
        (found.count(State.SAID_NO), _("said no")),
        (found.count(State.NO_ANSWER), _("did not answer")),
        (found.not_reached, _("not reached by phone")),
        (found.without_mail, _("without e-mail")),
    ]
    return [(number, str(word)) for number, word in sums if number]


def _said() -> str | None:
    """Say how many were asked, after everybody was."""
    asked, missed = (number(request.args.get(name)) for name in ("asked", "missed"))
    if asked is None:
        return None
    if not asked:
        return str(_("Everybody with e-mail was asked already."))
    words = str(ngettext("One mail is on its way.", "%(num)s mails are on their way.", asked))
    if missed:
        gone = ngettext(
            "The times of one were taken meanwhile: press again for other ones.",
            "The times of %(num)s were taken meanwhile: press again for other ones.",
            missed,
        )
        words = f"{words} {gone}"
    return words


@blueprint.post("/offer")
@staff_only(Permission.RUN_DAY)
def offer() -> ResponseReturnValue:
    """Mail the chosen times to one patient, and hold them."""
    return _do(
        lambda reference: rehousing.offer(
            reference, [wishes.read(one) for one in request.form.getlist("slot")],
            actor=staff.actor(), clinic=clinic(), now=now(),
        )
    )  # fmt: skip


@blueprint.post("/offer-all")
@staff_only(Permission.RUN_DAY)
def offer_all() -> ResponseReturnValue:
    """Mail times to everybody who can be asked by mail."""
    closure = _closure()
    asked, missed = rehousing.offer_all(closure, actor=staff.actor(), clinic=clinic(), now=now())
    there = url_for("reception.rehouse.rehouse", closure=closure, asked=asked, missed=missed)
    return redirect(there, code=303)


@blueprint.post("/move")
@staff_only(Permission.RUN_DAY)
def move() -> ResponseReturnValue:
    """Move one there now, as the patient said on the phone."""
    return _do(
        lambda reference: desk_moving.move(
            reference, wishes.read(request.form.get("to", "")), revision=revision(),
            actor=staff.actor(), clinic=clinic(), now=now(),
        )
    )  # fmt: skip


@blueprint.post("/call")
@staff_only(Permission.RUN_DAY)
def call() -> ResponseReturnValue:
    """Note how a call ended."""
    outcome = request.form.get("outcome", "")
    return _do(lambda reference: rehousing.call(reference, outcome, actor=staff.actor(), now=now()))


@blueprint.post("/cancel")
@staff_only(Permission.RUN_DAY)
def cancel() -> ResponseReturnValue:
    """Cancel one with a reason."""
    reason = request.form.get("reason", "")
    return _do(
        lambda reference: cancelling.cancel_at_desk(
            reference, reason, revision=revision(), actor=staff.actor(), now=now()
        )
    )


def _do(act: Callable[[str], object]) -> ResponseReturnValue:
    """Do something about one appointment, and go back to where it stands in the list."""
    reference = request.form.get("reference", "")[:40]
    try:
        act(reference)
    except NotYours:
        raise
    except Refused as refusal:
        return _page(refusal, about=reference)
    there = url_for("reception.rehouse.rehouse", closure=_closure(), _anchor=f"r-{reference}")
    return redirect(there, code=303)
