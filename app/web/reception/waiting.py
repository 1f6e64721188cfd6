"""The waiting list at the desk: who waits for what, what they were offered, and a time for them."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.appointment import Wish
from app.domain.clinic import Clinic
from app.domain.proposal import Proposal
from app.domain.refusals import NotYours, Refused
from app.domain.staff import Permission
from app.domain.waiting import NotWaiting, Waiting
from app.services import desk_booking, waiting, waiting_offers
from app.services.offer import Search
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.patient import wishes
from app.web.patient.said import Said
from app.web.patient.waiting_words import said
from app.web.patient.wording import moment
from app.web.reception import times
from app.web.reception.day import day_of, known, today
from app.web.reception.proposal import STATES
from app.web.refusals import status
from app.web.sent import just_done
from app.web.visitor import clinic

blueprint = Blueprint("waiting", __name__)


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that somebody was offered, and what became of it."""

    id: str
    when: str
    sign: str
    word: str
    until: str | None  # while it is open


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody on the list."""

    one: Waiting
    wants: str
    since: str
    has: str | None
    offered: list[Offered]


@blueprint.get("/waiting")
@staff_only(Permission.RUN_DAY)
def waiting_list() -> ResponseReturnValue:
    """Show who waits, whoever waits longest first."""
    house = clinic()
    visit = known(request.args.get("visit"), house.visit_types)
    doctor = known(request.args.get("doctor"), house.clinicians)
    everybody = waiting.listing(actor=staff.actor(), clinic=house, now=now())
    found = [
        one
        for one in everybody
        if visit in (None, one.wishes.visit_type_id)
        and (doctor is None or not one.wishes.clinician_ids or doctor in one.wishes.clinician_ids)
    ]
    return render_template(
        "reception/waiting/waiting_list.html",
        places=_places(found, house),
        many=len(everybody),
        visit=visit,
        doctor=doctor,
        done=just_done(("off", "on"), "done"),
    )


@blueprint.get("/waiting/<place_id>")
@staff_only(Permission.RUN_DAY)
def place(place_id: str) -> ResponseReturnValue:
    """Show one of them, with times that could be offered now."""
    return _place(place_id)


@blueprint.post("/waiting/<place_id>")
@staff_only(Permission.RUN_DAY)
def offer_now(place_id: str) -> ResponseReturnValue:
    """Offer them a time."""
    try:
        made = waiting_offers.offer_now(
            place_id, wishes.asked(request.form), actor=staff.actor(), clinic=clinic(), now=now()
        )
    except (NotYours, NotWaiting):
        raise
    except Refused as refusal:
        return _place(place_id, refusal), status(refusal)
    return redirect(url_for("reception.proposal.proposal", proposal_id=made), code=303)


@blueprint.post("/waiting/<place_id>/off")
@staff_only(Permission.RUN_DAY)
def take_off(place_id: str) -> ResponseReturnValue:
    """Take them off the list; pressing twice takes them off once."""
    with suppress(NotWaiting):  # a colleague was quicker, or this is the second press
        waiting.take_off(place_id, actor=staff.actor(), now=now())
    return redirect(url_for("reception.waiting.waiting_list", done="off"), code=303)


def _place(place_id: str, refusal: Refused | None = None) -> str:
    house, actor = clinic(), staff.actor()
    one = waiting.find(place_id, actor=actor)
    first = day_of(request.args.get("date", "")) or today()
    doctor = known(request.args.get("doctor"), house.clinicians)
    if doctor is None and len(one.wishes.clinician_ids) == 1:
        (doctor,) = one.wishes.clinician_ids
    doctors = [
        each
        for each in house.clinicians.values()
        if each.active and actor.sees(each.id) and one.wishes.visit_type_id in each.visit_type_ids
    ]
    (shown,) = _places([one], house)
    return render_template(
        "reception/waiting/place.html",
        place=shown,
        one=one,
        doctors=doctors,
        doctor=doctor,
        first=first,
        days=_free(one, doctor, first, house),
        refusal=Said.of(refusal),
    )


def _free(one: Waiting, doctor: int | None, first: date, house: Clinic) -> list[times.Day]:
    search = Search(
        visit_type_id=one.wishes.visit_type_id,
        video=one.wishes.video,
        clinician_id=doctor,
        from_day=first,
    )
    found = desk_booking.free_times(search, actor=staff.actor(), clinic=house, now=now())
    return times.days(found.days, house)


def _places(found: list[Waiting], house: Clinic) -> list[Place]:
    offers = waiting.offers([one.id for one in found])
    return [
        Place(
            one=one,
            wants=said(one.wishes, house),
            since=when.day(one.since, house.zone, language(), year=False),
            has=_has(one, house),
            offered=[_offered(each, house) for each in offers.get(one.id, [])],
        )
        for one in found
    ]


def _offered(each: Proposal, house: Clinic) -> Offered:
    open_ = each.is_open(now=now())
    sign, word = STATES[each.ended(now=now())]
    return Offered(
        id=each.id,
        when=_moment(each.times[0], house),
        sign=sign,
        word=str(word),
        until=_until(each, house) if open_ else None,
    )


def _until(each: Proposal, house: Clinic) -> str:
    return when.day_and_clock(each.answer_by, house.zone, language(), named=house.clocks_differ)


def _has(one: Waiting, house: Clinic) -> str | None:
    if one.has is None:
        return None
    return moment(one.has, house.zone, language(), named=house.clocks_differ)


def _moment(wish: Wish, house: Clinic) -> str:
    zone = house.locations[wish.location_id].zone
    return moment(wish.start, zone, language(), named=house.clocks_differ)
