"""Moving by half an hour: the new time overlaps the old one, which stays until it is certain."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.appointment import Wish
from app.domain.refusals import NotOffered, SlotTaken
from app.services import appointment, hold, offer
from app.services import clinic as clinics
from app.services.offer import Search
from app.storage import models
from tests.clinics import GENERAL, NASHVILLE, OKAFOR, RIVERA, Guest
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, held, rows, set_rule, verbs_of
from tests.services.people import THURSDAY, move, reader, take

HALF_AN_HOUR = timedelta(minutes=30)
EARLIER, LATER = (
    replace(THURSDAY, start=THURSDAY.start + by) for by in (-HALF_AN_HOUR, HALF_AN_HOUR)
)


@pytest.fixture
def reference(guest: Guest) -> str:
    """Book an hour, which may begin at each half hour."""
    set_rule(GENERAL, minutes=60)
    return guest.book(THURSDAY)


def offered(guest: Guest, reference: str, **search: Any) -> set[Wish]:
    """Look for times of Thursday as the page for moving does."""
    asked = Search(visit_type_id=GENERAL, from_day=THURSDAY.start.date(), **search)
    seen = appointment.find(
        reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM
    ).appointment
    found = offer.find(asked, clinics.load(), moving=seen, now=MONDAY_8AM)
    return {one for day in found.days for list_ in day.lists for one in list_.slots}


@pytest.mark.parametrize("wanted", [EARLIER, LATER])
def test_an_appointment_moves_by_half_an_hour(guest: Guest, reference: str, wanted: Wish) -> None:
    kept = take(guest, reference, wanted)
    before = booked(reference).starts_at

    view = move(guest, reference, wanted)

    assert (before, kept.wish) == (THURSDAY.start, wanted)
    assert (view.appointment.wish, view.appointment.sequence) == (wanted, 1)
    assert held() == []
    assert verbs_of(view.appointment.id) == ["book", "move"]


def test_while_it_is_chosen_nobody_else_gets_the_old_time_or_the_new_one(
    guest: Guest, reference: str
) -> None:
    take(guest, reference, LATER)

    for by in (-1, 0, 1, 2):
        with pytest.raises(SlotTaken):
            Guest(MONDAY_8AM).hold(replace(THURSDAY, start=THURSDAY.start + by * HALF_AN_HOUR))
    hold.release(guest.visit)
    assert booked(reference).starts_at == THURSDAY.start
    assert Guest(MONDAY_8AM).hold(replace(THURSDAY, start=THURSDAY.start + 2 * HALF_AN_HOUR))


def test_a_time_that_overlaps_somebody_elses_too_is_refused(guest: Guest, reference: str) -> None:
    Guest(MONDAY_8AM).hold(replace(THURSDAY, start=THURSDAY.start + 2 * HALF_AN_HOUR))

    assert LATER not in offered(guest, reference)
    with pytest.raises(SlotTaken):
        take(guest, reference, LATER)
    assert take(guest, reference, EARLIER)


def test_what_is_offered_to_whoever_moves_can_be_taken(guest: Guest, reference: str) -> None:
    found = offered(guest, reference, clinician_id=RIVERA)
    near = {one for one in found if abs(one.start - THURSDAY.start) < timedelta(hours=1)}

    assert near == {EARLIER, LATER}
    for one in sorted(found, key=lambda one: one.start)[:20]:
        assert take(guest, reference, one)


def test_the_same_time_is_not_offered_but_by_video_it_is(guest: Guest, reference: str) -> None:
    by_video = replace(THURSDAY, video=True)

    assert THURSDAY not in offered(guest, reference)
    assert by_video in offered(guest, reference, video=True)
    with pytest.raises(NotOffered):
        take(guest, reference, THURSDAY)
    take(guest, reference, by_video)
    assert move(guest, reference, by_video).appointment.wish == by_video


def test_others_are_offered_nothing_of_it(guest: Guest, reference: str) -> None:
    offered(guest, reference)

    asked = Search(visit_type_id=GENERAL, from_day=THURSDAY.start.date(), clinician_id=RIVERA)
    found = offer.find(asked, clinics.load(), now=MONDAY_8AM)

    assert {THURSDAY, EARLIER, LATER}.isdisjoint(found.days[0].lists[0].slots)


def test_another_doctors_list_is_not_changed_by_it(guest: Guest, reference: str) -> None:
    elsewhere = replace(THURSDAY, clinician_id=OKAFOR, location_id=NASHVILLE)

    assert elsewhere in offered(guest, reference, clinician_id=OKAFOR)
    take(guest, reference, elsewhere)
    assert move(guest, reference, elsewhere).appointment.wish == elsewhere


def test_two_windows_with_times_that_overlap_move_one_after_the_other(
    guest: Guest, reference: str
) -> None:
    other = reader(reference)
    take(guest, reference, LATER)
    with pytest.raises(SlotTaken):
        take(other, reference, LATER)
    take(other, reference, EARLIER)

    move(guest, reference, LATER)
    view = move(other, reference, EARLIER)

    assert (view.appointment.wish, view.appointment.sequence) == (EARLIER, 2)
    assert len(rows(models.Appointment)) == 1


def test_the_list_of_whoever_moves_is_kept_until_it_changes(guest: Guest, reference: str) -> None:
    seen, clinic = appointment.mine(reference, guest.actor), clinics.load()
    asked = Search(visit_type_id=GENERAL)

    first = offer.find(asked, clinic, moving=seen, now=MONDAY_8AM)

    assert offer.find(asked, clinic, moving=seen, now=MONDAY_8AM) is first
    assert offer.find(asked, clinic, now=MONDAY_8AM).key != first.key
