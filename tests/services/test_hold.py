from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert, update

from app.domain.appointment import Wish
from app.domain.booking import HOLD
from app.domain.refusals import (
    DayNearlyFull,
    HoldAtLimit,
    NothingHeld,
    NotOffered,
    PrimerNeeded,
    Refused,
    SafetyCheckNeeded,
    SlotTaken,
    TooManyHolds,
)
from app.services import clinic as clinics
from app.services import hold, offer, visitor
from app.storage import models
from app.storage.database import db
from app.storage.types import new_id
from tests.clinics import (
    CONSULTATION,
    FOLLOW_UP,
    GENERAL,
    KNOXVILLE,
    NASHVILLE,
    OKAFOR,
    RIVERA,
    SECOND,
    TUESDAY_NOON,
    Guest,
    wish,
)
from tests.conftest import MONDAY_8AM, Make, StoppedClock
from tests.services.looking import clinic_changed, counts, held, set_rule

HALF_PAST = TUESDAY_NOON + timedelta(minutes=30)
SECONDS = timedelta(seconds=1)


@pytest.fixture
def stranger(make_app: Make, sqlite_url: str) -> Iterator[Guest]:
    """Somebody on SQLite, for rules that ask no database."""
    with make_app(sqlite_url).app_context():
        yield Guest(MONDAY_8AM)


def at(guest: Guest, now: datetime) -> Guest:
    """The same person, later."""
    guest.now = now
    return guest


def on_tuesday(number: int) -> Wish:
    """The times of Tuesday one after the other, half an hour apart."""
    nine = TUESDAY_NOON - timedelta(hours=3)
    return wish(nine + number * timedelta(minutes=30))


def test_a_time_is_kept_for_ten_minutes(guest: Guest) -> None:
    kept = guest.hold()

    assert kept.until == MONDAY_8AM + timedelta(minutes=10)
    assert guest.visit.hold == kept


def test_choosing_the_same_time_again_keeps_the_same_hold(guest: Guest) -> None:
    first = guest.hold()

    again = at(guest, MONDAY_8AM + timedelta(minutes=4)).hold()

    assert again == first
    assert len(held()) == 1


def test_choosing_another_time_gives_the_earlier_one_back(guest: Guest) -> None:
    guest.hold()

    other = guest.hold(wish(HALF_PAST))

    assert guest.visit.hold == other
    assert Guest(MONDAY_8AM).hold(wish(TUESDAY_NOON)).wish == wish(TUESDAY_NOON)


def test_choosing_another_doctor_gives_the_earlier_time_back(guest: Guest) -> None:
    guest.hold()

    guest.hold(wish(clinician_id=OKAFOR, location_id=NASHVILLE))

    (row,) = held()
    assert row.clinician_id == OKAFOR


def test_a_refused_time_leaves_what_was_held_before(guest: Guest) -> None:
    mine = guest.hold()
    Guest(MONDAY_8AM).hold(wish(HALF_PAST))

    with pytest.raises(SlotTaken):
        guest.hold(wish(HALF_PAST))

    assert guest.visit.hold == mine


def test_a_time_that_somebody_else_holds_is_taken(guest: Guest) -> None:
    guest.hold()

    with pytest.raises(SlotTaken):
        Guest(MONDAY_8AM).hold()


def test_a_time_that_overlaps_a_longer_visit_is_taken(guest: Guest) -> None:
    guest.book(wish(visit_type_id=SECOND))

    with pytest.raises(SlotTaken):
        Guest(MONDAY_8AM).hold(wish(HALF_PAST))


def test_the_quarter_of_an_hour_after_a_consultation_is_taken(guest: Guest) -> None:
    set_rule(CONSULTATION, needs_primer=False)
    set_rule(GENERAL, step_minutes=15)
    guest.book(wish(visit_type_id=CONSULTATION))

    with pytest.raises(SlotTaken):
        Guest(MONDAY_8AM).hold(wish(TUESDAY_NOON + timedelta(minutes=45)))
    assert Guest(MONDAY_8AM).hold(wish(TUESDAY_NOON + timedelta(minutes=60)))


def test_the_visit_ends_within_the_hours_while_its_buffer_may_not(guest: Guest) -> None:
    set_rule(CONSULTATION, needs_primer=False, step_minutes=15)
    last = TUESDAY_NOON + timedelta(hours=4, minutes=15)

    assert guest.hold(wish(last, visit_type_id=CONSULTATION))
    with pytest.raises(NotOffered):
        guest.hold(wish(last + timedelta(minutes=15), visit_type_id=CONSULTATION))


