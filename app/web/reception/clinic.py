"""What the clinic says about itself, and by whose law."""

from flask import (
    Blueprint,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.domain.refusals import Refused
from app.domain.setting import CannotStart
from app.domain.staff import Permission
from app.services import clinic_packs, desk_hours
from app.services import clinic_settings as use
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.reception import part_pages as pages
from app.web.reception.clinic_form import DEGREES, ClinicForm
from app.web.reception.setting_form import SettingForm
from app.web.refusals import status, wrong

blueprint = Blueprint("clinic", __name__, url_prefix="/settings/clinic")


@blueprint.route("", methods=["GET", "POST"])
@staff_only(Permission.SETTINGS, proof=True)
def clinic() -> ResponseReturnValue:
    """Show the clinic, and change it."""
    who = staff.actor()
    form = ClinicForm.asked(use.find(who))
    settings = current_app.extensions["settings"]
    return pages.kept_or_shown(
        form, _page,
        lambda: use.change(
            who, form.values, seen=form.seen.data or "", settings=settings, now=now()
        ),
        now_known=lambda: use.find(who), back="reception.clinic.clinic", said="changed",
    )  # fmt: skip


@blueprint.post("/look")
@staff_only(Permission.SETTINGS)
def look() -> ResponseReturnValue:
    """Show how it would look; nothing is kept."""
    form = ClinicForm.asked(use.find(staff.actor()))
    return _page(form, None), 200 if form.validate() else 422


def _page(form: SettingForm, refusal: Refused | None) -> str:
    return render_template(
        "reception/clinic/clinic.html",
        form=form,
        wrong=wrong(refusal),
        lacking=refusal.lines if isinstance(refusal, CannotStart) else [],
        packs=clinic_packs.listing(staff.actor(), current_app.extensions["settings"]),
        degrees=DEGREES,
        rest=desk_hours.minutes(),
        said=pages.just_done(),
        tongues=pages.tongues(),
    )


@blueprint.post("/logo")
@staff_only(Permission.SETTINGS)
def logo() -> ResponseReturnValue:
    """Show a picture beside the name, or none; a file cannot wait for a proof to be given."""
    file = request.files.get("picture")
    given = None if request.form.get("none") else (file.read() if file else b"")
    try:
        use.show_logo(staff.actor(), given, now=now())
    except Refused as refusal:
        form = ClinicForm.asked(use.find(staff.actor()))
        return _refused(form, refusal)
    return redirect(url_for("reception.clinic.clinic", said="changed"), code=303)


def _refused(form: SettingForm, refusal: Refused) -> ResponseReturnValue:
    return _page(form, refusal), status(refusal)
