"""An appointment after booking: the card, and what can still be done with it."""

from flask import (
    Blueprint,
    Response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.content.bring import bring
from app.content.safety import SafetyItem
from app.domain.refusals import (
    AlreadyCancelled,
    AlreadyOver,
    ChangedMeanwhile,
    Refused,
    TooLate,
    TooManyTries,
    UnlockNeeded,
    WrongBirthDate,
)
from app.domain.safety import Tier
from app.services import appointment, cancelling, changes
from app.services.appointment import View
from app.web import guide, told
from app.web.access import Audience, access
from app.web.again import only_shown, shows_again
from app.web.clock import now
from app.web.layout import language
from app.web.network import network
from app.web.patient import calendar_file as files
from app.web.patient import carried, declined, leaving, mails, moving, questions, tentative, to_read
from app.web.patient.birth_fields import BirthDateForm
from app.web.patient.booking_form import NEEDS
from app.web.patient.cards import card, change_until
from app.web.patient.said import Said
from app.web.patient.waiting_words import waits_since
from app.web.refusals import status
from app.web.visitor import actor, clinic, visit

blueprint = Blueprint("appointment", __name__)
carried.add_to(blueprint)
declined.add_to(blueprint)
blueprint.add_url_rule("/done", view_func=leaving.leave_device, methods=["POST"])
mails.add_to(blueprint)
moving.add_to(blueprint)
tentative.add_to(blueprint)
to_read.add_to(blueprint)

AS_IT_STANDS = (TooLate, AlreadyOver, AlreadyCancelled, ChangedMeanwhile)
DONE = ("moved", "cancelled", "coming", "mails", "read", "waiting", "not_waiting")
NOTHING = -1  # that was seen
AFTER_UNLOCK = {  # for whom the birth date was asked
    "prepare": "patient.previsit.start",
    "record": "patient.record.record",
    "changes": "patient.record.changes",
    "questions": "patient.questions.kept",
    "guide": "patient.appointment.guide",
}


@blueprint.get("/a/<token>")
@access(Audience.PUBLIC)
def open_link(token: str) -> ResponseReturnValue:
    """Let this browser see the link's appointment, and take the link out of the address."""
    if request.method == "HEAD":  # a program asks whether the link is good; nobody opened it
        appointment.linked(token, now=now())
        return Response(mimetype="text/plain")
    known = visit()
    handle, reference = appointment.open_link(token, visit=known, network=network(), now=now())
    told.go_on(known, handle)
    return redirect(url_for(to_read.leads_to(), reference=reference), code=303)


@blueprint.get("/appointment/<reference>/booked")
@access(Audience.HOLDER)
def booked(reference: str) -> ResponseReturnValue:
    """Say that it is done, and what comes next."""
    view = _find(reference)
    if view.tentative:
        return redirect(url_for(".tentative", reference=reference), code=303)
    if view.cancelled or view.over:
        return redirect(url_for(".manage", reference=reference), code=303)
    known = visit()
    person = known.person if known else None
    mine = person is not None and person == view.appointment.person
    has_read = known is not None and known.reading_id is not None
    return render_template(
        "patient/appointment/booked.html",
        view=view,
        card=card(view, clinic(), named=mine),
        email=person.email if person and mine else None,
        elsewhere=files.elsewhere(view),
        has_read=has_read,
        to_ask=questions.in_words(view.appointment.reading_id) if mine else None,
        change_until=change_until(view, clinic()),
        to_bring=bring(),
        urgent=_urgent(),
        signs=guide.safety().short,
    )


@blueprint.get("/appointment/<reference>")
@access(Audience.HOLDER)
def manage(reference: str) -> ResponseReturnValue:
    """Show the appointment as it stands, and what may still be done with it."""
    view = _find(reference)
    if view.tentative or view.lapsed:
        return redirect(url_for(".confirm", reference=reference), code=303)
    return _manage(view)


@blueprint.route("/appointment/<reference>/unlock", methods=["GET", "POST"])
@shows_again
@access(Audience.HOLDER)
def unlock(reference: str) -> ResponseReturnValue:
    """Ask for the birth date before health words are shown."""
    _find(reference)
    form = _birth_form()
    if request.method != "POST" or only_shown():
        return _unlock(reference, form)
    if not form.validate() or form.birth_date is None:
        return _unlock(reference, form), 422
    try:
        appointment.unlock(reference, form.birth_date, actor=actor(), now=now())
    except (WrongBirthDate, TooManyTries) as refusal:
        return _unlock(reference, form, refusal), status(refusal)
    asked_for = AFTER_UNLOCK.get(request.args.get("to", ""))
    if asked_for is not None:
        return redirect(url_for(asked_for, reference=reference), code=303)
    return redirect(url_for(".manage", reference=reference, _anchor="said"), code=303)


@blueprint.get("/appointment/<reference>/cancel")
@access(Audience.HOLDER)
def cancel(reference: str) -> ResponseReturnValue:
    """Ask once more before an appointment is cancelled."""
    view = _find(reference)
    if not view.changeable:
        return redirect(url_for(".manage", reference=reference), code=303)
    return render_template(
        "patient/appointment/cancel.html", view=view, card=card(view, clinic(), named=False)
    )


@blueprint.post("/appointment/<reference>/cancel")
@access(Audience.HOLDER)
def confirm_cancel(reference: str) -> ResponseReturnValue:
    """Cancel what the page showed; pressing twice cancels once."""
    seen = request.form.get("seen", NOTHING, type=int)
    try:
        cancelling.cancel(reference, seen=seen, actor=actor(), clinic=clinic(), now=now())
    except AlreadyCancelled:
        pass
    except AS_IT_STANDS as refusal:
        return _manage(_find(reference), refusal), status(refusal)
    return redirect(url_for(".manage", reference=reference, done="cancelled"), code=303)


def _find(reference: str) -> View:
    return appointment.find(reference, actor=actor(), clinic=clinic(), now=now())


def _manage(view: View, refusal: Refused | None = None) -> str:
    words = _words(view.appointment.reference)
    done = request.args.get("done")
    return render_template(
        "patient/appointment/manage.html",
        view=view,
        card=card(view, clinic(), named=words is not None),
        elsewhere=files.elsewhere(view),
        change_until=change_until(view, clinic()),
        words=words,
        to_ask=questions.in_words(view.appointment.reading_id) if words is not None else None,
        needs=NEEDS,
        mails=mails.MAILS,
        refusal=Said.of(refusal),
        done=done if done in DONE else None,
        waits=waits_since(view.appointment.reference),
        unread=to_read.unread(view),
        declined=declined.stands(view),
        guide_changed=changes.waiting(view.appointment, guide.copy(), now=now()),
        urgent=_urgent(),
        signs=guide.safety().short,
    )


def _urgent() -> tuple[SafetyItem, ...]:
    """Return what must not wait for the visit, in the words of the safety check."""
    return guide.safety().tier(Tier.EMERGENCY).items


def _words(reference: str) -> dict[str, object] | None:
    try:
        return appointment.words(reference, actor=actor())
    except UnlockNeeded:
        return None


def _birth_form() -> BirthDateForm:
    return BirthDateForm(
        request.form if request.method == "POST" else None,
        today=clinic().day_at(now()),
        language=language(),
    )


def _unlock(reference: str, form: BirthDateForm, refusal: Refused | None = None) -> str:
    return render_template(
        "patient/appointment/unlock.html", form=form, reference=reference, refusal=Said.of(refusal)
    )