NOT_OFFERED = {
    "before opening": wish(TUESDAY_NOON - timedelta(hours=4)),
    "after closing": wish(TUESDAY_NOON + timedelta(hours=5)),
    "over the end of the day": wish(TUESDAY_NOON + timedelta(hours=4, minutes=45)),
    "on a Sunday": wish(TUESDAY_NOON + timedelta(days=5)),
    "in the past": wish(TUESDAY_NOON - timedelta(days=7)),
    "too soon": wish(MONDAY_8AM + timedelta(hours=1, minutes=30)),
    "beyond the horizon": wish(TUESDAY_NOON + timedelta(days=63)),
    "at the end of time": wish(datetime(9999, 12, 30, 17, tzinfo=UTC)),
    "at its beginning": wish(datetime(1, 1, 5, 17, tzinfo=UTC)),
    "at a place where the doctor is not": wish(location_id=NASHVILLE),
    "at no place": wish(location_id=99),
    "with nobody": wish(clinician_id=99),
    "of no type": wish(visit_type_id=99),
    "between the steps": wish(TUESDAY_NOON + timedelta(minutes=10)),
    "between the cells": wish(TUESDAY_NOON + timedelta(minutes=1)),
    "between the seconds": wish(TUESDAY_NOON + timedelta(microseconds=1)),
    "by video where there is none": wish(visit_type_id=SECOND, video=True),
    "in person where all is video": wish(visit_type_id=FOLLOW_UP),
}


@pytest.mark.parametrize("wanted", NOT_OFFERED.values(), ids=NOT_OFFERED)
def test_what_is_not_offered_is_refused_and_leaves_nothing(stranger: Guest, wanted: Wish) -> None:
    before = counts()

    with pytest.raises(NotOffered):
        stranger.hold(wanted)

    assert counts() == before


def test_a_doctor_does_not_give_visits_of_other_types(guest: Guest) -> None:
    db.session.query(models.ClinicianVisitType).filter_by(
        clinician_id=RIVERA, visit_type_id=GENERAL
    ).delete()
    clinic_changed()

    with pytest.raises(NotOffered):
        guest.hold()


@pytest.mark.parametrize("what", [models.Clinician, models.Location, models.VisitType])
def test_what_is_not_active_is_neither_offered_nor_held(
    guest: Guest, what: type[models.Clinician]
) -> None:
    db.session.execute(update(what).values(active=False))
    clinic_changed()

    found = offer.find(offer.Search(visit_type_id=GENERAL), clinics.load(), now=MONDAY_8AM)

    assert (found.next, found.days) == (None, ())
    with pytest.raises(NotOffered):
        guest.hold()


def test_one_place_that_is_not_active_leaves_the_others(guest: Guest) -> None:
    away = update(models.Location).where(models.Location.id == KNOXVILLE)
    db.session.execute(away.values(active=False))
    clinic_changed()

    found = offer.find(offer.Search(visit_type_id=GENERAL), clinics.load(), now=MONDAY_8AM)

    assert {one.location_id for day in found.days for one in day.lists} == {NASHVILLE}


def test_a_time_in_hours_without_video_is_not_given_by_video(guest: Guest) -> None:
    db.session.execute(update(models.WeeklyHours).values(video=False))
    clinic_changed()

    with pytest.raises(NotOffered):
        guest.hold(wish(video=True))
    assert guest.hold(wish(video=False))


def test_a_time_within_a_closure_is_not_offered(guest: Guest) -> None:
    db.session.execute(
        insert(models.Closure).values(
            starts=datetime(2027, 3, 2, 12, 10), ends=datetime(2027, 3, 2, 13), kind="x", note=""  # noqa: DTZ001
        )
    )  # fmt: skip
    clinic_changed()

    with pytest.raises(NotOffered):
        guest.hold()


def test_what_is_on_the_edge_of_notice_and_horizon_is_offered_only_inside(guest: Guest) -> None:
    first = MONDAY_8AM + timedelta(hours=2)
    assert guest.hold(wish(first))

    with pytest.raises(NotOffered):
        Guest(MONDAY_8AM + SECONDS).hold(wish(first))

    last = datetime(2027, 4, 30, 16, tzinfo=UTC)  # a Friday at noon, in summer time
    sixty_days_before = last - timedelta(days=60)
    with pytest.raises(NotOffered):
        Guest(sixty_days_before).hold(wish(last))
    assert Guest(sixty_days_before + SECONDS).hold(wish(last))


def test_a_consultation_is_held_after_the_primer_only(guest: Guest) -> None:
    with pytest.raises(PrimerNeeded):
        guest.hold(wish(visit_type_id=CONSULTATION))

    assert held() == []


