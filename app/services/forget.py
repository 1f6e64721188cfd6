"""Forgetting what has no purpose any more."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.domain.booking import KEEP_ENDED_HOLDS, LINK_LASTS
from app.domain.previsit import KEPT
from app.domain.reply import RAW_KEPT
from app.domain.settle import KEPT as SETTLED_KEPT
from app.domain.waiting import KEPT as WAITING_KEPT
from app.services import figures, handover
from app.services.visitor import AT_MOST, IDLE
from app.storage import (
    handovers,
    holds,
    journal,
    people,
    previsits,
    question_lists,
    readings,
    replies,
    settle,
    staff_factors,
    staff_sessions,
    staff_tokens,
    staff_waits,
    subscriptions,
    tallies,
    visitors,
    waiting,
)
from app.storage.database import reading, transaction

READING_LASTS = timedelta(days=30)
YESTERDAY = timedelta(days=1)
BROWSER_LASTS = timedelta(days=365)
A_ROUND = 100  # readings counted at once: others wait for the lock meanwhile


def run(*, now: datetime) -> None:
    """Forget what was held, idle sessions, unused details, old readings and forms, and counts."""
    if not _anything(now):
        return
    with transaction() as session:
        holds.lock_every_calendar(session)
        lapsed = holds.drop_long_ended(session, before=now - KEEP_ENDED_HOLDS, now=now)
        journal.note_each(session, "lapse", lapsed, actor="worker", now=now)
        gone = holds.forget_lapsed(session, before=now - AT_MOST)
        gone += visitors.end_idle(session, seen_before=now - IDLE, begun_before=now - AT_MOST)
        gone += waiting.drop_old(session, before=now - WAITING_KEPT)
        settle.drop_old(session, before=now - SETTLED_KEPT)
        people.forget(session, gone)
        figures.keep(session, _to_count(session, now, at_most=A_ROUND))
        old = readings.unused(session, seen_before=now - READING_LASTS)
        figures.keep(session, old)  # their counts stay
        readings.erase(session, old)  # the chain is append-only: emptied first, then dropped
        readings.drop(session, old)
        previsits.drop_old(session, visit_before=now - KEPT)
        question_lists.drop_old(session, visit_before=now - KEPT)
        replies.forget(session, before=now - RAW_KEPT)
        subscriptions.drop_old(session, visit_before=now - LINK_LASTS)
        tallies.forget(session, before=now.date() - YESTERDAY)
        _of_staff(session, now)


def _of_staff(session: Session, now: datetime) -> None:
    """Forget sessions that ended, links that were not used, tries, and browsers long unseen."""
    staff_sessions.end_old(session, begun_before=now - AT_MOST)
    staff_tokens.forget(session, before=now)
    staff_waits.forget(session, before=now.date() - YESTERDAY)
    staff_factors.forget_devices(session, seen_before=now - BROWSER_LASTS)
    handovers.drop_done(session, before=now - handover.KEPT)


def _to_count(session: Session, now: datetime, at_most: int) -> list[str]:
    old = readings.uncounted(session, seen_before=now - READING_LASTS, at_most=at_most)
    return [row.id for row in old]


def _anything(now: datetime) -> bool:
    """Look before writing: an idle worker never takes the write lock.

    Unused readings are not asked for, which takes long: one is due when it is to be counted, or
    when the session ends that still had it, and at the latest with whatever is due next.
    """
    session = reading()
    return (
        visitors.any_idle(session, seen_before=now - IDLE, begun_before=now - AT_MOST)
        or holds.any_long_ended(session, before=now - KEEP_ENDED_HOLDS)
        or holds.any_lapsed(session, before=now - AT_MOST)
        or bool(_to_count(session, now, at_most=1))
        or previsits.any_old(session, visit_before=now - KEPT)
        or question_lists.any_old(session, visit_before=now - KEPT)
        or settle.any_old(session, before=now - SETTLED_KEPT)
        or replies.any_old(session, before=now - RAW_KEPT)
        or waiting.any_old(session, before=now - WAITING_KEPT)
        or subscriptions.any_old(session, visit_before=now - LINK_LASTS)
        or tallies.any_old(session, before=now.date() - YESTERDAY)
        or staff_sessions.any_old(session, begun_before=now - AT_MOST)
        or staff_tokens.any_old(session, before=now)
        or staff_waits.any_old(session, before=now.date() - YESTERDAY)
        or handovers.any_done(session, before=now - handover.KEPT)
    )
