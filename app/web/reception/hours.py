"""Hours: when a doctor receives, week for week and on single days."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.hours import Closure, WeeklyHours
from app.domain.hours_refusals import HoursChanged, WouldBreak
from app.domain.refusals import NotYours, Refused
from app.domain.staff import Permission
from app.domain.wallclock import monday
from app.domain.weekly import patterns
from app.services import hours as use
from app.services import opening as openings
from app.web import sent, staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import written
from app.web.patient.said import Said
from app.web.reception import closure_form, hours_form, hours_rows, lost, wall, week_picture
from app.web.reception.day import asked, known, today
from app.web.reception.hours_form import OpeningForm, TimesForm, WeeklyForm
from app.web.refusals import status
from app.web.visitor import clinic

blueprint = Blueprint("hours", __name__, url_prefix="/hours")

WEEK = timedelta(days=7)
CLOSURES = 4  # that the page names; the list of closures has them all
SAID = ("given", "changed", "taken", "opened", "unopened")  # named in the address


@blueprint.get("")
@staff_only(Permission.HOURS)
def hours() -> ResponseReturnValue:
    """Show the hours of one doctor, and how a week of them looks."""
    house, actor, ask = clinic(), staff.actor(), asked()
    doctors = use.doctors(house, actor)
    if not doctors:
        raise NotYours
    own = actor.clinician_id if actor.clinician_id in doctors else doctors[0]
    doctor = ask.clinician_id if ask.clinician_id in doctors else own
    first = monday(ask.on)
    theirs = house.hours[doctor or 0]
    standing = [
        one for one in theirs.weekly if one.valid_until is None or one.valid_until >= today()
    ]
    there = {one.location_id for one in theirs.weekly} | {
        one.location_id for one in theirs.openings
    }
    closing = [
        one for one in theirs.closures if one.location_id is None or one.location_id in there
    ]
    coming = sorted((one for one in theirs.openings if one.day >= today()), key=lambda one: one.day)
    return render_template(
        "reception/hours/hours.html",
        doctor=house.clinicians[doctor or 0],
        doctors=[house.clinicians[id_] for id_ in doctors],
        mine=actor.arranges(doctor),
        monday=first,
        name=written(first),
        before=first - WEEK,
        after=first + WEEK,
        picture=week_picture.week(doctor or 0, first, house),
        rows=[hours_rows.weekly(rules, house) for rules in patterns(standing)],
        openings=[hours_rows.opening(one, house) for one in coming],
        closures=_closures(closing),
        said=sent.just_done(SAID),
    )


def _closures(closures: Sequence[Closure]) -> list[dict[str, str]]:
    """Say what is to come of whatever closes these hours, the first first."""
    coming = sorted(
        (one for one in closures if wall.last_day(one) >= today()), key=lambda one: one.starts
    )
    return [
        {"span": wall.said(one), "whose": closure_form.whose(one, clinic()), "note": one.note}
        for one in coming[:CLOSURES]
    ]


@blueprint.route("/add", methods=["GET", "POST"])
@staff_only(Permission.HOURS)
def add() -> ResponseReturnValue:
    """Give a doctor hours."""
    doctor = _doctor()
    form = WeeklyForm.asked(clinic(), first=str(today()), every="1", ways=[hours_form.IN_PERSON])
    if request.method != "POST" or not form.read() or form.pattern is None:
        return _form("add", doctor, form), 422 if request.method == "POST" else 200
    try:
        use.add(doctor, form.pattern, clinic=clinic(), actor=staff.actor(), now=now())
    except Refused as refusal:
        return _form("add", doctor, form, refusal), status(refusal)
    return _back(doctor, "given")


@blueprint.route("/<int(max=2147483647):rule>", methods=["GET", "POST"])
@staff_only(Permission.HOURS)
def change(rule: int) -> ResponseReturnValue:
    """Let other hours follow, or end these."""
    doctor, rules = use.find(rule, clinic=clinic(), actor=staff.actor())
    form = WeeklyForm.asked(clinic(), **hours_form.known(rules, today()))
    if request.method != "POST" or not form.read() or form.pattern is None:
        code = 422 if request.method == "POST" else 200
        return _form("change", doctor, form, rules=rules), code
    try:
        use.change(
            doctor, rule, form.pattern, was=sent.mark("was"), seen=sent.mark("seen"),
            clinic=clinic(), actor=staff.actor(), now=now(),
        )  # fmt: skip
    except Refused as refusal:
        return _form("change", doctor, form, refusal, rules=rules), status(refusal)
    return _back(doctor, "changed")


@blueprint.post("/<int(max=2147483647):rule>/take-away")
@staff_only(Permission.HOURS)
def take_away(rule: int) -> ResponseReturnValue:
    """Take hours away that were given by mistake."""
    try:
        doctor, rules = use.find(rule, clinic=clinic(), actor=staff.actor())
    except NotYours:  # gone already
        return redirect(url_for("reception.hours.hours", said="taken"), code=303)
    try:
        use.take_away(
            doctor, rule, was=sent.mark("was"), seen=sent.mark("seen"), clinic=clinic(),
            actor=staff.actor(), now=now(),
        )  # fmt: skip
    except WouldBreak as refusal:
        return _drop(doctor, refusal), status(refusal)
    except HoursChanged as refusal:
        form = WeeklyForm(data=hours_form.known(rules, today()))
        form.offer(clinic())
        return _form("change", doctor, form, refusal, rules=rules), status(refusal)
    return _back(doctor, "taken")


@blueprint.route("/open", methods=["GET", "POST"])
@staff_only(Permission.HOURS)
def open_day() -> ResponseReturnValue:
    """Open some hours of one day."""
    doctor = _doctor()
    form = OpeningForm.asked(clinic(), ways=[hours_form.IN_PERSON])
    if request.method != "POST" or not form.read() or form.opening is None:
        return _form("open_day", doctor, form), 422 if request.method == "POST" else 200
    try:
        openings.open_day(doctor, form.opening, clinic=clinic(), actor=staff.actor(), now=now())
    except Refused as refusal:
        return _form("open_day", doctor, form, refusal), status(refusal)
    return _back(doctor, "opened")


@blueprint.post("/open/<int(max=2147483647):opening>/take-back")
@staff_only(Permission.HOURS)
def take_back(opening: int) -> ResponseReturnValue:
    """Take the opening of a day back."""
    found = openings.find(opening, clinic=clinic(), actor=staff.actor())
    if found is None:
        return redirect(url_for("reception.hours.hours", said="unopened"), code=303)
    try:
        openings.take_back(
            found[0],
            opening,
            seen=sent.mark("seen"),
            clinic=clinic(),
            actor=staff.actor(),
            now=now(),
        )
    except WouldBreak as refusal:
        return _drop(found[0], refusal), status(refusal)
    return _back(found[0], "unopened")


def _form(
    view: str,
    doctor: int,
    form: TimesForm,
    refusal: Refused | None = None,
    *,
    rules: Sequence[WeeklyHours] = (),
) -> str:
    """Show a form; what would break stands above it."""
    breaks = lost.sight(refusal, clinic()) if isinstance(refusal, WouldBreak) else None
    overtaken = isinstance(refusal, HoursChanged)
    first = bool(rules) and (request.method != "POST" or overtaken)
    return render_template(
        f"reception/hours/{view}.html",
        doctor=clinic().clinicians[doctor],
        form=form,
        row=hours_rows.weekly(rules, clinic()) if rules else None,
        was=use.sight(rules) if first else sent.mark("was"),
        breaks=breaks,
        seen_again=bool(breaks and sent.mark("seen")),
        refusal=Said.of(None if breaks else refusal),
        overtaken=overtaken,
    )


def _drop(doctor: int, refusal: WouldBreak) -> str:
    return render_template(
        "reception/hours/_drop.html",
        doctor=clinic().clinicians[doctor],
        breaks=lost.sight(refusal, clinic()),
        seen_again=bool(sent.mark("seen")),
        was=sent.mark("was"),
    )


def _doctor() -> int:
    """Return whose hours an address means, or a form that came without its address."""
    found = known(request.values.get("doctor"), clinic().clinicians)
    if found is None:
        raise NotYours
    use.check_whose(found, clinic(), staff.actor())
    return found


def _back(doctor: int, said: str) -> ResponseReturnValue:
    """Go on to the appointments that were seen to lose their time, if any; else to the hours."""
    if sent.mark("seen"):
        return redirect(url_for("reception.rehouse.rehouse"), code=303)
    return redirect(url_for("reception.hours.hours", doctor=doctor, said=said), code=303)
