"""One appointment at the desk: who comes, how it stands, and what is done about it."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later

from app.content import when
from app.domain.appointment import Appointment, Mails
from app.domain.refusals import ChangedMeanwhile, NotYours, Refused
from app.domain.staff import Permission
from app.services import aloud, attending, breaking, cancelling, declined, mail_choice, to_read
from app.storage.models import Status
from app.web import sent, staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.patient.mails import MAILS as THEIR_OWN
from app.web.patient.said import Said
from app.web.reception import chronicle, replies
from app.web.reception.board import WORDS
from app.web.refusals import status
from app.web.visitor import clinic

blueprint = Blueprint("appointment", __name__, url_prefix="/appointment/<reference>")

MARKS = {
    Status.ARRIVED: later("Arrived"),
    Status.IN_ROOM: later("In room"),
    Status.COMPLETED: later("Completed"),
    Status.MISSED: later("Missed"),
}
NEEDS = {
    "step_free": later("A step-free way in"),
    "cannot_sit_long": later("Cannot sit long"),
    "interpreter": later("An interpreter"),
    "hearing_or_sight": later("Help with hearing or sight"),
}
MAILS = THEIR_OWN | {Mails.INVITATION: later("With an invitation for their calendar")}
DONE = {
    "booked": later("Booked: %(moment)s. The reference is %(reference)s."),
    "moved": later("Moved: it is now on %(moment)s."),
    "cancelled": later("Cancelled: its time is free again."),
    "restored": later("Brought back to %(moment)s."),
}
LOOKS = {Status.ARRIVED: "go", Status.IN_ROOM: "go", Status.MISSED: "stop"}


@blueprint.get("")
@staff_only(Permission.RUN_DAY)
def appointment(reference: str) -> ResponseReturnValue:
    """Show an appointment."""
    return _page(reference)


def _page(reference: str, refusal: Refused | None = None) -> ResponseReturnValue:
    house, said = clinic(), language()
    seen = attending.see(reference, actor=staff.actor(), clinic=house, now=now())
    about = seen.appointment
    place = house.locations[about.wish.location_id]
    overtaken = isinstance(refusal, ChangedMeanwhile)
    page = render_template(
        "reception/appointment/appointment.html",
        seen=seen,
        about=about,
        place=place,
        doctor=house.clinicians[about.wish.clinician_id],
        visit_type=house.visit_types[about.wish.visit_type_id],
        day=when.day(about.interval.start, place.zone, said),
        date=house.day_at(about.interval.start),
        hours=when.span(about.interval.start, about.interval.end, place.zone, said),
        zone=when.zone_name(place.zone, about.interval.start, said),
        sign=WORDS[Status(about.status)][0],
        word=WORDS[Status(about.status)][1],
        look=LOOKS.get(Status(about.status), "quiet"),
        needs=[NEEDS[one] for one in about.needs if one in NEEDS],
        marks=[(one, MARKS[one]) for one in seen.marks],
        undone=WORDS[Status(about.status)][1] if seen.undoes else None,
        restorable=cancelling.restorable(about, now=now()),
        movable=about.status == Status.BOOKED,
        kinds_of_mails=MAILS,
        unread=aloud.may_begin(about, house),
        homeless=breaking.is_homeless(about, house, now=now()),
        please_call=to_read.please_call(about),
        cancellable=about.status not in (Status.CANCELLED, Status.COMPLETED, Status.MISSED),
        answered=replies.answered(declined.given(about), house.zone, said),
        letters=chronicle.letters(seen.mails, house.zone, said),
        events=chronicle.events(seen.journal, seen.names, house, said),
        note=request.form.get("note", about.desk_note),
        longest=attending.LONGEST_NOTE,
        done=_done(about, sent.just_done(DONE, "done")),
        refusal=Said.of(refusal),
        since=chronicle.since_seen(seen.journal, seen.names, house, said) if overtaken else None,
    )
    return page, status(refusal)


def _done(about: Appointment, done: str | None) -> str | None:
    """Say what was just done, as it is read back to a caller, and who hears of it."""
    if done is None:
        return None
    place = clinic().locations[about.wish.location_id]
    moment = when.day_and_clock(about.interval.start, place.zone, language(), named=True)
    said = str(DONE[done]) % {"moment": moment, "reference": about.reference}
    if done == "restored":
        return said  # whom nobody told of the cancelling gets no mail
    told = _("A mail says so.") if about.person.email else _("They have no e-mail: tell them.")
    return f"{said} {told}"


def _do(
    reference: str, act: Callable[[int], None], *, done: str | None = None
) -> ResponseReturnValue:
    """Do something to an appointment as it was seen, and show how it stands then."""
    try:
        act(sent.revision())
    except NotYours:
        raise
    except Refused as refusal:
        return _page(reference, refusal)
    there = url_for("reception.appointment.appointment", reference=reference, done=done)
    return redirect(there, code=303)


@blueprint.post("/mark")
@staff_only(Permission.RUN_DAY)
def mark(reference: str) -> ResponseReturnValue:
    """Note that somebody arrived, is in the room, is done or did not come."""
    to = request.form.get("status", "")
    return _do(
        reference,
        lambda revision: attending.mark(
            reference, to, revision=revision, actor=staff.actor(), clinic=clinic(), now=now()
        ),
    )


@blueprint.post("/undo")
@staff_only(Permission.RUN_DAY)
def undo(reference: str) -> ResponseReturnValue:
    """Take the last mark of today back."""
    return _do(
        reference,
        lambda revision: attending.undo(
            reference, revision=revision, actor=staff.actor(), clinic=clinic(), now=now()
        ),
    )


@blueprint.post("/note")
@staff_only(Permission.RUN_DAY)
def note(reference: str) -> ResponseReturnValue:
    """Keep the desk's note."""
    text = " ".join(request.form.get("note", "").split())
    return _do(
        reference,
        lambda revision: attending.note(
            reference, text, revision=revision, actor=staff.actor(), now=now()
        ),
    )