@pytest.mark.parametrize("finished", [True, False])
def test_a_primer_that_was_begun_is_not_a_primer_that_was_read(
    app: Flask, *, finished: bool
) -> None:
    guest = Guest(MONDAY_8AM, way="primer")
    reading = models.Reading(
        id=new_id(), code_hash="x", edition="e", language="en", jurisdiction="us",
        answered_by="self", started_at=MONDAY_8AM, seen_at=MONDAY_8AM,
        finished_at=MONDAY_8AM if finished else None,
    )  # fmt: skip
    db.session.add(reading)
    db.session.flush()
    db.session.execute(update(models.Visitor).values(reading_id=reading.id))
    db.session.commit()
    wanted = wish(visit_type_id=CONSULTATION)

    if finished:
        assert guest.hold(wanted)
        return
    with pytest.raises(PrimerNeeded):
        guest.hold(wanted)


def test_without_a_safety_check_no_time_is_held(app: Flask, guest: Guest) -> None:
    _, visit = visitor.begin(way="general", network="192.0.2.0/24", safety_at=None, now=MONDAY_8AM)

    with pytest.raises(SafetyCheckNeeded):
        hold.take(wish(), visit=visit, clinic=clinics.load(), exempt=False, now=MONDAY_8AM)


def test_a_safety_check_of_yesterday_is_asked_again(guest: Guest) -> None:
    done = MONDAY_8AM - timedelta(hours=24)
    fresh, old = (replace(guest.visit, safety_at=at_) for at_ in (done, done - SECONDS))
    wanted = {"clinic": clinics.load(), "exempt": False, "now": MONDAY_8AM}

    assert hold.take(wish(), visit=fresh, **wanted)  # type: ignore[arg-type]  # the same for both
    with pytest.raises(SafetyCheckNeeded):
        hold.take(wish(), visit=old, **wanted)  # type: ignore[arg-type]


def test_a_session_ended_in_another_window_holds_nothing(guest: Guest) -> None:
    visit = guest.visit
    visitor.leave(visit)

    with pytest.raises(SafetyCheckNeeded):
        hold.take(wish(), visit=visit, clinic=clinics.load(), exempt=False, now=MONDAY_8AM)
    assert held() == []


def test_a_hold_is_extended_to_thirty_minutes_in_all(guest: Guest, clock: StoppedClock) -> None:
    guest.hold()
    begun = clock.now
    ends = []
    for _ in range(3):
        at(guest, clock.forward(minutes=9))
        ends.append(hold.extend(guest.visit, now=clock.now) - begun)

    with pytest.raises(HoldAtLimit):
        hold.extend(guest.visit, now=clock.forward(minutes=2, seconds=31))

    assert ends == [timedelta(minutes=19), timedelta(minutes=28), timedelta(minutes=30)]
    assert held()[0].hold_until == begun + timedelta(minutes=30)


def test_without_a_hold_there_is_nothing_to_extend(guest: Guest) -> None:
    with pytest.raises(NothingHeld):
        hold.extend(guest.visit, now=MONDAY_8AM)


def test_a_hold_that_somebody_else_took_is_not_extended(guest: Guest) -> None:
    guest.hold()
    before = guest.visit
    late = MONDAY_8AM + timedelta(minutes=11)
    Guest(late).hold()

    with pytest.raises(NothingHeld):
        hold.extend(before, now=late)


def test_a_hold_that_ran_out_is_extended_while_nobody_wants_its_time(guest: Guest) -> None:
    guest.hold()
    late = MONDAY_8AM + timedelta(minutes=12)

    until = hold.extend(at(guest, late).visit, now=late)

    assert until == late + HOLD
    with pytest.raises(SlotTaken):
        Guest(late).hold()


def test_a_released_time_is_free_at_once(guest: Guest) -> None:
    guest.hold()

    hold.release(guest.visit)

    assert held() == []
    assert Guest(MONDAY_8AM).hold()


def test_whoever_leaves_gives_the_time_back(guest: Guest) -> None:
    guest.hold()

    visitor.leave(guest.visit)

    assert held() == []
    assert visitor.find(guest.handle, now=MONDAY_8AM) is None


def test_a_hold_lasts_half_a_minute_longer_than_it_says(guest: Guest) -> None:
    guest.hold()
    end = MONDAY_8AM + HOLD + 30 * SECONDS

    with pytest.raises(SlotTaken):
        Guest(end).hold()
    assert Guest(end + SECONDS).hold()


