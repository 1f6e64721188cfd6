"""Moving from old pages, in two windows, with a time that ran out: said as it is."""

from datetime import timedelta

import pytest

from app.domain.refusals import AlreadyCancelled, ChangedMeanwhile, HoldEnded, NothingHeld, TooLate
from app.services import appointment, cancelling, hold
from app.services import clinic as clinics
from app.storage import appointments, models
from app.storage.database import transaction
from app.storage.models import Status
from tests.clinics import GENERAL, TUESDAY_NOON, Guest, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import booked, everything, held, rows, set_rule, verbs_of
from tests.services.people import FRIDAY, THURSDAY, move, reader, take


def test_without_a_chosen_time_nothing_moves(guest: Guest, reference: str) -> None:
    with pytest.raises(NothingHeld):
        move(guest, reference)


def test_a_time_held_for_a_new_appointment_moves_none(guest: Guest, reference: str) -> None:
    guest.hold(FRIDAY)

    with pytest.raises(NothingHeld):
        move(guest, reference)


def test_a_time_held_to_move_one_appointment_does_not_move_another(guest: Guest) -> None:
    one, other = guest.book(THURSDAY), guest.book(FRIDAY)
    take(guest, one, wish(TUESDAY_NOON))

    with pytest.raises(NothingHeld):
        move(guest, other, wish(TUESDAY_NOON))


def test_a_time_held_to_move_is_not_booked_as_a_new_one(guest: Guest, reference: str) -> None:
    kept = take(guest, reference, FRIDAY)

    with pytest.raises(HoldEnded):
        guest.confirm(kept.id)

    assert len(rows(models.Appointment, models.Appointment.status == Status.BOOKED)) == 1


def test_pressing_move_twice_moves_once(guest: Guest, reference: str) -> None:
    take(guest, reference, FRIDAY)
    seen = guest.visit
    first = move(guest, reference)
    before = everything()

    second, third = move(guest, reference, visit=seen), move(guest, reference)

    assert first == second == third
    assert first.appointment.wish == FRIDAY
    assert everything() == before


def test_pressing_move_twice_moves_once_also_when_the_new_time_is_too_near_to_change(
    guest: Guest, reference: str
) -> None:
    take(guest, reference, FRIDAY)
    move(guest, reference)
    set_rule(GENERAL, change_until_hours=200)

    assert move(guest, reference).appointment.wish == FRIDAY
    with pytest.raises(TooLate):
        move(guest, reference, THURSDAY)


def test_a_page_that_shows_another_time_than_the_chosen_one_moves_nothing(
    guest: Guest, reference: str
) -> None:
    take(guest, reference, FRIDAY)
    take(guest, reference, wish(TUESDAY_NOON))
    before = everything()

    with pytest.raises(HoldEnded):
        move(guest, reference, FRIDAY)

    assert everything() == before


def test_an_old_page_does_not_say_moved_when_it_was_moved_back(
    guest: Guest, reference: str
) -> None:
    for wanted in (FRIDAY, THURSDAY):
        take(guest, reference, wanted)
        move(guest, reference, wanted)

    with pytest.raises(NothingHeld):
        move(guest, reference, FRIDAY)


def test_an_old_page_does_not_say_moved_when_it_was_cancelled(guest: Guest, reference: str) -> None:
    take(guest, reference, FRIDAY)
    move(guest, reference)
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)

    with pytest.raises(AlreadyCancelled):
        move(guest, reference)


def test_giving_the_new_time_back_keeps_the_old_one(guest: Guest, reference: str) -> None:
    take(guest, reference, FRIDAY)

    hold.release(guest.visit)

    assert booked(reference).starts_at == THURSDAY.start
    assert held() == []


def test_a_new_time_that_ran_out_still_moves_while_nobody_took_it(
    guest: Guest, reference: str
) -> None:
    take(guest, reference, FRIDAY)
    guest.now += timedelta(minutes=20)

    assert move(guest, reference).appointment.wish == FRIDAY


def test_a_new_time_that_ran_out_and_was_taken_moves_nothing(guest: Guest, reference: str) -> None:
    take(guest, reference, FRIDAY)
    seen = guest.visit
    late = MONDAY_8AM + timedelta(minutes=11)
    Guest(late).hold(FRIDAY)
    before = everything()

    guest.now = late
    with pytest.raises(HoldEnded):
        move(guest, reference, visit=seen)

    assert everything() == before


def test_two_sessions_that_move_one_appointment_do_not_overwrite_each_other(
    guest: Guest, reference: str
) -> None:
    other = reader(reference)
    take(guest, reference, FRIDAY)
    take(other, reference, wish(TUESDAY_NOON))
    move(guest, reference)

    view = move(other, reference, wish(TUESDAY_NOON))

    assert (view.appointment.wish.start, view.appointment.sequence) == (TUESDAY_NOON, 2)
    assert verbs_of(view.appointment.id) == ["book", "move", "move"]
    assert Guest(MONDAY_8AM).hold(FRIDAY)


def test_a_change_based_on_what_is_not_so_any_more_is_refused(guest: Guest, reference: str) -> None:
    seen = appointment.mine(reference, guest.actor)
    take(guest, reference, FRIDAY)
    move(guest, reference)

    with pytest.raises(ChangedMeanwhile), transaction() as session:
        appointments.change(
            session, seen, {"status": Status.CANCELLED, "sequence": 1}, now=MONDAY_8AM
        )

    assert booked(reference).status == Status.BOOKED
