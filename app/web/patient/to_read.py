"""Reading for an appointment that was booked at the desk: from its link to the end of the guide."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.domain.actor import Actor
from app.domain.refusals import AlreadyCancelled, AlreadyOver, NotYours, UnlockNeeded
from app.domain.staff import Staff
from app.services import appointment, to_read
from app.services.appointment import View
from app.storage.visitors import Visit
from app.web import aloud, staff, told
from app.web.access import Audience, access
from app.web.clock import now
from app.web.patient.cards import card
from app.web.visitor import actor, clinic, forget_visit, needed_visit

READS_FOR = "reads_for"  # the reference, in the cookie; the grant is what counts


def add_to(blueprint: Blueprint) -> None:
    """Give the appointment's room the page that leads to the guide."""
    rule = "/appointment/<reference>/guide"
    blueprint.add_url_rule(rule, view_func=guide, methods=["GET", "POST"])


@access(Audience.HOLDER)
def guide(reference: str) -> ResponseReturnValue:
    """Say what is to be read and why; begin with the safety check, as everybody does."""
    manage = url_for("patient.appointment.manage", reference=reference)
    try:
        about = to_read.find(reference, actor=actor(), clinic=clinic(), now=now())
    except UnlockNeeded:
        unlock = url_for("patient.appointment.unlock", reference=reference, to="guide")
        return redirect(unlock, code=303)
    except (AlreadyCancelled, AlreadyOver):
        return redirect(manage, code=303)
    if about is None:
        return redirect(manage, code=303)
    if request.method != "POST":
        view = appointment.view(about, clinic(), now=now())
        return render_template(
            "patient/appointment/guide.html", view=view, card=card(view, clinic(), named=False)
        )
    visit = needed_visit()
    to_read.take_up(reference, visit=visit, actor=actor(), clinic=clinic(), now=now())
    forget_visit()
    session[READS_FOR] = reference
    return redirect(url_for("patient.safety.urgent", way="primer"), code=303)


def leads_to() -> str:
    """Return the page that a link in a mail leads to."""
    wanted = request.args.get("to") == "guide"
    return "patient.appointment.guide" if wanted else "patient.appointment.manage"


def unread(view: View) -> bool:
    """Say whether something is still to be read for an appointment."""
    return to_read.is_open(view.appointment, clinic())


def reads_for() -> str | None:
    """Return the reference of the appointment that somebody reads for, if they do."""
    if (read_aloud := aloud.reads_for()) is not None:
        return read_aloud
    reference = session.get(READS_FOR)
    if not isinstance(reference, str):
        return None
    try:
        appointment.mine(reference, actor())
    except NotYours:  # the session that opened the link is over
        return None
    return reference


def attach(reading_id: str, visit: Visit) -> None:
    """Bind a reading to the appointment it is for, if it is for one and not yet bound."""
    if (reference := reads_for()) is not None:
        to_read.attach(
            reference, reading_id, told=told.points(visit), actor=_who(), clinic=clinic(),
            now=now(),
        )  # fmt: skip


def stop() -> None:
    """Let the desk know that somebody who read for an appointment should be called."""
    if (reference := reads_for()) is not None:
        to_read.stop(reference, actor=_who(), now=now())


def _who() -> Actor | Staff:
    return staff.actor() if aloud.reads_for() else actor()


def end() -> str | None:
    """Note that somebody is done with the guide; return where their appointment is shown."""
    reference = reads_for()
    session.pop(READS_FOR, None)
    if reference is None:
        return None
    to_read.finish(reference, actor=_who(), clinic=clinic(), now=now())
    if aloud.reads_for():
        aloud.end()
        return url_for("reception.appointment.appointment", reference=reference)
    return url_for("patient.appointment.manage", reference=reference, done="read")
