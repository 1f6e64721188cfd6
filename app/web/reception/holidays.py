"""Public holidays: looked at, ticked, and closed in one press."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.content import when
from app.domain.hours_refusals import WouldBreak
from app.domain.staff import Permission
from app.services import holidays as use
from app.services.holidays import Holiday
from app.web import sent, staff
from app.web.access import staff_only
from app.web.clock import now
from app.web.layout import language
from app.web.reception import lost
from app.web.reception.day import known, today
from app.web.refusals import status
from app.web.visitor import clinic

blueprint = Blueprint("holidays", __name__, url_prefix="/holidays")

YEARS = 4  # that can be looked at, from this one on


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose holidays, of which year, and for which place (None: for all)."""

    country: str
    part: str
    year: int
    location_id: int | None


@blueprint.route("", methods=["GET", "POST"])
@staff_only(Permission.CLOSE_CLINIC)
def holidays() -> ResponseReturnValue:
    """Show a year's holidays, and close those that are ticked."""
    ask = _asked()
    found = use.preview(
        use.days(ask.country, ask.part, ask.year, clinic().language), ask.location_id,
        actor=staff.actor(), today=today(),
    )  # fmt: skip
    if request.method != "POST":
        return _page(ask, found)
    ticked = set(request.form.getlist("day"))
    wanted = [one for one in found if str(one.day) in ticked]
    seen = sent.mark("seen")
    try:
        many = use.take_over(
            wanted, ask.location_id, seen=seen, clinic=clinic(), actor=staff.actor(), now=now()
        )
    except WouldBreak as refusal:
        return _page(ask, found, refusal, ticked=ticked), status(refusal)
    if seen:
        return redirect(url_for("reception.rehouse.rehouse"), code=303)
    there = url_for(
        "reception.holidays.holidays", country=ask.country, part=ask.part, year=ask.year,
        place=ask.location_id, said=many,
    )  # fmt: skip
    return redirect(there, code=303)


def _asked() -> Asked:
    """Read what is asked for; what makes no sense is what the clinic is."""
    values = request.values
    country = values.get("country", "")
    country = country if country in use.countries() else clinic().country
    if country not in use.countries():
        country = "US"
    part = values.get("part", "")
    year = values.get("year", "")
    years = [str(number) for number in _years()]
    return Asked(
        country=country,
        part=part if part in use.parts(country) else "",
        year=int(year) if year in years else today().year,
        location_id=known(values.get("place"), clinic().locations),
    )


def _years() -> range:
    return range(today().year, today().year + YEARS)


def _page(
    ask: Asked,
    found: list[Holiday],
    refusal: WouldBreak | None = None,
    *,
    ticked: set[str] | None = None,
) -> str:
    breaks = lost.sight(refusal, clinic()) if refusal else None
    return render_template(
        "reception/holidays/holidays.html",
        ask=ask,
        countries=_countries(),
        parts=sorted(use.parts(ask.country).items(), key=lambda part: part[1]),
        years=_years(),
        places=[one for one in clinic().locations.values() if one.active],
        days=[(one, when.spelled(one.day, language())) for one in found],
        ticked=ticked,
        new=any(not one.there and not one.over for one in found),
        breaks=breaks,
        seen_again=bool(breaks and request.form.get("seen")),
        said=_said(),
    )


def _countries() -> list[tuple[str, str]]:
    """Return the countries in the reader's language, in the order of their names."""
    names = when.locale_of(language()).territories
    return sorted(((code, names.get(code, code)) for code in use.countries()), key=lambda c: c[1])


def _said() -> str | None:
    """Say what came of the press before."""
    many = sent.number(request.args.get("said"))
    if many is None:
        return None
    if not many:
        return str(_("Nothing was added: it is closed already, or nothing was ticked."))
    return str(ngettext("One day is closed now.", "%(num)s days are closed now.", many))
