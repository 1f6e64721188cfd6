"""Appointments that lost their time, in words: how each stands, and the times for it."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as later

from app.content import when
from app.domain.appointment import Wish
from app.domain.clinic import Clinic
from app.domain.rehousing import Case, State
from app.web.layout import language
from app.web.patient import wishes
from app.web.reception import lost
from app.web.reception.chronicle import CALLS
from app.web.reception.there import there

STATES = {
    State.OPEN: ("warn", "warn", later("Nobody was asked yet")),
    State.ASKED: ("mail", "quiet", later("Asked by mail")),
    State.SAID_NO: ("cross", "warn", later("Said no to the times")),
    State.NO_ANSWER: ("clock", "warn", later("Did not answer")),
    State.MOVED: ("tick", "go", later("Moved")),
    State.CANCELLED: ("cut", "quiet", later("Cancelled")),
    State.HOME: ("tick", "go", later("Has its time again")),
    State.OVER: ("clock", "quiet", later("Its time is over")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A free time, on a box to tick and a button to press."""

    value: str
    moment: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One of them."""

    line: lost.Line
    state: State
    sign: str
    look: str
    word: str
    was: str
    until: str
    proposal_id: str | None
    called: str
    left: bool
    revision: int
    times: list[Time]


def row(case: Case, clinic: Clinic) -> Row:
    """Put one into words."""
    sign, look, word = STATES[case.state]
    called = f"{CALLS[case.called]}, {_said(case.called_at, clinic)}" if case.called else ""
    return Row(
        line=lost.line(case.coming, clinic),
        state=case.state,
        sign=sign,
        look=look,
        word=str(word),
        was=there(case.stood_at, case.coming.wish.location_id, clinic),
        until=_said(case.answer_by, clinic) if case.state is State.ASKED else "",
        proposal_id=case.proposal_id,
        called=called,
        left=case.is_left,
        revision=case.coming.revision,
        times=[_time(wish, case, clinic) for wish in sorted(case.times, key=lambda one: one.start)],
    )


def _time(wish: Wish, case: Case, clinic: Clinic) -> Time:
    """Name doctor and place only where they are others."""
    old, words = case.coming.wish, []
    if wish.clinician_id != old.clinician_id:
        words.append(clinic.clinicians[wish.clinician_id].name)
    if wish.location_id != old.location_id:
        words.append(clinic.locations[wish.location_id].name)
    return Time(
        value=wishes.slot(wish),
        moment=there(wish.start, wish.location_id, clinic),
        who=", ".join(words),
    )


def _said(instant: datetime | None, clinic: Clinic) -> str:
    if instant is None:
        return ""
    return when.day_and_clock(instant, clinic.zone, language(), named=clinic.clocks_differ)