def test_a_hold_that_ran_out_blocks_nobody_who_needs_a_part_of_it(guest: Guest) -> None:
    guest.hold()
    late = MONDAY_8AM + timedelta(minutes=11)

    longer = Guest(late).hold(wish(TUESDAY_NOON - timedelta(minutes=30), visit_type_id=SECOND))

    (row,) = held()
    assert row.id == longer.id


def test_a_refused_wish_does_not_clear_what_ran_out(guest: Guest) -> None:
    guest.hold()
    late = MONDAY_8AM + timedelta(minutes=11)

    with pytest.raises(NotOffered):
        Guest(late).hold(wish(TUESDAY_NOON + timedelta(minutes=10)))

    assert len(held()) == 1


def test_a_day_takes_so_many_visits_of_a_type_and_no_more(guest: Guest) -> None:
    set_rule(SECOND, max_per_day=2)
    for number in (0, 2):
        Guest(MONDAY_8AM).book(replace(on_tuesday(number), visit_type_id=SECOND))

    with pytest.raises(SlotTaken):
        guest.hold(replace(on_tuesday(4), visit_type_id=SECOND))

    assert guest.hold(on_tuesday(4))
    wednesday = on_tuesday(4).start + timedelta(days=1)
    assert guest.hold(wish(wednesday, visit_type_id=SECOND))


def wishes_over_days(number: int) -> list[Wish]:
    """Times of different days, so that no day is nearly full."""
    return [
        replace(on_tuesday(n // 8), start=on_tuesday(n // 8).start + n % 8 * timedelta(days=7))
        for n in range(number)
    ]


def test_t07_one_network_holds_six_times_at_once(app: Flask) -> None:
    answers = []
    for wanted in wishes_over_days(60):
        try:
            Guest(MONDAY_8AM).hold(wanted)
            answers.append("held")
        except Refused as refusal:
            answers.append(refusal.code)

    assert answers == ["held"] * 6 + ["too_many_holds"] * 54
    assert len(held()) == 6


def test_t07_somebody_from_another_network_still_finds_a_time(app: Flask) -> None:
    *held_before, wanted = wishes_over_days(7)
    for one in held_before:
        Guest(MONDAY_8AM).hold(one)

    with pytest.raises(TooManyHolds):
        Guest(MONDAY_8AM).hold(wanted)

    assert Guest(MONDAY_8AM, network="198.51.100.0/24").hold(wanted)


def test_t07_after_ten_minutes_the_network_may_hold_again(app: Flask) -> None:
    *held_before, wanted = wishes_over_days(7)
    for one in held_before:
        Guest(MONDAY_8AM).hold(one)

    assert Guest(MONDAY_8AM + HOLD).hold(wanted)


def test_t07_a_clinics_own_network_may_hold_as_often_as_it_likes(app: Flask) -> None:
    kept = [Guest(MONDAY_8AM).hold(on_tuesday(number), exempt=True) for number in range(10)]

    assert len({one.id for one in kept}) == len(held()) == 10


def test_t07_a_fifth_of_a_doctors_day_may_be_held_at_once(app: Flask) -> None:
    def guest(number: int) -> Guest:
        return Guest(MONDAY_8AM, network=f"198.51.{number}.0/24")

    for number in range(2):
        guest(number).hold(on_tuesday(number))  # 14 are free then, and a fifth of them is 2

    with pytest.raises(DayNearlyFull):
        guest(9).hold(on_tuesday(9))

    assert guest(10).hold(wish(on_tuesday(9).start + timedelta(days=1)))
    assert guest(11).hold(wish(clinician_id=OKAFOR, location_id=NASHVILLE))
    assert guest(12).hold(on_tuesday(9), exempt=True)


def test_t07_two_times_of_a_nearly_full_day_may_still_be_held(app: Flask) -> None:
    for number in range(12):
        Guest(MONDAY_8AM).book(on_tuesday(number))

    first, second = (
        Guest(MONDAY_8AM, network=f"198.51.{number}.0/24").hold(on_tuesday(number))
        for number in (12, 13)
    )

    assert first.id != second.id
    with pytest.raises(DayNearlyFull):
        Guest(MONDAY_8AM, network="203.0.113.0/24").hold(on_tuesday(14))


def test_changing_ones_mind_uses_up_no_limit(guest: Guest) -> None:
    for number in range(16):
        guest.hold(on_tuesday(number))

    assert len(held()) == 1


def test_choosing_a_place_that_is_not_the_doctors_says_so_before_it_says_taken(
    guest: Guest,
) -> None:
    Guest(MONDAY_8AM).hold()

    with pytest.raises(NotOffered):
        guest.hold(wish(location_id=NASHVILLE))
    with pytest.raises(SlotTaken):
        guest.hold(wish(location_id=KNOXVILLE))
