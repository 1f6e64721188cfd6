"""Changing when a doctor receives, week for week."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain import arranging, weekly
from app.domain.clinic import Clinic, Hours
from app.domain.hours import WeeklyHours
from app.domain.hours_refusals import HoursChanged, HoursOverlap
from app.domain.refusals import NotAllowed, NotYours
from app.domain.staff import Permission, Staff
from app.domain.weekly import Pattern
from app.services import arrangement, breaking
from app.services.seen import mark
from app.storage import hours, journal
from app.storage.database import retried, transaction

ADD, CHANGE, TAKE_AWAY = "add_hours", "change_hours", "take_hours_away"


def doctors(clinic: Clinic, actor: Staff) -> list[int]:
    """Return whose hours the actor may look at: of those who see patients, or will again."""
    actor.needs(Permission.HOURS)
    return [id_ for id_ in actor.seen(clinic.clinicians) if clinic.clinicians[id_].active]


def find(rule_id: int, *, clinic: Clinic, actor: Staff) -> tuple[int, tuple[WeeklyHours, ...]]:
    """Return (whose, the pattern of a rule) if it is the actor's to change, or refuse."""
    for clinician_id, theirs in clinic.hours.items():
        if any(rule.id == rule_id for rule in theirs.weekly):
            check_whose(clinician_id, clinic, actor)
            return clinician_id, _pattern(theirs, rule_id)
    actor.needs(Permission.HOURS)
    raise NotYours


def _pattern(theirs: Hours, rule_id: int) -> tuple[WeeklyHours, ...]:
    found = (some for some in weekly.patterns(theirs.weekly) if any(r.id == rule_id for r in some))
    return next(found, ())


def sight(rules: Iterable[WeeklyHours]) -> str:
    """Return the letters by which a form says what it showed."""
    return mark(*sorted(rules, key=lambda rule: rule.id))


@retried
def add(clinician_id: int, wanted: Pattern, *, clinic: Clinic, actor: Staff, now: datetime) -> None:
    """Give a doctor hours.  Twice is once.  Raises NotAllowed, HoursOverlap."""
    check_whose(clinician_id, clinic, actor)
    with transaction() as session:
        before = arrangement.locked(session, clinician_id)
        theirs = before.hours[clinician_id].weekly
        if _there(theirs, wanted):
            return
        _keep(session, before, clinician_id, theirs, (*theirs, *wanted.rules()), actor, now=now)
        _note(session, ADD, clinician_id, [[], _said(wanted.rules())], actor, now)


@retried
def change(
    clinician_id: int,
    rule_id: int,
    wanted: Pattern,
    *,
    was: str,
    seen: str,
    clinic: Clinic,
    actor: Staff,
    now: datetime,
) -> None:
    """Let other hours follow those of a pattern, from their first day on.  Twice is once.

    *was* says how somebody saw them, *seen* which appointments they break.  Raises NotAllowed,
    HoursChanged, HoursOverlap, WouldBreak.
    """
    check_whose(clinician_id, clinic, actor)
    with transaction() as session:
        before = arrangement.locked(session, clinician_id)
        theirs = before.hours[clinician_id].weekly
        known = _pattern(before.hours[clinician_id], rule_id)
        if sight(known) != was:
            if _there(theirs, wanted):
                return
            raise HoursChanged
        followed = weekly.followed(
            known, wanted.rules(), first=wanted.first, today=_today(before, wanted, now)
        )
        others = tuple(rule for rule in theirs if rule not in known)
        after = (*others, *followed)
        _keep(session, before, clinician_id, theirs, after, actor, seen=seen, now=now)
        _note(session, CHANGE, clinician_id, [_said(known), _said(followed)], actor, now)


@retried
def take_away(
    clinician_id: int,
    rule_id: int,
    *,
    was: str,
    seen: str,
    clinic: Clinic,
    actor: Staff,
    now: datetime,
) -> None:
    """Take hours away as if they had never been given.  Twice is once.

    Raises NotAllowed, HoursChanged, WouldBreak.
    """
    check_whose(clinician_id, clinic, actor)
    with transaction() as session:
        before = arrangement.locked(session, clinician_id)
        theirs = before.hours[clinician_id].weekly
        known = _pattern(before.hours[clinician_id], rule_id)
        if not known:
            return
        if sight(known) != was:
            raise HoursChanged
        left = tuple(rule for rule in theirs if rule not in known)
        _keep(session, before, clinician_id, theirs, left, actor, seen=seen, now=now)
        _note(session, TAKE_AWAY, clinician_id, [_said(known), []], actor, now)


def _keep(
    session: Session,
    before: Clinic,
    clinician_id: int,
    theirs: tuple[WeeklyHours, ...],
    after: tuple[WeeklyHours, ...],
    actor: Staff,
    *,
    seen: str = "",
    now: datetime,
) -> None:
    """Write down what differs, once it overlaps nothing and what it breaks was seen."""
    changed = [rule for rule in after if rule not in theirs]
    for rule in changed:
        if any(other is not rule and weekly.overlap(rule, other) for other in after):
            raise HoursOverlap
    then = arranging.with_hours(
        before, clinician_id, replace(before.hours[clinician_id], weekly=after)
    )
    lost = breaking.agreed(session, before, then, seen=seen, now=now)
    for rule in changed:
        hours.keep(session, rule, clinician_id=clinician_id)
    for rule in theirs:
        if rule.id not in {one.id for one in after}:
            hours.drop(session, rule)
    arrangement.give_back(session, before, then, actor=actor, now=now)
    arrangement.keep(session, then, lost, closure_id=None, actor=actor, now=now)


def _there(theirs: Iterable[WeeklyHours], wanted: Pattern) -> bool:
    """Say whether all of it is given already: a second press changes nothing."""
    return set(wanted.rules()) <= {weekly.plain(rule) for rule in theirs}


def _today(clinic: Clinic, wanted: Pattern, now: datetime) -> date:
    return now.astimezone(clinic.locations[wanted.location_id].zone).date()


def check_whose(clinician_id: int, clinic: Clinic, actor: Staff) -> None:
    """Refuse hours that are not the actor's to change."""
    actor.needs(Permission.HOURS)
    if clinician_id not in clinic.clinicians:
        raise NotYours
    if not actor.arranges(clinician_id):
        raise NotAllowed


def _note(
    session: Session,
    verb: str,
    clinician_id: int,
    change: list[list[dict[str, Any]]],
    actor: Staff,
    now: datetime,
) -> None:
    journal.note(
        session, verb, actor=actor.signature, appointment_id=None, now=now,
        clinician=clinician_id, hours=change,
    )  # fmt: skip


def _said(rules: Iterable[WeeklyHours]) -> list[dict[str, Any]]:
    """Return hours as the journal keeps them: a line for each pattern."""
    return [
        {
            "weekdays": [rule.weekday for rule in some],
            "location": some[0].location_id,
            "minutes": [some[0].from_minute, some[0].until_minute],
            "days": [str(some[0].valid_from), some[0].valid_until and str(some[0].valid_until)],
            "every_weeks": some[0].every_weeks,
            "ways": [some[0].in_person, some[0].video],
        }
        for some in weekly.patterns(rules)
    ]
