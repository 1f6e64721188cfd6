"""What the clinic does with answers by mail, as the owner sets it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.staff import Permission
from app.services import mailbox, reply_rules
from app.services.reply_rules import Rules
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.visitor import clinic

blueprint = Blueprint("reply_rules", __name__)


@blueprint.route("/settings/answers", methods=["GET", "POST"])
@staff_only(Permission.SETTINGS)
def rules() -> ResponseReturnValue:
    """Ask what a no may do, and whether the mailbox takes an address for each appointment."""
    house = clinic()
    if request.method == "POST":
        wanted = Rules(
            declines_free="declines_free" in request.form,
            own_addresses="own_addresses" in request.form,
        )
        reply_rules.choose(wanted, actor=staff.actor(), clinic=house, now=now())
        return redirect(url_for("reception.reply_rules.rules", done=1), code=303)
    return render_template(
        "reception/reply_rules/rules.html",
        rules=reply_rules.of(house),
        example=mailbox.like(house),
        done="done" in request.args,
    )
