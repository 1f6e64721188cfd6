"""The clinic's rule for guides that stay open: remind, tell the desk, give the time back."""

from datetime import datetime

from app.domain.appointment import Appointment
from app.domain.clinic import Clinic
from app.domain.letter import LetterKind
from app.domain.refusals import ChangedMeanwhile, Refused, UnknownAnswer
from app.domain.setting import SettingChanged
from app.domain.staff import Staff
from app.domain.to_read import (
    A_WHILE,
    FEWEST_DAYS,
    MOST_DAYS,
    DaysUnclear,
    Rule,
    released_at,
    reminders_due,
)
from app.services import cancelling, setting
from app.services import clinic as clinics
from app.services.to_read import CALLED, STOPPED, is_due, to_be_called
from app.storage import holds, journal, mails, to_read
from app.storage.database import reading, retried, transaction

TOLD, CHOSEN = "guide_told", "guide_rule"
WITH_THE_DATE = (LetterKind.BOOKED, LetterKind.MOVED, LetterKind.REMINDER, LetterKind.TO_READ)
OPEN = "guide_open"  # why a time was given back
KEPT_FOR = ("restore", STOPPED)  # the desk brought it back, or has to call: no time is taken then


def choose(rule: str, days: int, *, seen: str, actor: Staff, now: datetime) -> None:
    """Choose what becomes of visits whose guide stays open, *days* before for a release.

    Raises UnknownAnswer, DaysUnclear, and SettingChanged where it does not stand as it was seen.
    """
    if rule not in set(Rule):
        raise UnknownAnswer
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise DaysUnclear
    before = clinics.load()
    if seen != f"{before.guide_rule}-{before.guide_days}":
        raise SettingChanged
    known = {"guide_rule": before.guide_rule, "guide_days": before.guide_days}
    wanted = {"guide_rule": rule, "guide_days": days}
    setting.keep(CHOSEN, known, wanted, actor=actor, now=now)


def gives_back_at(about: Appointment, clinic: Clinic) -> datetime | None:
    """Return when the time goes to others if nobody reads; None unless that was told by mail.

    It counts from the first mail about the date as it stands, so a moved visit has time again.
    """
    if clinic.guide_rule != Rule.RELEASE or not about.person.email:
        return None
    session = reading()
    asked_at = to_read.asked_at(session, about.id, about.sequence, WITH_THE_DATE)
    if asked_at is None or to_read.noted(session, [about.id], KEPT_FOR):
        return None
    return released_at(about.interval.start, asked_at, clinic.guide_days)


@retried
def look_after(*, now: datetime) -> None:
    """Do what is due about every open guide; doing it again does nothing more."""
    clinic, session = clinics.load(), reading()
    if not clinic.primer_on:
        return
    coming = to_read.coming(session, list(clinic.clinicians), called_for=STOPPED, now=now)
    unread = [one for one, is_unread in coming if is_unread]
    lines = to_read.noted(session, [one.id for one in unread], (STOPPED, CALLED))
    waiting = [one for one in unread if not to_be_called(lines.get(one.id, []))]
    ids = [one.id for one in waiting]
    told = to_read.noted(session, ids, (TOLD,))
    reminded = to_read.reminded(session, ids, LetterKind.TO_READ)
    for one in waiting:
        at = gives_back_at(one, clinic)
        warned = at is not None and (now < at or _was_warned(one, now=now))
        if warned and at is not None and at <= now:
            _release(one, now=now)
            continue
        for hours in reminders_due(one.interval.start, one.booked_at or now, now=now):
            if one.person.email and (one.id, one.sequence, hours) not in reminded:
                _remind(one, hours, now=now)
        if not warned and is_due(one, clinic, now=now) and one.id not in told:
            _tell(one, now=now)


def _was_warned(one: Appointment, *, now: datetime) -> bool:
    """Say whether a mail with the visit's date and the rule's left a day ago or more."""
    session = reading()
    since = journal.last_at(session, CHOSEN)
    left = (
        mail.handed_over_at
        for mail in mails.of(session, one.id)
        if mail.kind in WITH_THE_DATE and mail.sequence == one.sequence
    )
    return any(at is not None and (not since or since <= at) and at <= now - A_WHILE for at in left)


def _release(one: Appointment, *, now: datetime) -> None:
    try:
        cancelling.release(one, OPEN, now=now)
    except (ChangedMeanwhile, Refused):
        return  # somebody read it, or the desk was quicker


def _remind(one: Appointment, hours: int, *, now: datetime) -> None:
    with transaction() as session:
        holds.lock_calendars(session, [one.wish.clinician_id])
        if (one.id, one.sequence, hours) in to_read.reminded(session, [one.id], LetterKind.TO_READ):
            return  # another worker was quicker
        owed = {
            "kind": LetterKind.TO_READ, "appointment_id": one.id, "sequence": one.sequence,
            "language": one.person.language, "lead_hours": hours, "due_at": now,
        }  # fmt: skip
        mails.owe(session, [owed], now=now)


def _tell(one: Appointment, *, now: datetime) -> None:
    with transaction() as session:
        holds.lock_calendars(session, [one.wish.clinician_id])
        if to_read.noted(session, [one.id], (TOLD,)):
            return  # another worker was quicker
        journal.note(session, TOLD, actor="clinic", appointment_id=one.id, now=now)
