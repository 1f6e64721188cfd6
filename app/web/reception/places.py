"""The places where patients are seen."""

from collections.abc import Mapping
from typing import ClassVar

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as later
from wtforms import BooleanField, SelectField, StringField

from app.domain.refusals import Refused
from app.domain.setting import ZoneInUse
from app.domain.staff import Permission
from app.services import places as use
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.patient import typed
from app.web.reception import part_pages as pages
from app.web.reception.setting_form import Reader, SettingForm, some_words, words, zone_name, zones
from app.web.refusals import wrong
from app.web.visitor import clinic, clinic_as_it_is

blueprint = Blueprint("places", __name__, url_prefix="/settings/places")


class PlaceForm(SettingForm):
    """A place: where it is, how to get in, and by which clock."""

    name = StringField(later("Name"))
    address = StringField(later("Address"))
    directions = StringField(later("How to get there"))
    zone = SelectField(later("Time zone"))
    active = BooleanField(later("In use"), default=True)
    READERS: ClassVar[Mapping[str, Reader]] = {
        "name": typed.name, "address": some_words, "directions": words, "zone": zone_name,
        "active": bool,
    }  # fmt: skip
    SAID = ("address", "directions")

    def offer(self) -> None:
        """Offer every time zone; the clinic's own for a new place."""
        self.zone.choices = list(zones())
        self.zone.data = self.zone.data or clinic_as_it_is().zone.key


@blueprint.get("")
@staff_only(Permission.SETTINGS)
def places() -> ResponseReturnValue:
    """List the places in the order in which patients see them."""
    return render_template(
        "reception/places/places.html", places=clinic().locations.values(), said=pages.just_done()
    )


@blueprint.route("/new", methods=["GET", "POST"])
@staff_only(Permission.SETTINGS)
def new() -> ResponseReturnValue:
    """Add a place."""
    form = PlaceForm.asked()
    return pages.kept_or_shown(
        form, _new, lambda: use.add(staff.actor(), form.values, now=now()),
        now_known=dict, back="reception.places.places", said="added",
    )  # fmt: skip


def _new(form: SettingForm, refusal: Refused | None) -> str:
    return render_template(
        "reception/places/new.html", form=form, wrong=wrong(refusal), tongues=pages.tongues()
    )


@blueprint.route("/<int(max=2147483647):place>", methods=["GET", "POST"])
@staff_only(Permission.SETTINGS)
def place(place: int) -> ResponseReturnValue:
    """Show a place, and change it."""
    who = staff.actor()
    form = PlaceForm.asked(use.find(who, place))

    def show(form: SettingForm, refusal: Refused | None) -> str:
        told = isinstance(refusal, ZoneInUse)
        return render_template(
            "reception/places/place.html",
            form=form,
            place=clinic().locations[place],
            wrong=wrong(pages.other_than_breaking(refusal)),
            to_call=pages.in_words(use.coming(who, place, now=now())) if told else [],
            breaks=pages.breaks(refusal),
            seen_again=bool(pages.agreed()),
            tongues=pages.tongues(),
        )

    return pages.kept_or_shown(
        form, show,
        lambda: use.change(
            who, place, form.values, seen=form.seen.data or "", agreed=pages.agreed(), now=now()
        ),
        now_known=lambda: use.find(who, place), said="changed",
        back=pages.after_keeping("reception.places.places"),
    )  # fmt: skip


@blueprint.post("/<int(max=2147483647):place>/order")
@staff_only(Permission.SETTINGS)
def order(place: int) -> ResponseReturnValue:
    """Put a place higher or lower in the list."""
    use.put(staff.actor(), place, up=pages.up(), now=now())
    return redirect(url_for("reception.places.places", said="order"), code=303)
