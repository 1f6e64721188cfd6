"""What changed in the guide since the person read it: only that, before the visit."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.refusals import UnknownAnswer
from app.services import changes
from app.web import guide
from app.web.access import Audience, access
from app.web.clock import now
from app.web.patient.said import Said
from app.web.refusals import status
from app.web.visitor import actor


def add_to(blueprint: Blueprint) -> None:
    """Give the record's room its page for what changed since."""
    place = "/appointment/<reference>/changes"
    blueprint.add_url_rule(place, "changes", changed, methods=["GET", "POST"])


@access(Audience.HOLDER)
def changed(reference: str) -> ResponseReturnValue:
    """Show what changed; its button notes that it was seen, with any answer or none."""
    refusal = None
    if request.method == "POST":
        try:
            changes.acknowledge(
                reference, request.form.get("edition", ""), _answers(), guide.copy(),
                actor=actor(), now=now(),
            )  # fmt: skip
        except UnknownAnswer as error:
            refusal = error
    found = changes.find(reference, guide.copy(), actor=actor(), now=now())
    if found is None:
        return redirect(
            url_for("patient.appointment.manage", reference=reference, _anchor="guide"), code=303
        )
    page = render_template(
        "patient/record/changes.html", changes=found, reference=reference, refusal=Said.of(refusal)
    )
    return page, status(refusal)


def _answers() -> dict[str, str]:
    """Return what was answered; a statement left open is no answer."""
    return {
        name: answer
        for name, answer in request.form.items()
        if name not in ("csrf_token", "edition") and answer
    }
