"""Finding another time for the appointments that lost theirs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.appointment import Wish
from app.domain.clinic import Clinic
from app.domain.proposal import Answer, Kind, Proposal, answer_by
from app.domain.refusals import NotYours, Refused, UnknownAnswer
from app.domain.rehousing import Call, Case, Progress, State, can_be_mailed
from app.domain.staff import Permission, Staff
from app.services import attending, breaking, proposal
from app.services.nearby import Times
from app.storage import coming, hours, journal, proposals, rehousing
from app.storage.coming import Standing
from app.storage.database import reading, retried, transaction
from app.storage.models import Status
from app.storage.rehousing import Lost

RECENT = timedelta(days=14)  # what was settled since is shown with what is left
ANSWER_HOURS = 24  # by day: two days
CALL = "call"
STOOD = {None: State.ASKED, Answer.NO: State.SAID_NO, Answer.LAPSED: State.NO_ANSWER}


def left(*, actor: Staff, clinic: Clinic, now: datetime) -> dict[int, int]:
    """Return how many appointments are still without a home, by the closure that took theirs."""
    found = rehousing.standing(reading(), _calendars(actor, clinic), now=now)
    homeless = breaking.outside(clinic, [one for _, one in found])
    return dict(Counter(closure_id for closure_id, one in found if one.id in homeless))


def progress(closure_id: int | None, *, actor: Staff, clinic: Clinic, now: datetime) -> Progress:
    """Return how far it is with what a closure took the time of, or with all of them (None).

    The same few statements however many they are.  Raises NotYours for a closure that is none.
    """
    ids, session = _calendars(actor, clinic), reading()
    if closure_id is None:
        homeless = breaking.outside(clinic, coming.standing(session, ids, now=now))
        lost = rehousing.of_all(session, homeless, ids, since=now - RECENT)
    else:
        if hours.find_closure(session, closure_id) is None:
            raise NotYours
        lost = rehousing.of_closure(session, closure_id, ids)
        homeless = breaking.outside(clinic, [_standing(one) for one in lost])
    offered = _latest(proposals.of_appointments(session, [one.coming.id for one in lost]))
    cases = [_case(one, homeless, offered.get(one.coming.id), now=now) for one in lost]
    return Progress(tuple(_with_times(session, cases, clinic, actor, now=now)))


def _calendars(actor: Staff, clinic: Clinic) -> list[int]:
    actor.needs(Permission.RUN_DAY)
    return actor.seen(clinic.clinicians)


def _standing(one: Lost) -> Standing:
    wish, span = one.coming.wish, one.coming.interval
    return Standing(
        one.coming.id, wish.clinician_id, wish.location_id, wish.video, span.start, span.end
    )


def _latest(found: Iterable[Proposal]) -> dict[str, Proposal]:
    latest: dict[str, Proposal] = {}
    for one in found:  # the latest comes first
        latest.setdefault(one.appointment_id or "", one)
    return latest


def _case(one: Lost, homeless: set[str], offered: Proposal | None, *, now: datetime) -> Case:
    return Case(
        coming=one.coming,
        state=_state(one, homeless, offered, now=now),
        stood_at=one.stood_at,
        called=one.called,
        called_at=one.called_at,
        proposal_id=offered.id if offered else None,
        answer_by=offered.answer_by if offered else None,
    )


def _state(one: Lost, homeless: set[str], offered: Proposal | None, *, now: datetime) -> State:
    if one.status == Status.CANCELLED:
        return State.CANCELLED
    if one.coming.id not in homeless:
        return State.HOME if one.coming.interval.start == one.stood_at else State.MOVED
    if one.status != Status.BOOKED or one.coming.interval.start < now:
        return State.OVER
    if offered is None:
        return State.OPEN
    return STOOD.get(offered.ended(now=now), State.OPEN)


def _with_times(
    session: Session, cases: Sequence[Case], clinic: Clinic, actor: Staff, *, now: datetime
) -> Iterable[Case]:
    """Give free times to whoever needs one, and none of them to two."""
    if not any(case.is_left for case in cases):
        return cases
    times = Times(session, clinic, actor, now=now)
    return [
        replace(case, times=times.near(case.coming)) if case.is_left else case for case in cases
    ]


def offer(
    reference: str, times: Sequence[Wish], *, actor: Staff, clinic: Clinic, now: datetime
) -> str:
    """Mail some times to choose from, and hold them; return the proposal's id.

    Raises what `proposal.make` raises.
    """
    starts = [wish.start for wish in times] or [now]
    until = answer_by(ANSWER_HOURS, clinic.zone, starts, now=now)
    return proposal.make(
        reference, times, Kind.REHOUSE, answer_by=until, actor=actor, clinic=clinic, now=now
    )


def offer_all(
    closure_id: int | None, *, actor: Staff, clinic: Clinic, now: datetime
) -> tuple[int, int]:
    """Mail times to everybody who can be asked by mail; return (asked, still to be asked).

    Each is asked for themselves: where somebody else was quicker, the others are still asked.
    """
    found = progress(closure_id, actor=actor, clinic=clinic, now=now)
    asked, refused = 0, False
    for case in filter(can_be_mailed, found.cases):
        try:
            offer(case.coming.reference, case.times, actor=actor, clinic=clinic, now=now)
            asked += 1
        except Refused:  # somebody was quicker: with the time, or with asking
            refused = True
    if not refused:
        return asked, 0
    return asked, progress(closure_id, actor=actor, clinic=clinic, now=now).to_mail


@retried
def call(reference: str, outcome: str, *, actor: Staff, now: datetime) -> None:
    """Note how a call ended.  Raises NotYours, UnknownAnswer."""
    about = attending.find(reference, actor)
    if outcome not in tuple(Call):
        raise UnknownAnswer
    with transaction() as session:
        rehousing.called(session, about.id, about.interval.start, Call(outcome), now=now)
        journal.note(
            session, CALL, actor=actor.signature, appointment_id=about.id, now=now,
            outcome=outcome,
        )  # fmt: skip
