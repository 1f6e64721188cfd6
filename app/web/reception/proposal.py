"""A proposal at the desk: who is asked, for what, and what they answered on the phone."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as later

from app.content import when
from app.domain.proposal import Answer
from app.domain.refusals import NotYours, Refused
from app.domain.staff import Permission
from app.services import answering
from app.services import proposal as proposals
from app.services.attending import found_by_id
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.patient import wishes
from app.web.patient.said import Said
from app.web.patient.wording import moment, who
from app.web.refusals import status
from app.web.visitor import clinic

blueprint = Blueprint("proposal", __name__, url_prefix="/offer/<proposal_id>")

STATES = {
    Answer.YES: ("tick", later("Said yes")),
    Answer.NO: ("cross", later("Said no")),
    Answer.LAPSED: ("clock", later("Not answered in time")),
    Answer.WITHDRAWN: ("cut", later("Taken back")),
    None: ("mail", later("Not answered yet")),
}


@blueprint.get("")
@staff_only(Permission.RUN_DAY)
def proposal(proposal_id: str) -> ResponseReturnValue:
    """Show what somebody is asked."""
    return _page(proposal_id)


@blueprint.post("/yes")
@staff_only(Permission.RUN_DAY)
def yes(proposal_id: str) -> ResponseReturnValue:
    """Note that the person took one of the times."""
    return _do(
        proposal_id,
        lambda: answering.answer_at_desk(
            proposal_id, wishes.asked(request.form), actor=staff.actor(), clinic=clinic(),
            now=now(),
        ),
    )  # fmt: skip


@blueprint.post("/no")
@staff_only(Permission.RUN_DAY)
def no(proposal_id: str) -> ResponseReturnValue:
    """Note that the person wants none of them."""
    return _do(
        proposal_id,
        lambda: answering.answer_at_desk(
            proposal_id, None, actor=staff.actor(), clinic=clinic(), now=now()
        ),
    )


@blueprint.post("/withdraw")
@staff_only(Permission.RUN_DAY)
def withdraw(proposal_id: str) -> ResponseReturnValue:
    """Take it back."""
    return _do(proposal_id, lambda: proposals.withdraw(proposal_id, actor=staff.actor(), now=now()))


def _do(proposal_id: str, act: Callable[[], object]) -> ResponseReturnValue:
    try:
        act()
    except NotYours:
        raise
    except Refused as refusal:
        return _page(proposal_id, refusal), status(refusal)
    return redirect(url_for("reception.proposal.proposal", proposal_id=proposal_id), code=303)


def _page(proposal_id: str, refusal: Refused | None = None) -> str:
    house, said = clinic(), language()
    found = proposals.of(proposal_id, actor=staff.actor())
    open_ = found.is_open(now=now())
    sign, word = STATES[found.ended(now=now())]
    zones = [house.locations[wish.location_id].zone for wish in found.times]
    return render_template(
        "reception/proposal/proposal.html",
        found=found,
        open=open_,
        sign=sign,
        word=word,
        about=found_by_id(found.appointment_id, staff.actor()),
        times=[
            {
                "value": wishes.slot(wish),
                "when": moment(wish.start, zone, said, named=True),
                "who": who(wish, house),
                "day": house.day_at(wish.start),
            }
            for wish, zone in zip(found.times, zones, strict=True)
        ],
        made=when.day_and_clock(found.made_at, house.zone, said),
        until=when.day_and_clock(found.answer_by, house.zone, said, named=house.clocks_differ),
        refusal=Said.of(refusal),
    )
