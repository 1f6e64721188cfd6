"""The guide that patients read: who answers for it, how it stands, what changed, how it is read."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import library
from app.content.diff import changes
from app.content.editions import editions, languages
from app.content.fields import BadEdition
from app.content.library import Copy
from app.content.primer import Primer
from app.domain.edition import Signature, State
from app.domain.staff import Permission
from app.services import edition as use
from app.services import figures as counting
from app.settings import Settings
from app.web import figures as drawing
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.languages import current, names
from app.web.reception.guide_form import SignForm
from app.web.sent import just_done
from app.web.visitor import clinic_as_it_is

blueprint = Blueprint("guide", __name__, url_prefix="/settings/guide")
SAID = ("signed", "withdrawn", "use")  # what just happened, named in the address


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The guide in one language: how it stands, and who signed it."""

    language: str
    name: str
    state: State
    review_by: date
    signature: Signature | None
    fault: str | None  # why it cannot be shown


@blueprint.get("")
@staff_only(Permission.SETTINGS)
def guide() -> ResponseReturnValue:
    """Show the editions and who signed the one that is shown."""
    return _page(SignForm(), "")


def _page(form: SignForm, signing: str) -> str:
    shown = clinic_as_it_is().edition
    listed = editions(_folder())
    return render_template(
        "reception/guide/guide.html",
        edition=shown,
        spoken=[_spoken(one) for one in languages(_folder(), shown)],
        editions=list(reversed(listed)),
        before=max((one for one in listed if one < shown), default=None),
        form=form,
        signing=signing,
        said=just_done(SAID),
        states=State,
    )


def _spoken(language: str) -> Spoken:
    copy = _copy(language=language)
    fault = None
    try:
        library.primer(copy)
    except BadEdition as error:
        fault = str(error).replace(f"{_folder()}/", "")
    found = use.standing(clinic_as_it_is(), copy, now=now()) if fault is None else None
    return Spoken(
        language=language,
        name=names().get(language, language),
        state=found.state if found else State.CURRENT,
        review_by=library.front(copy).review_by,
        signature=found.signature if found else None,
        fault=fault,
    )


@blueprint.post("/sign/<tongue>")
@staff_only(Permission.SETTINGS, proof=True)
def sign(tongue: str) -> ResponseReturnValue:
    """Put a name under the guide in one language, or take it back."""
    if tongue not in languages(_folder(), clinic_as_it_is().edition):
        abort(404)
    form = SignForm(request.form)
    if not form.validate():
        return _page(form, tongue), 422
    kind = use.WITHDRAWN if "withdraw" in request.form else use.SIGNED
    copy = _copy(language=tongue)
    try:
        use.sign(copy, name=form.named, role=form.as_what, kind=kind, by=staff.actor(), now=now())
    except BadEdition:
        return _page(form, tongue), 409
    return redirect(url_for("reception.guide.guide", said=kind), code=303)


@blueprint.post("/use")
@staff_only(Permission.SETTINGS, proof=True)
def show_edition() -> ResponseReturnValue:
    """Show another edition from now on."""
    name = request.form.get("edition", "")
    if name not in editions(_folder()):
        abort(404)
    try:
        use.put_in_use(_copy(name), by=staff.actor(), now=now())
    except BadEdition:
        return _page(SignForm(), ""), 409
    return redirect(url_for("reception.guide.guide", said="use"), code=303)


@blueprint.get("/difference/<old>/<new>")
@staff_only(Permission.SETTINGS)
def difference(old: str, new: str) -> ResponseReturnValue:
    """Show what is different between two editions."""
    pair = [_guide(name) if name in editions(_folder()) else None for name in (old, new)]
    first, second = pair
    if first is None or second is None:
        abort(404)
    return render_template(
        "reception/guide/difference.html",
        old=old, new=new, changes=changes(first, second),
        major=second.edition.change == "major", language=second.language,
    )  # fmt: skip


@blueprint.get("/figures")
@staff_only(Permission.FIGURES)
def figures() -> ResponseReturnValue:
    """Show how the guide is read: counts, never people."""
    found = counting.see(staff.actor(), _guide, now=now())
    return render_template(
        "reception/guide/figures.html",
        editions=[(one, drawing.plots(one, _guide(one.edition))) for one in found],
    )


def _guide(name: str) -> Primer | None:
    """Return an edition's words, if its folder is kept and can be read."""
    try:
        return library.primer(_copy(name))
    except BadEdition:
        return None


def _copy(name: str | None = None, *, language: str | None = None) -> Copy:
    house = clinic_as_it_is()
    edition = name or house.edition
    written = library.written_in(current(), _folder(), house.edition, house.jurisdiction)
    return replace(use.shown(house, _folder(), language or written), edition=edition)


def _folder() -> Path:
    settings: Settings = current_app.extensions["settings"]
    return settings.primer
