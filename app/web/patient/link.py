"""Sending somebody their link again."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.services import link
from app.web.access import Audience, access
from app.web.again import only_shown, shows_again
from app.web.clock import now
from app.web.languages import current
from app.web.patient.link_form import LinkForm

blueprint = Blueprint("link", __name__)


@blueprint.route("/find", methods=["GET", "POST"])
@shows_again
@access(Audience.PUBLIC)
def find() -> ResponseReturnValue:
    """Ask for the address, and say the same to everybody."""
    form = LinkForm(request.form if request.method == "POST" else None)
    if request.method != "POST" or only_shown():
        return _page(form)
    if not form.validate():
        return _page(form), 422
    link.request(form.address, language=current(), now=now())
    return _page(form, sent=True)


def _page(form: LinkForm, *, sent: bool = False) -> str:
    return render_template("patient/link/find.html", form=form, sent=sent)
