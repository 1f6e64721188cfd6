"""A calendar that follows one appointment, for whoever has it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.refusals import AlreadyCancelled, AlreadyOver
from app.domain.subscription import EnoughLinks
from app.services import subscription as use
from app.web import programs
from app.web.access import Audience, access
from app.web.clock import now
from app.web.layout import language
from app.web.patient.said import Said
from app.web.refusals import status
from app.web.visitor import actor, clinic

blueprint = Blueprint("follow", __name__)


@blueprint.get("/appointment/<reference>/follow")
@access(Audience.HOLDER)
def follow(reference: str) -> ResponseReturnValue:
    """Say how a calendar can follow the appointment, and what does already."""
    return _page(reference)


@blueprint.post("/appointment/<reference>/follow")
@access(Audience.HOLDER)
def make(reference: str) -> ResponseReturnValue:
    """Make a link, and show it this once."""
    try:
        secret = use.make_own(reference, actor=actor(), now=now())
    except (AlreadyCancelled, AlreadyOver, EnoughLinks) as refusal:
        return _page(reference, Said.of(refusal)), status(refusal)
    return render_template(
        "patient/follow/make.html",
        reference=reference,
        link=programs.shown(secret, clinic().name),
    )


@blueprint.post("/appointment/<reference>/follow/end")
@access(Audience.HOLDER)
def end(reference: str) -> ResponseReturnValue:
    """End all links of the appointment."""
    use.end_own(reference, actor=actor(), now=now())
    return redirect(url_for("patient.follow.follow", reference=reference, said="ended"), code=303)


def _page(reference: str, refusal: Said | None = None) -> str:
    links = use.of_patient(reference, actor=actor())
    return render_template(
        "patient/follow/follow.html",
        reference=reference,
        used=[when.spelled(one.used_on, language()) for one in links if one.used_on],
        links=links,
        programs=programs.PROGRAMS,
        refusal=refusal,
        said=request.args.get("said") if not links else None,
    )
