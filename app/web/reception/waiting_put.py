"""Putting somebody on the waiting list at the desk: from an appointment, or a caller."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.refusals import AlreadyOver, NothingOffered, Refused
from app.domain.staff import Permission
from app.services import attending, waiting
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.patient.said import Said
from app.web.patient.waiting_form import PlaceForm, WishesForm
from app.web.reception.day import today
from app.web.refusals import status
from app.web.visitor import clinic

blueprint = Blueprint("waiting_put", __name__)


@blueprint.route("/appointment/<reference>/wait", methods=["GET", "POST"])
@staff_only(Permission.RUN_DAY)
def earlier(reference: str) -> ResponseReturnValue:
    """Ask which earlier times would suit somebody who has an appointment."""
    house, actor = clinic(), staff.actor()
    about = attending.find(reference, actor)
    known = waiting.at_desk(reference, actor=actor)
    form = WishesForm.of(about.wish, known, house, today())
    refusal: Refused | None = None
    if request.method == "POST" and form.validate():
        try:
            waiting.put_on(reference, form.wishes(), actor=actor, clinic=house, now=now())
        except AlreadyOver as over:
            refusal = over
        else:
            return redirect(url_for("reception.waiting.waiting_list", done="on"), code=303)
    place = house.locations[about.wish.location_id]
    page = render_template(
        "reception/waiting_put/earlier.html",
        about=about,
        form=form,
        known=known,
        moment=when.day_and_clock(about.interval.start, place.zone, language(), named=True),
        refusal=Said.of(refusal),
    )
    return page, status(refusal) if refusal else 422 if request.method == "POST" else 200


@blueprint.route("/waiting/new", methods=["GET", "POST"])
@staff_only(Permission.RUN_DAY)
def newcomer() -> ResponseReturnValue:
    """Ask who waits, and for what."""
    house = clinic()
    types = [one for one in house.visit_types.values() if one.active]
    if not types:
        raise NothingOffered
    form = PlaceForm(
        request.form if request.method == "POST" else None,
        clinic=house,
        types=types,
        today=today(),
        language=language(),
        country=house.country,
        mail_needed=False,
        **_who(request.args.get("like", "")),
    )
    if request.method == "POST" and form.validate():
        waiting.put_on_new(
            form.person(), form.wishes(), actor=staff.actor(), clinic=house, now=now()
        )
        return redirect(url_for("reception.waiting.waiting_list", done="on"), code=303)
    page = render_template("reception/waiting_put/newcomer.html", form=form)
    return page, 422 if request.method == "POST" else 200


def _who(reference: str) -> dict[str, str]:
    """Return the fields of somebody who was here before, so that nobody types them again."""
    if not reference:
        return {}
    person = attending.find(reference, staff.actor()).person
    born = person.birth_date
    return {
        "name": person.name,
        "bday_month": str(born.month),
        "bday_day": str(born.day),
        "bday_year": str(born.year),
        "email": person.email,
        "phone": person.phone,
    }
