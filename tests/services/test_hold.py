"""Holding a time: it is kept, extended, given back, and nobody else gets it."""

from datetime import datetime, timedelta

import pytest

from app.domain.booking import HOLD
from app.domain.refusals import HoldAtLimit, NothingHeld, NotOffered, SlotTaken
from app.services import hold, visitor
from tests.clinics import (
    CONSULTATION,
    GENERAL,
    NASHVILLE,
    OKAFOR,
    SECOND,
    TUESDAY_NOON,
    Guest,
    wish,
)
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.services.looking import held, set_rule

HALF_PAST = TUESDAY_NOON + timedelta(minutes=30)
SECONDS = timedelta(seconds=1)


def at(guest: Guest, now: datetime) -> Guest:
    """The same person, later."""
    guest.now = now
    return guest


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
