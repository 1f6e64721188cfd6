"""The clinic's day: all doctors side by side, or one doctor's week."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.clinic import Clinician
from app.domain.refusals import NotYours
from app.domain.staff import Permission
from app.domain.wallclock import DAY, monday
from app.services import desk, outage
from app.web import staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language, written
from app.web.reception import board
from app.web.sent import number
from app.web.visitor import clinic

blueprint = Blueprint("day", __name__)

YEARS = range(2000, 2200)  # that a board can show
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """The day, the place and the doctor of an address; *odd* when its day is none."""

    on: date
    location_id: int | None
    clinician_id: int | None
    odd: bool


def asked() -> Asked:
    """Read what the address asks for; what it does not say is today, and everybody."""
    typed = request.args.get("date", "")
    on = day_of(typed)
    return Asked(
        on=on or today(),
        location_id=known(request.args.get("place"), clinic().locations),
        clinician_id=known(request.args.get("doctor"), clinic().clinicians),
        odd=bool(typed) and on is None,
    )


def day_of(typed: str) -> date | None:
    """Return the day that an address names, if it is one."""
    try:
        on = date.fromisoformat(typed[:20])
    except ValueError:
        return None
    return on if on.year in YEARS else None


def today() -> date:
    """Return the day on the clinic's wall."""
    return clinic().day_at(now())


def known(typed: str | None, things: Mapping[int, object]) -> int | None:
    """Return the number of one of the clinic's things, if it is one."""
    found = number(typed)
    return found if found in things else None


@dataclass(frozen=True, slots=True)
class Live:
    """Where the page asks whether its board changed, and by what it knows that it did not."""

    address: str
    tag: str


def _live(endpoint: str) -> Live:
    """Name this board as it is now; the minute is in it, since a held time ends by itself."""
    minute = now().strftime("%H%M")
    tag = f'"{desk.stamp(clinic())}-{minute}-{language()}"'
    ask = asked()
    address = url_for(
        f"reception.day.{endpoint}", date=ask.on, place=ask.location_id, doctor=ask.clinician_id
    )
    return Live(address, tag)


def _unless_known(live: Live, page: Callable[[Live], str]) -> ResponseReturnValue:
    """Show a board, or say that it is as it was."""
    if request.headers.get("If-None-Match") == live.tag:
        return Response(status=304, mimetype="text/plain")
    return page(live), {"ETag": live.tag}


@blueprint.get("/day")
@staff_only(Permission.SEE_DAY)
def day() -> ResponseReturnValue:
    """Show a day."""
    return _day(_live("day_live"))


@blueprint.get("/day/live")
@staff_only(Permission.SEE_DAY, by_itself=True)
def day_live() -> ResponseReturnValue:
    """Show the day to the page that shows it already, if it changed."""
    return _unless_known(_live("day_live"), _day)


def _day(live: Live) -> str:
    ask, house = asked(), clinic()
    found = desk.day(
        ask.on, location_id=ask.location_id, actor=staff.actor(), clinic=house, now=now()
    )
    return render_template(
        "reception/day/day.html",
        ask=ask,
        live=live,
        pack_old=staff.actor().may(Permission.SETTINGS) and outage.is_old(now=now()),
        board=board.shown(found, house, language(), by_day=False, now=now()),
        name=when.spelled(ask.on, language()),
        today=today(),
        before=ask.on - DAY,
        after=ask.on + DAY,
    )


@blueprint.get("/week")
@staff_only(Permission.SEE_DAY)
def week() -> ResponseReturnValue:
    """Show the week of one doctor."""
    return _week(_live("week_live"))


@blueprint.get("/week/live")
@staff_only(Permission.SEE_DAY, by_itself=True)
def week_live() -> ResponseReturnValue:
    """Show the week to the page that shows it already, if it changed."""
    return _unless_known(_live("week_live"), _week)


def _week(live: Live) -> str:
    ask, house, actor = asked(), clinic(), staff.actor()
    doctors = [one for one in house.clinicians.values() if one.active and actor.sees(one.id)]
    clinician_id = ask.clinician_id or _first(doctors, actor.clinician_id)
    found = desk.week(ask.on, clinician_id, actor=actor, clinic=house, now=now())
    first = monday(ask.on)
    return render_template(
        "reception/day/week.html",
        ask=ask,
        live=live,
        doctor=house.clinicians[clinician_id],
        doctors=doctors,
        board=board.shown(found, house, language(), by_day=True, now=now()),
        name=written(first),
        today=today(),
        before=first - WEEK,
        after=first + WEEK,
    )


def _first(doctors: list[Clinician], own: int | None) -> int:
    ids = [one.id for one in doctors]
    if not ids:
        raise NotYours
    return own if own in ids else ids[0]
