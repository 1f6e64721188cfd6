"""The doctors of the clinic, as patients choose them."""

from collections.abc import Mapping
from typing import ClassVar

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as later
from wtforms import BooleanField, SelectMultipleField, StringField

from app.domain.refusals import Refused
from app.domain.staff import Permission
from app.services import doctors as use
from app.services import invited
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.patient import typed
from app.web.reception import part_pages as pages
from app.web.reception.setting_form import Reader, SettingForm, words
from app.web.refusals import wrong
from app.web.visitor import clinic

blueprint = Blueprint("doctors", __name__, url_prefix="/settings/doctors")


def _ids(chosen: list[str] | str) -> list[int]:
    return sorted(int(one) for one in chosen or () if one.isascii() and one.isdigit())


class DoctorForm(SettingForm):
    """A doctor: what patients read about them, and what can be booked with them."""

    name = StringField(later("Name, as patients read it"))
    about = StringField(later("A sentence about them"))
    offers = SelectMultipleField(later("Visit types"))
    active = BooleanField(later("In use"), default=True)
    READERS: ClassVar[Mapping[str, Reader]] = {
        "name": typed.name,
        "about": words,
        "offers": _ids,
        "active": bool,
    }
    SAID = ("about",)

    def offer(self) -> None:
        """Offer the clinic's types of visit."""
        types = clinic().visit_types.values()
        self.offers.choices = [(str(one.id), one.name) for one in types]


@blueprint.get("")
@staff_only(Permission.SETTINGS)
def doctors() -> ResponseReturnValue:
    """List the doctors in the order in which patients see them."""
    house = clinic()
    offered = {
        one.id: [kind.name for kind in house.visit_types.values() if kind.id in one.visit_type_ids]
        for one in house.clinicians.values()
    }
    return render_template(
        "reception/doctors/doctors.html",
        doctors=house.clinicians.values(),
        offered=offered,
        said=pages.just_done(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@staff_only(Permission.SETTINGS)
def new() -> ResponseReturnValue:
    """Add a doctor."""
    form = DoctorForm.asked()
    return pages.kept_or_shown(
        form, _new, lambda: use.add(staff.actor(), form.values, now=now()),
        now_known=dict, back="reception.doctors.doctors", said="added",
    )  # fmt: skip


def _new(form: SettingForm, refusal: Refused | None) -> str:
    return render_template(
        "reception/doctors/new.html", form=form, wrong=wrong(refusal), tongues=pages.tongues()
    )


@blueprint.route("/<int(max=2147483647):doctor>", methods=["GET", "POST"])
@staff_only(Permission.SETTINGS)
def doctor(doctor: int) -> ResponseReturnValue:
    """Show a doctor, and change them."""
    who = staff.actor()
    form = DoctorForm.asked(use.find(who, doctor))

    def show(form: SettingForm, refusal: Refused | None) -> str:
        return render_template(
            "reception/doctors/doctor.html",
            form=form,
            doctor=clinic().clinicians[doctor],
            wrong=wrong(pages.other_than_breaking(refusal)),
            breaks=pages.breaks(refusal),
            seen_again=bool(pages.agreed()),
            tongues=pages.tongues(),
            invited=invited.of_doctor(who, doctor, now=now()),
        )

    return pages.kept_or_shown(
        form, show,
        lambda: use.change(
            who, doctor, form.values, seen=form.seen.data or "", agreed=pages.agreed(), now=now()
        ),
        now_known=lambda: use.find(who, doctor), said="changed",
        back=pages.after_keeping("reception.doctors.doctors"),
    )  # fmt: skip


@blueprint.post("/<int(max=2147483647):doctor>/invitations")
@staff_only(Permission.SETTINGS)
def invitations(doctor: int) -> ResponseReturnValue:
    """Choose to which account a doctor's appointments come as invitations."""
    invited.choose(staff.actor(), doctor, request.form.get("account") or None, now=now())
    return redirect(url_for("reception.doctors.doctors", said="changed"), code=303)


@blueprint.post("/<int(max=2147483647):doctor>/order")
@staff_only(Permission.SETTINGS)
def order(doctor: int) -> ResponseReturnValue:
    """Put a doctor higher or lower in the list."""
    use.put(staff.actor(), doctor, up=pages.up(), now=now())
    return redirect(url_for("reception.doctors.doctors", said="order"), code=303)
