"""Times that the clinic offers one person: a link in their mail, and a press for yes or no."""

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.appointment import Wish
from app.domain.desk_refusals import ClinicClosed
from app.domain.proposal import (
    ENDED,
    Answer,
    OfferAnswered,
    OfferOver,
    OfferOvertaken,
    OfferWithdrawn,
    Proposal,
)
from app.domain.refusals import ChangedMeanwhile, NotOffered, NotYours, Refused
from app.services import answering, proposal_link, waiting
from app.storage.visitors import Visit
from app.web import told
from app.web.access import Audience, access
from app.web.clock import now
from app.web.layout import language
from app.web.network import network
from app.web.patient import wishes
from app.web.patient.said import Said
from app.web.patient.wording import moment, who
from app.web.refusals import status
from app.web.visitor import clinic, visit

blueprint = Blueprint("proposal", __name__)

AS_IT_STANDS = (
    OfferOver, OfferAnswered, OfferWithdrawn, OfferOvertaken, ChangedMeanwhile, ClinicClosed
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Time:
    """An offered time in words, and as the value of its button."""

    value: str
    instant: str
    when: str
    who: str


@blueprint.get("/p/<token>")
@access(Audience.PUBLIC)
def open_link(token: str) -> ResponseReturnValue:
    """Let this browser see the link's offer, and take the link out of the address."""
    if request.method == "HEAD":  # a program asks whether the link is good; nobody opened it
        proposal_link.linked(token, now=now())
        return Response(mimetype="text/plain")
    known = visit()
    handle, id_ = proposal_link.open_link(token, visit=known, network=network(), now=now())
    told.go_on(known, handle)
    return redirect(url_for(".proposal", proposal_id=id_), code=303)


@blueprint.get("/offer/<proposal_id>")
@access(Audience.HOLDER)
def proposal(proposal_id: str) -> ResponseReturnValue:
    """Show what is offered, or how it ended."""
    return _page(_found(proposal_id))


@blueprint.post("/offer/<proposal_id>")
@access(Audience.HOLDER)
def answer(proposal_id: str) -> ResponseReturnValue:
    """Take the yes or the no; pressing twice answers once."""
    found, known = _found(proposal_id), visit()
    try:
        reference = answering.answer(
            found.id, _wish(found), visit=known, clinic=clinic(), now=now()
        )
    except AS_IT_STANDS as refusal:
        return _page(_found(proposal_id), refusal), status(refusal)
    if reference is None:
        return redirect(url_for(".proposal", proposal_id=found.id), code=303)
    if found.appointment_id is None:
        return redirect(url_for("patient.appointment.booked", reference=reference), code=303)
    manage = url_for("patient.appointment.manage", reference=reference, done="moved")
    return redirect(manage, code=303)


def _wish(found: Proposal) -> Wish | None:
    """Read which button was pressed: one of the times, or the one that says no."""
    if "no" in request.form:
        return None
    try:
        wish = wishes.asked(request.form)
    except NotOffered as refusal:
        raise NotYours from refusal
    if wish not in found.times:
        raise NotYours
    return wish


def _found(proposal_id: str) -> Proposal:
    known: Visit | None = visit()
    return proposal_link.granted(proposal_id, known, now=now())


def _page(found: Proposal, refusal: Refused | None = None) -> str:
    house, said = clinic(), language()
    ended = found.ended(now=now())
    if refusal is None and ended in (Answer.LAPSED, Answer.WITHDRAWN):
        refusal = ENDED[ended]()
    zone = house.locations[found.times[0].location_id].zone
    return render_template(
        "patient/proposal/proposal.html",
        found=found,
        open=ended is None,
        times=[_time(wish) for wish in found.times],
        until=when.day_and_clock(found.answer_by, zone, said, named=house.clocks_differ),
        waits=waiting.is_waiting(found),
        refusal=Said.of(refusal),
    )


def _time(wish: Wish) -> Time:
    zone = clinic().locations[wish.location_id].zone
    return Time(
        value=wishes.slot(wish),
        instant=wishes.written(wish.start),
        when=moment(wish.start, zone, language(), named=True),
        who=who(wish, clinic()),
    )
