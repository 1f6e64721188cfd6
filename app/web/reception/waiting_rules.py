"""The rules of the waiting list, as the owner sets them."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.refusals import UnknownAnswer
from app.domain.staff import Permission
from app.services import waiting_rules
from app.services.waiting_rules import LONGEST_NOTICE, LONGEST_OFFER, Rules
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.patient.typed import whole
from app.web.visitor import clinic

blueprint = Blueprint("waiting_rules", __name__)
FIELDS = ("offer_hours", "short_offer_hours", "short_notice_hours")


@blueprint.route("/waiting/rules", methods=["GET", "POST"])
@staff_only(Permission.SETTINGS)
def rules() -> ResponseReturnValue:
    """Ask how long a time is kept for whoever is asked."""
    house = clinic()
    if request.method != "POST":
        known = waiting_rules.of(house)
        return _page({name: str(getattr(known, name)) for name in FIELDS})
    typed = {name: request.form.get(name, "")[:9] for name in FIELDS}
    hours = {name: whole(text) for name, text in typed.items()}
    try:
        wanted = Rules(**{name: -1 if each is None else each for name, each in hours.items()})
        waiting_rules.choose(wanted, actor=staff.actor(), clinic=house, now=now())
    except UnknownAnswer:
        return _page(typed, wrong=True), 422
    return redirect(url_for("reception.waiting_rules.rules", done=1), code=303)


def _page(typed: dict[str, str], *, wrong: bool = False) -> str:
    return render_template(
        "reception/waiting_rules/rules.html",
        typed=typed,
        wrong=wrong,
        done="done" in request.args and not wrong,
        longest=(LONGEST_OFFER, LONGEST_NOTICE),
    )
