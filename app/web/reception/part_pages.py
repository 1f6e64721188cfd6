"""What the pages of places, doctors and visit types have in common: keep, look first, put."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.content import when
from app.domain.hours_refusals import WouldBreak
from app.domain.refusals import NotYours, Refused
from app.domain.setting import Fields, SettingChanged
from app.storage.parts import Coming
from app.web.languages import names
from app.web.layout import language
from app.web.reception import lost
from app.web.reception.setting_form import SettingForm
from app.web.refusals import say, status
from app.web.visitor import clinic, clinic_as_it_is

SAID = ("added", "changed", "order")  # what just happened, named in the address
AGREED = "agreed"  # the field that carries which appointments were seen
LOOK = "look"  # the button that shows how patients see it, and keeps nothing
Show = Callable[[SettingForm, Refused | None], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A coming appointment in words: whom to call about it."""

    reference: str
    moment: str
    doctor: str
    place: str
    name: str
    phone: str


def just_done() -> str | None:
    """Return what just happened, if the address names it."""
    said = request.args.get("said")
    return said if said in SAID else None


def tongues() -> dict[str, str]:
    """Return the languages in which patients read: the clinic's own first."""
    own = clinic_as_it_is().language
    return {own: names().get(own, own), **names()}


def sent(
    form: SettingForm, show: Show, keep: Callable[[], object], *, now_known: Callable[[], Fields],
    back: str, said: str,
) -> ResponseReturnValue:  # fmt: skip
    """Keep what was sent and lead back, or show it again: to be mended, looked at or refused."""
    fine = form.validate()
    if not fine or LOOK in request.form:
        return show(form, None), 200 if fine else 422
    try:
        keep()
    except NotYours:
        raise
    except Refused as refusal:
        if isinstance(refusal, SettingChanged):
            form.renewed(now_known())
        return show(form, refusal), status(refusal)
    return redirect(url_for(back, said=said), code=303)


def wrong(refusal: Refused | None) -> str | None:
    """Put a refusal into words; what would break has a box of its own."""
    return say(refusal) if refusal and not isinstance(refusal, WouldBreak) else None


def breaks(refusal: Refused | None) -> lost.Sight | None:
    """Return the appointments that would lose their time, if that is why nothing was kept."""
    return lost.sight(refusal, clinic()) if isinstance(refusal, WouldBreak) else None


def agreed() -> str:
    """Return the letters that say which of them somebody saw."""
    return request.form.get(AGREED, "")[:40]


def after_keeping(list_of_all: str) -> str:
    """Return where it goes on: to whoever lost their time, if somebody saw them; else back."""
    return "reception.rehouse.rehouse" if agreed() else list_of_all


def visits(coming: list[Coming]) -> list[Visit]:
    """Put coming appointments into words."""
    house, said = clinic(), language()
    return [
        Visit(
            reference=one.reference,
            moment=when.day_and_clock(one.start, house.locations[one.location_id].zone, said),
            doctor=house.clinicians[one.clinician_id].name,
            place=house.locations[one.location_id].name,
            name=one.name,
            phone=one.phone,
        )
        for one in coming
    ]


def up() -> bool:
    """Say whether a part goes up its list."""
    return request.form.get("to") == "up"