@blueprint.post("/mails")
@staff_only(Permission.RUN_DAY)
def mails(reference: str) -> ResponseReturnValue:
    """Keep how somebody wants their mails, as they say it on the phone."""
    choice = request.form.get("mails", "")
    return _do(
        reference,
        lambda _revision: mail_choice.choose_at_desk(
            reference, choice, actor=staff.actor(), now=now()
        ),
    )


@blueprint.post("/called")
@staff_only(Permission.RUN_DAY)
def called(reference: str) -> ResponseReturnValue:
    """Note that somebody called whom the page told not to wait."""
    to_read.called(reference, actor=staff.actor(), now=now())
    return redirect(url_for("reception.appointment.appointment", reference=reference), code=303)


@blueprint.route("/cancel", methods=["GET", "POST"])
@staff_only(Permission.RUN_DAY)
def cancel(reference: str) -> ResponseReturnValue:
    """Ask why, and cancel."""
    reason = request.form.get("reason")
    if request.method == "POST" and reason:
        return _do(
            reference,
            lambda revision: cancelling.cancel_at_desk(
                reference, reason, revision=revision, actor=staff.actor(), now=now()
            ),
            done="cancelled",
        )
    about = attending.find(reference, staff.actor())
    place = clinic().locations[about.wish.location_id]
    page = render_template(
        "reception/appointment/cancel.html",
        about=about,
        doctor=clinic().clinicians[about.wish.clinician_id],
        moment=when.day_and_clock(about.interval.start, place.zone, language()),
        reasons=chronicle.REASONS,
        missing=request.method == "POST",
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.post("/restore")
@staff_only(Permission.RUN_DAY)
def restore(reference: str) -> ResponseReturnValue:
    """Bring a cancelled appointment back."""
    return _do(
        reference,
        lambda revision: cancelling.restore(
            reference, revision=revision, actor=staff.actor(), clinic=clinic(), now=now()
        ),
        done="restored",
    )
