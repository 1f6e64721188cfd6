"""Changing weekly hours and opening days: seen first, told, and never twice."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from app.domain.desk_refusals import InThePast
from app.domain.hours import Opening
from app.domain.hours_refusals import HoursChanged, HoursOverlap, WouldBreak
from app.domain.refusals import NotAllowed, NotYours
from app.domain.staff import Role, Staff
from app.domain.weekly import Pattern
from app.services import breaking, hours, opening
from app.services import clinic as clinics
from app.storage import models
from tests.clinics import KNOXVILLE, NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, everything, rows, verbs_of
from tests.staffing import hire

TODAY = date(2027, 3, 1)
WEEKDAYS = (0, 1, 2, 3, 4)
NINE_TO_FIVE = Pattern(
    location_id=KNOXVILLE,
    weekdays=WEEKDAYS,
    from_minute=540,
    until_minute=1020,
    first=TODAY,
    video=True,
)
EVENING = replace(NINE_TO_FIVE, weekdays=(1,), from_minute=1080, until_minute=1200)
SATURDAY = Opening(location_id=KNOXVILLE, day=date(2027, 3, 6), from_minute=540, until_minute=720)


def first_rule() -> int:
    return clinics.load().hours[RIVERA].weekly[0].id


def was() -> str:
    _, known = hours.find(first_rule(), clinic=clinics.load(), actor=hire())
    return hours.sight(known)


def change(wanted: Pattern, actor: Staff, *, as_seen: str | None = None, seen: str = "") -> None:
    hours.change(
        RIVERA, first_rule(), wanted, was=was() if as_seen is None else as_seen, seen=seen,
        actor=actor, clinic=clinics.load(), now=MONDAY_8AM,
    )  # fmt: skip


def journal() -> list[str]:
    found = rows(models.JournalEntry, models.JournalEntry.appointment_id.is_(None))
    return [line.verb for line in sorted(found, key=lambda line: line.id) if "clinician" in
            line.change]  # fmt: skip


def test_new_hours_can_be_booked_at_once(jo: Staff) -> None:
    hours.add(RIVERA, EVENING, actor=jo, clinic=clinics.load(), now=MONDAY_8AM)
    hours.add(RIVERA, EVENING, actor=jo, clinic=clinics.load(), now=MONDAY_8AM)

    assert Guest(MONDAY_8AM).book(wish(TUESDAY_NOON + timedelta(hours=6)))
    assert journal() == ["add_hours"]


def test_hours_at_a_time_and_place_that_has_some_are_refused(jo: Staff) -> None:
    before = everything()

    with pytest.raises(HoursOverlap):
        hours.add(RIVERA, replace(EVENING, from_minute=900), actor=jo, clinic=clinics.load(),
                  now=MONDAY_8AM)  # fmt: skip

    assert everything() == before


def test_hours_that_end_earlier_show_whom_they_would_break(jo: Staff) -> None:
    early, late = appoint(), appoint(TUESDAY_NOON + timedelta(hours=3))
    shorter = replace(NINE_TO_FIVE, until_minute=780)

    with pytest.raises(WouldBreak) as refused:
        change(shorter, jo)
    change(shorter, jo, seen=breaking.sight(refused.value.lost))

    assert [one.reference for one in refused.value.lost] == [late]
    assert verbs_of(booked(late).id) == ["lose_time"]
    assert verbs_of(booked(early).id) == []
    assert [row.closure_id for row in rows(models.Rehousing)] == [None]
    assert journal() == ["change_hours"]


def test_longer_hours_give_a_home_to_whoever_had_none(jo: Staff) -> None:
    evening = appoint(TUESDAY_NOON + timedelta(hours=6))

    change(replace(NINE_TO_FIVE, until_minute=1200), jo)

    assert verbs_of(booked(evening).id) == ["regain_time"]
    assert breaking.homeless(actor=jo, clinic=clinics.load(), now=MONDAY_8AM) == ()


def test_days_that_are_over_keep_the_hours_they_had(jo: Staff) -> None:
    change(replace(NINE_TO_FIVE, from_minute=600), jo)

    monday = [rule for rule in clinics.load().hours[RIVERA].weekly if rule.weekday == 0]
    assert [(rule.from_minute, rule.valid_until) for rule in monday] == [
        (540, date(2027, 2, 28)), (600, None),
    ]  # fmt: skip


def test_hours_end_on_a_day_and_go_on_again_without_a_second_row(jo: Staff) -> None:
    change(replace(NINE_TO_FIVE, last=date(2027, 6, 30)), jo)
    ended = [rule.valid_until for rule in clinics.load().hours[RIVERA].weekly]
    change(NINE_TO_FIVE, jo)

    assert set(ended) == {date(2027, 6, 30)}
    assert len(clinics.load().hours[RIVERA].weekly) == 5


def test_a_second_press_changes_nothing_and_a_slower_colleague_is_told(jo: Staff) -> None:
    seen_first = was()
    change(replace(NINE_TO_FIVE, from_minute=600), jo, as_seen=seen_first)
    before = everything()

    change(replace(NINE_TO_FIVE, from_minute=600), jo, as_seen=seen_first)
    with pytest.raises(HoursChanged):
        change(replace(NINE_TO_FIVE, from_minute=660), jo, as_seen=seen_first)

    assert everything() == before


def test_hours_given_by_mistake_are_taken_away(jo: Staff) -> None:
    reference = appoint()
    asked = partial(
        hours.take_away, RIVERA, was=was(), clinic=clinics.load(), actor=jo, now=MONDAY_8AM
    )

    with pytest.raises(WouldBreak) as refused:
        asked(first_rule(), seen="")
    asked(first_rule(), seen=breaking.sight(refused.value.lost))

    assert clinics.load().hours[RIVERA].weekly == ()
    assert verbs_of(booked(reference).id) == ["lose_time"]
    asked(1, seen="")


def test_a_day_is_opened_and_taken_back_when_whom_it_breaks_was_seen(jo: Staff) -> None:
    for _ in range(2):
        opening.open_day(RIVERA, SATURDAY, actor=jo, clinic=clinics.load(), now=MONDAY_8AM)
    reference = appoint(TUESDAY_NOON + timedelta(days=4, hours=-2))
    (one,) = clinics.load().hours[RIVERA].openings
    asked = partial(
        opening.take_back, RIVERA, one.id, clinic=clinics.load(), actor=jo, now=MONDAY_8AM
    )

    with pytest.raises(WouldBreak) as refused:
        asked(seen="")
    asked(seen=breaking.sight(refused.value.lost))
    asked(seen="")

    assert [lost.reference for lost in refused.value.lost] == [reference]
    assert clinics.load().hours[RIVERA].openings == ()
    assert journal() == ["open", "take_back_opening"]


def test_yesterday_is_not_opened(jo: Staff) -> None:
    with pytest.raises(InThePast):
        opening.open_day(RIVERA, replace(SATURDAY, day=date(2027, 2, 28)), actor=jo,
                         clinic=clinics.load(), now=MONDAY_8AM)  # fmt: skip


def test_clinicians_change_their_own_hours_and_nobody_elses(jo: Staff) -> None:
    rivera = hire(Role.CLINICIAN, clinician_id=RIVERA, all_calendars=True)
    theirs = clinics.load().hours[OKAFOR].weekly[0].id
    evening = replace(EVENING, location_id=NASHVILLE)

    change(replace(NINE_TO_FIVE, from_minute=600), rivera)

    with pytest.raises(NotAllowed):
        hours.find(theirs, clinic=clinics.load(), actor=rivera)
    with pytest.raises(NotAllowed):
        hours.add(OKAFOR, evening, actor=rivera, clinic=clinics.load(), now=MONDAY_8AM)
    with pytest.raises(NotYours):
        hours.find(999, clinic=clinics.load(), actor=rivera)
    with pytest.raises(NotYours):
        hours.add(99, evening, actor=jo, clinic=clinics.load(), now=MONDAY_8AM)
