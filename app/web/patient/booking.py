"""Booking, as a patient sees it: a time, who comes, one look at everything, booked."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.appointment import Hold
from app.domain.clinic import VisitType
from app.domain.refusals import (
    DayNearlyFull,
    DetailsMissing,
    HoldClosed,
    HoldEnded,
    NothingHeld,
    NothingOffered,
    NotOffered,
    PhoneOnly,
    Refused,
    SlotTaken,
    TooManyHolds,
)
from app.services import booking, hold, offer, visitor
from app.services.offer import Search
from app.storage.visitors import Visit
from app.web import languages, told
from app.web.access import Audience, access
from app.web.again import left, only_shown, shows_again
from app.web.clock import now
from app.web.kept import kept_page
from app.web.layout import language
from app.web.network import exempt
from app.web.patient import draft, keeping, times, typed, wishes
from app.web.patient.booking_form import NEEDS, DetailsForm, typed_before
from app.web.patient.held import ended, held
from app.web.patient.said import Said
from app.web.patient.steps import journey
from app.web.patient.wording import change_rule
from app.web.refusals import status
from app.web.visitor import clinic, forget_visit, needed_visit

blueprint = Blueprint("booking", __name__)
keeping.add_to(blueprint)

PAGE = "patient.booking.choose_time"
OTHERS_OFFERED = (SlotTaken, NotOffered, HoldEnded, TooManyHolds, DayNearlyFull)


@blueprint.get("/times")
@access(Audience.VISITOR)
def choose_time() -> ResponseReturnValue:
    """Show what is free, the next free time first."""
    return _times(_checked())


@blueprint.post("/times")
@access(Audience.VISITOR)
def keep_time() -> ResponseReturnValue:
    """Keep the chosen time, or say why not and offer others."""
    visit = _checked()
    try:
        wish = wishes.asked(request.form)
        hold.take(wish, visit=visit, clinic=clinic(), exempt=exempt(), now=now())
    except OTHERS_OFFERED as refusal:
        forget_visit()
        return _times(_checked(), refusal), status(refusal)
    return redirect(url_for(".details"), code=303)


@blueprint.route("/details", methods=["GET", "POST"])
@shows_again
@access(Audience.VISITOR)
def details() -> ResponseReturnValue:
    """Ask who comes; nothing is asked twice."""
    if request.method == "POST":
        draft.keep()
    visit = _checked()
    if (kept := _kept(visit)) is None:
        return _without_time(visit)
    form = _details_form(visit)
    if request.method == "POST" and not only_shown():
        if form.validate():
            points = told.points(visit)
            try:
                booking.save_details(
                    form.details(), visit=visit, told=points, clinic=clinic(), now=now()
                )
            except PhoneOnly as refusal:
                return _details(visit, kept, form, refusal), status(refusal)
            draft.forget()
            return redirect(url_for(".review"), code=303)
        return _details(visit, kept, form), 422
    return _details(visit, kept, form)


@blueprint.get("/review")
@access(Audience.VISITOR)
def review() -> ResponseReturnValue:
    """Show everything once more before it counts."""
    visit = _checked()
    if (kept := _kept(visit)) is None:
        return _without_time(visit)
    said = booking.details(visit)
    if said is None:
        return redirect(url_for(".details"), code=303)
    return render_template(
        "patient/booking/review.html",
        steps=journey("review", visit.way),
        held=held(kept, back="review"),
        slot=wishes.slot(kept.wish),
        said=said,
        typo=typed.likely(said.person.email),
        language_name=_language_name(said.person.language),
        needs="\n".join(str(NEEDS[need]) for need in said.needs if need in NEEDS),
        rule=change_rule(kept.wish, clinic()),
    )


@blueprint.post("/review")
@access(Audience.VISITOR)
def book() -> ResponseReturnValue:
    """Book the kept time; pressing twice books once."""
    visit = needed_visit()
    hold_id = request.form.get("hold", "")
    try:
        reference = booking.book(hold_id, visit=visit, clinic=clinic(), exempt=exempt(), now=now())
    except DetailsMissing:
        return redirect(url_for(".details"), code=303)
    except HoldClosed as refusal:
        return _near_closed(visit, refusal), status(refusal)
    except (*OTHERS_OFFERED, NothingHeld) as refusal:
        forget_visit()
        said = HoldEnded() if isinstance(refusal, NothingHeld) else refusal  # they had one
        return _times(_checked(), said), status(said)
    return redirect(url_for("patient.appointment.booked", reference=reference), code=303)


def _checked() -> Visit:
    """Return the visitor's session, or send the person to the safety check."""
    visit = needed_visit()
    visitor.check_safety(visit, now=now())
    return visit


