"""How somebody wants their mails, chosen again after booking."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as later

from app.domain.appointment import Mails
from app.services import mail_choice
from app.web.access import Audience, access
from app.web.clock import now
from app.web.visitor import actor

MAILS = {
    Mails.INVITATION: later("With an invitation for my calendar"),
    Mails.WORDS: later("In words only"),
    Mails.PLAIN: later("As plain text, without pictures or files"),
}


def add_to(blueprint: Blueprint) -> None:
    """Give the appointment's room the choice of mails."""
    blueprint.add_url_rule("/appointment/<reference>/mails", view_func=mails, methods=["POST"])


@access(Audience.HOLDER)
def mails(reference: str) -> ResponseReturnValue:
    """Keep how somebody wants their mails."""
    choice = request.form.get("mails", "")
    mail_choice.choose(reference, choice, actor=actor(), now=now())
    address = url_for("patient.appointment.manage", reference=reference, done="mails")
    return redirect(address, code=303)
