"""The safety check, before anything else, on both ways: who must not wait for an appointment."""

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from phonenumbers import PhoneNumberMatcher

from app.content.safety import SafetyTier
from app.domain.refusals import EditionGone
from app.domain.safety import Answer, Checked, GoOn, Missing, Stop, Tier, assess
from app.services import safety
from app.storage.visitors import Visit
from app.web import guide, told
from app.web.access import Audience, access
from app.web.again import only_shown, shows_again
from app.web.clock import now
from app.web.patient import reader, to_read
from app.web.patient.steps import journey
from app.web.visitor import begin, clinic, forget_visit, needed_visit, visit

blueprint = Blueprint("safety", __name__)
blueprint.register_error_handler(EditionGone, reader.offer_another)

WAY = "<any(primer, general):way>"
PASSED = "passed"  # when each screen was passed; never what was answered
LASTS = timedelta(hours=1)
SCREENS = {
    Tier.EMERGENCY: "patient.safety.urgent",
    Tier.CALL_TODAY: "patient.safety.today",
    Tier.BOOK_AND_TELL: "patient.safety.tell",
}
STOPS = {
    Tier.EMERGENCY: "patient/safety/stop.html",
    Tier.CALL_TODAY: "patient/safety/call_today.html",
}


@blueprint.route(f"/safety/{WAY}", methods=["GET", "POST"])
@shows_again
@access(Audience.PUBLIC)
def urgent(way: str) -> ResponseReturnValue:
    """Ask what cannot wait at all."""
    return _screen(Tier.EMERGENCY, way)


@blueprint.route(f"/safety/{WAY}/today", methods=["GET", "POST"])
@shows_again
@access(Audience.PUBLIC)
def today(way: str) -> ResponseReturnValue:
    """Ask what cannot wait for an appointment."""
    return _screen(Tier.CALL_TODAY, way)


@blueprint.route(f"/safety/{WAY}/tell", methods=["GET", "POST"])
@shows_again
@access(Audience.PUBLIC)
def tell(way: str) -> ResponseReturnValue:
    """Ask what the doctor should know."""
    return _screen(Tier.BOOK_AND_TELL, way)


@blueprint.get(f"/safety/{WAY}/noted")
@access(Audience.VISITOR)
def noted(way: str) -> ResponseReturnValue:
    """Say what the doctor will be told, and what to watch for."""
    answers = told.kept(needed_visit())
    tier = guide.safety().tier(Tier.BOOK_AND_TELL)
    items = [(item, answers[item.id]) for item in tier.items if item.id in answers]
    if not items:
        return redirect(_onward(way), code=303)
    return render_template(
        "patient/safety/noted.html",
        items=items,
        tier=tier,
        steps=journey("safety", way),
        onward=_onward(way),
    )


def _screen(tier: Tier, way: str) -> ResponseReturnValue:
    if way == "primer" and not guide.offered():
        return redirect(url_for(SCREENS[tier], way="general"), code=303)
    skipped = next((one for one in _before(tier) if not _passed(one)), None)
    if skipped is not None:
        return redirect(url_for(SCREENS[skipped], way=way), code=303)
    asked = guide.safety().tier(tier)
    if request.method != "POST" or only_shown():
        return _ask(asked, way)
    match assess(asked.rules, _answers(asked)):
        case Missing(ids):
            return _ask(asked, way, missing=ids), 422
        case Stop() as stop:
            return _stop(asked, stop, way)
        case GoOn() as passed:
            return _go_on(asked, passed, way)


def _ask(asked: SafetyTier, way: str, missing: tuple[str, ...] = ()) -> str:
    sentence = _("Choose “Yes”, “No” or “Not sure”.")
    numbered = enumerate((item.id for item in asked.items), start=1)
    faults = [(id_, _("Question %(number)s", number=n)) for n, id_ in numbered if id_ in missing]
    return render_template(
        f"{SCREENS[asked.tier].replace('.', '/')}.html",
        check=guide.safety(),
        asked=asked,
        answers=_answers(asked),
        faults=faults,
        goes_on=asked.tier is Tier.EMERGENCY and reader.code_waits(),
        sentence=sentence,
        way=way,
        steps=journey("safety", way),
    )


def _answers(asked: SafetyTier) -> dict[str, Answer]:
    given = ((item.id, request.form.get(item.id)) for item in asked.items)
    return {id_: Answer(value) for id_, value in given if value in set(Answer)}


def _stop(asked: SafetyTier, stop: Stop, way: str) -> str:
    """Say what to do instead of booking; who had passed before has not passed any more.

    The screens before stay passed: a wrong press leads back to this one with its answers.
    """
    times = session.get(PASSED, {})
    session[PASSED] = {tier: times[tier] for tier in _before(asked.tier) if tier in times}
    if (known := visit()) is not None:
        safety.stopped(_checked(stop.tier), visit=known, now=now())
        to_read.stop()
    check = guide.safety()
    return render_template(
        STOPS[stop.tier],
        check=check,
        tier=check.tier(stop.tier),
        texts=check.screen_texts(stop.ids),
        number=_number(),
        answers=_answers(asked),
        back=url_for(SCREENS[asked.tier], way=way),
    )


def _number() -> str:
    """Return the number to call today: the one in the words on the nurse line, or the clinic's."""
    line, country = clinic().nurse_line or "", clinic().country
    found = (match.raw_string for match in PhoneNumberMatcher(line, country))
    return next(found, clinic().phone)


def _go_on(asked: SafetyTier, passed: GoOn, way: str) -> ResponseReturnValue:
    session[PASSED] = {**session.get(PASSED, {}), asked.tier: now().isoformat()}
    following = list(SCREENS)[list(SCREENS).index(asked.tier) + 1 :]
    if following:
        return redirect(url_for(SCREENS[following[0]], way=way), code=303)
    checked = _checked(Tier.BOOK_AND_TELL if passed.told else None, passed.told)
    known = _pass(checked, way)
    told.keep(checked, known)
    reader.use_code(known)
    onward = url_for("patient.safety.noted", way=way) if passed.told else _onward(way)
    return redirect(onward, code=303)


def _pass(checked: Checked, way: str) -> Visit:
    known = visit()
    if known is None:
        return begin(way, safety_passed=True)
    safety.passed(checked, visit=known, way=way, now=now())
    forget_visit()
    return needed_visit()


def _checked(tier: Tier | None, to_tell: tuple[tuple[str, Answer], ...] = ()) -> Checked:
    """Say which check it was and how it ended."""
    copy = guide.copy()
    return Checked(
        at=now(),
        edition=copy.edition,
        language=copy.language,
        jurisdiction=copy.jurisdiction,
        words=copy.clinic_words,
        sha=guide.safety().sha,
        tier=tier,
        told=to_tell,
    )


def _onward(way: str) -> str:
    if way == "general":
        return url_for("patient.booking.choose_time")
    return url_for("patient.primer.page", part=reader.next_part(needed_visit()))


def _before(tier: Tier) -> list[Tier]:
    return list(SCREENS)[: list(SCREENS).index(tier)]


def _passed(tier: Tier) -> bool:
    at: Any = session.get(PASSED, {}).get(tier)
    return at is not None and now() - datetime.fromisoformat(at) < LASTS