def _without_time(visit: Visit) -> ResponseReturnValue:
    """Lead on whoever keeps no time: to what they booked just now, or to the times."""
    if (reference := booking.just_booked(visit)) is not None:  # the back button, a second window
        draft.forget()
        return redirect(url_for("patient.appointment.booked", reference=reference), code=303)
    return redirect(url_for(".choose_time", said=NothingHeld.code), code=303)


def _kept(visit: Visit) -> Hold | None:
    """Return the time kept for a new appointment; one kept to move another is none."""
    return visit.hold if visit.hold and visit.hold.moves_id is None else None


def bookable_types(visit: Visit) -> list[VisitType]:
    """Return what the person may book: what needs the primer only after reading it."""
    primer = visit.way == "primer" and visit.reading_id is not None
    types = [one for one in clinic().visit_types.values() if one.active]
    types = [one for one in types if primer or not one.needs_primer]
    if not types:
        raise NothingOffered
    return sorted(types, key=lambda one: one.needs_primer != primer)


def _near_closed(visit: Visit, refusal: HoldClosed) -> str:
    """Give up a time that was closed, and offer what is free near it."""
    hold.release(visit)
    forget_visit()
    search = wishes.near(visit.hold.wish, clinic()) if visit.hold else None
    return _times(_checked(), refusal, search)


def _times(visit: Visit, refusal: Refused | None = None, search: Search | None = None) -> str:
    types = bookable_types(visit)
    search = search or wishes.search(request.args, types, clinic())
    found = offer.find(search, clinic(), calendars=g.revisions.calendars, now=now())
    clock = times.clock_there(found, clinic(), now())
    kept, said = _kept(visit), _said(refusal)
    if kept and isinstance(refusal, HoldEnded) and kept.id != request.form.get("hold"):
        said = ended(request.form)

    def page() -> str:
        return render_template(
            "patient/booking/choose_time.html",
            steps=journey("time", visit.way),
            shown=times.shown(found, types, clinic(), page=PAGE),
            clock=clock,
            held=held(kept, back="choose_time") if kept else None,
            refusal=said,
            visit_slug=clinic().visit_types[search.visit_type_id].slug,
            action=url_for(".choose_time"),
        )

    if kept:
        return page()
    visits = tuple(one.id for one in types)
    return kept_page(
        ("choose time", found.key, clinic().revision, visits, visit.way, language(), clock, said),
        page,
    )


def _language_name(language: str) -> str | None:
    """Return what the language is called, where there is more than one to choose from."""
    names = languages.names()
    return names.get(language) if len(names) > 1 else None


def _said(refusal: Refused | None) -> Said | None:
    by_code = {one.code: one for one in (NothingHeld, HoldClosed)}
    told = by_code.get(request.args.get("said", ""))
    return Said.of(told() if refusal is None and told else refusal)


def _details_form(visit: Visit) -> DetailsForm:
    said = booking.details(visit)
    form = DetailsForm(
        request.form if request.method == "POST" else None,
        data=draft.kept() or (typed_before(said) if said else None),
        country=clinic().country,
        today=clinic().day_at(now()),
        language=language(),
    )
    if only_shown() and form.language.data == left():
        form.language.data = languages.current()  # nobody chose it: it was the page's
    return form


def _details(visit: Visit, kept: Hold, form: DetailsForm, refusal: Refused | None = None) -> str:
    return render_template(
        "patient/booking/details.html",
        steps=journey("details", visit.way),
        held=held(kept, back="details"),
        form=form,
        refusal=Said.of(refusal),
    )
