"""What the pages of places, doctors and visit types have in common: keep, look first, put."""

from collections.abc import Callable, Iterable

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.hours_refusals import WouldBreak
from app.domain.refusals import NotYours, Refused
from app.domain.rehousing import Coming
from app.domain.setting import Fields, SettingChanged
from app.web import sent
from app.web.languages import names
from app.web.reception.lost import Line, Sight, line, sight
from app.web.reception.setting_form import SettingForm
from app.web.refusals import status
from app.web.visitor import clinic, clinic_as_it_is

SAID = ("added", "changed", "order")  # what just happened, named in the address
AGREED = "agreed"  # the field that carries which appointments were seen
LOOK = "look"  # the button that shows how patients see it, and keeps nothing
Show = Callable[[SettingForm, Refused | None], str]


def just_done() -> str | None:
    """Return what just happened, if the address names it."""
    return sent.just_done(SAID)


def tongues() -> dict[str, str]:
    """Return the languages in which patients read: the clinic's own first."""
    own = clinic_as_it_is().language
    return {own: names().get(own, own), **names()}


def kept_or_shown(
    form: SettingForm, show: Show, keep: Callable[[], object], *, now_known: Callable[[], Fields],
    back: str, said: str,
) -> ResponseReturnValue:  # fmt: skip
    """Keep what was sent and lead back, or show it: at first, to mend, to look at, or refused."""
    if request.method != "POST":
        return show(form, None)
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


def breaks(refusal: Refused | None) -> Sight | None:
    """Return the appointments that would lose their time, if that is why nothing was kept."""
    return sight(refusal, clinic()) if isinstance(refusal, WouldBreak) else None


def other_than_breaking(refusal: Refused | None) -> Refused | None:
    """Return any other reason: what would break has a box of its own."""
    return None if isinstance(refusal, WouldBreak) else refusal


def agreed() -> str:
    """Return the letters that say which of them somebody saw."""
    return request.form.get(AGREED, "")[:40]


def after_keeping(list_of_all: str) -> str:
    """Return where it goes on: to whoever lost their time, if somebody saw them; else back."""
    return "reception.rehouse.rehouse" if agreed() else list_of_all


def in_words(coming: Iterable[Coming]) -> list[Line]:
    """Say of some appointments whom to call about them."""
    return [line(one, clinic()) for one in coming]


def up() -> bool:
    """Say whether a part goes up its list."""
    return request.form.get("to") == "up"
