"""What becomes of a visit whose guide stays unread: the clinic's own rule."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as later

from app.domain.refusals import Refused
from app.domain.staff import Permission
from app.domain.to_read import FEWEST_DAYS, MOST_DAYS, Rule
from app.services import to_read_rule
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.reception import part_pages as pages
from app.web.refusals import status, wrong
from app.web.sent import number
from app.web.visitor import clinic_as_it_is

blueprint = Blueprint("unread", __name__, url_prefix="/settings/unread")

RULES = {
    Rule.KEEP: (later("Keep it and remind"), later("Nobody at the desk is told.")),
    Rule.TELL: (
        later("Tell the desk the working day before"),
        later("It stands among what is to settle: somebody calls, or reads it aloud."),
    ),
    Rule.RELEASE: (
        later("Give the time to somebody else"),
        later("Only if a mail with the date went out two days or more before; else the desk"
              " is told."),
    ),
}  # fmt: skip


@blueprint.route("", methods=["GET", "POST"])
@staff_only(Permission.SETTINGS, proof=True)
def unread() -> ResponseReturnValue:
    """Show the rule, and change it."""
    house = clinic_as_it_is()
    kept = f"{house.guide_rule}-{house.guide_days}"
    if request.method != "POST":
        return _page(house.guide_rule, str(house.guide_days), kept)
    rule, typed = request.form.get("rule", ""), request.form.get("days", "").strip()
    seen, days = request.form.get("seen", ""), number(typed, digits=3)
    try:
        to_read_rule.choose(rule, days or 0, seen=seen, actor=staff.actor(), now=now())
    except Refused as refusal:
        return _page(rule, typed, kept, refusal), status(refusal)
    return redirect(url_for("reception.unread.unread", said="changed"), code=303)


def _page(rule: str, days: str, seen: str, refusal: Refused | None = None) -> str:
    return render_template(
        "reception/unread/unread.html",
        rules=RULES,
        rule=rule,
        days=days,
        fewest=FEWEST_DAYS,
        most=MOST_DAYS,
        seen=seen,
        said=pages.just_done(),
        wrong=wrong(refusal),
    )
