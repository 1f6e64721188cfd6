"""What can be booked, and by which rules."""

from collections.abc import Mapping
from typing import ClassVar

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as later
from wtforms import BooleanField, StringField

from app.domain.refusals import Refused
from app.domain.staff import Permission
from app.services import visit_types as use
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.patient import typed
from app.web.reception import part_pages as pages
from app.web.reception.setting_form import Reader, SettingForm, perhaps, whole, words
from app.web.refusals import wrong
from app.web.visitor import clinic

blueprint = Blueprint("visit_types", __name__, url_prefix="/settings/visit-types")

USUAL = {
    "minutes": "30", "before_minutes": "0", "after_minutes": "0", "step_minutes": "30",
    "notice_minutes": "120", "horizon_days": "60", "change_until_hours": "24",
    "in_person": True, "active": True,
}  # fmt: skip


class VisitTypeForm(SettingForm):
    """A type of visit: what patients read, how long it takes, and when it can be booked."""

    name = StringField(later("Name"))
    about = StringField(later("A sentence about it"))
    minutes = StringField(later("How long it takes, in minutes"))
    before_minutes = StringField(later("Minutes kept free before it"))
    after_minutes = StringField(later("Minutes kept free after it"))
    step_minutes = StringField(later("Times begin every so many minutes"))
    notice_minutes = StringField(later("Booked at the latest so many minutes before"))
    horizon_days = StringField(later("Booked at the earliest so many days ahead"))
    max_per_day = StringField(later("At most so many a day with one doctor"))
    change_until_hours = StringField(
        later("Patients move or cancel it themselves until so many hours before")
    )
    in_person = BooleanField(later("In person"))
    video = BooleanField(later("By video"))
    needs_primer = BooleanField(later("Patients read the guide first"))
    active = BooleanField(later("In use"))
    READERS: ClassVar[Mapping[str, Reader]] = {
        "name": typed.name, "about": words, "minutes": whole(5, 480, steps=5),
        "before_minutes": whole(0, 240, steps=5), "after_minutes": whole(0, 240, steps=5),
        "step_minutes": whole(5, 480, steps=5), "notice_minutes": whole(0, 9999),
        "horizon_days": whole(1, 365), "max_per_day": perhaps(whole(1, 99)),
        "change_until_hours": whole(0, 336), "in_person": bool, "video": bool,
        "needs_primer": bool, "active": bool,
    }  # fmt: skip
    SAID = ("name", "about")

    def together(self) -> bool:
        """A visit takes place somewhere."""
        if not (self.in_person.data or self.video.data):
            self.in_person.errors = [_("Please choose in person, by video, or both.")]
        return not self.in_person.errors


@blueprint.get("")
@staff_only(Permission.SETTINGS)
def visit_types() -> ResponseReturnValue:
    """List the types of visit in the order in which patients see them."""
    return render_template(
        "reception/visit_types/visit_types.html",
        types=clinic().visit_types.values(),
        said=pages.just_done(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@staff_only(Permission.SETTINGS)
def new() -> ResponseReturnValue:
    """Add a type of visit."""
    form = VisitTypeForm.asked(USUAL)
    return pages.kept_or_shown(
        form, _new, lambda: use.add(staff.actor(), form.values, now=now()),
        now_known=dict, back="reception.visit_types.visit_types", said="added",
    )  # fmt: skip


def _new(form: SettingForm, refusal: Refused | None) -> str:
    return render_template(
        "reception/visit_types/new.html",
        form=form,
        wrong=wrong(refusal),
        tongues=pages.tongues(),
    )


@blueprint.route("/<int(max=2147483647):kind>", methods=["GET", "POST"])
@staff_only(Permission.SETTINGS)
def visit_type(kind: int) -> ResponseReturnValue:
    """Show a type of visit, and change it from now on."""
    who = staff.actor()
    form = VisitTypeForm.asked(use.find(who, kind))

    def show(form: SettingForm, refusal: Refused | None) -> str:
        return render_template(
            "reception/visit_types/visit_type.html",
            form=form,
            kind=clinic().visit_types[kind],
            wrong=wrong(refusal),
            tongues=pages.tongues(),
        )

    return pages.kept_or_shown(
        form, show,
        lambda: use.change(who, kind, form.values, seen=form.seen.data or "", now=now()),
        now_known=lambda: use.find(who, kind), back="reception.visit_types.visit_types",
        said="changed",
    )  # fmt: skip


@blueprint.post("/<int(max=2147483647):kind>/order")
@staff_only(Permission.SETTINGS)
def order(kind: int) -> ResponseReturnValue:
    """Put a type of visit higher or lower in the list."""
    use.put(staff.actor(), kind, up=pages.up(), now=now())
    return redirect(url_for("reception.visit_types.visit_types", said="order"), code=303)
