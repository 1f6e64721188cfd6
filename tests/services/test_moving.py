"""Moving an appointment: the old time stays until the new one is certain."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.refusals import (
    AlreadyCancelled,
    AlreadyOver,
    NotOffered,
    NotYours,
    SlotTaken,
    TooLate,
)
from app.services import cancelling, moving
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import GENERAL, NASHVILLE, OKAFOR, SECOND, TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.services.looking import (
    booked,
    counts,
    everything,
    held,
    mails_of,
    rows,
    set_rule,
    verbs_of,
)
from tests.services.people import FRIDAY, THURSDAY, move, reader, take


def test_the_old_time_stays_until_the_new_one_is_certain(guest: Guest, reference: str) -> None:
    take(guest, reference, FRIDAY)

    assert booked(reference).starts_at == THURSDAY.start
    for kept in (THURSDAY, FRIDAY):
        with pytest.raises(SlotTaken):
            Guest(MONDAY_8AM).hold(kept)


def test_a_moved_appointment_frees_its_old_time_and_has_the_new_one(
    guest: Guest, reference: str
) -> None:
    take(guest, reference, FRIDAY)

    view = move(guest, reference)

    assert (view.appointment.wish, view.appointment.sequence) == (FRIDAY, 1)
    assert held() == []
    assert Guest(MONDAY_8AM).hold(THURSDAY)
    with pytest.raises(SlotTaken):
        Guest(MONDAY_8AM).hold(FRIDAY)


def test_moving_keeps_reference_link_and_patient(guest: Guest, reference: str) -> None:
    before = booked(reference)
    known = (before.id, before.patient_id, before.link_version)
    take(guest, reference, FRIDAY)

    move(guest, reference)

    after = booked(reference)
    assert (after.id, after.patient_id, after.link_version) == known


def test_a_move_takes_back_the_old_reminders_and_owes_new_ones(
    guest: Guest, reference: str
) -> None:
    take(guest, reference, FRIDAY)

    move(guest, reference)

    made = booked(reference)
    assert mails_of(made.id) == [
        ("appointment_booked", 0, "withdrawn"),
        ("appointment_reminder", 48, "withdrawn"),
        ("appointment_reminder", 3, "withdrawn"),
        ("appointment_moved", 0, "owed"),
        ("appointment_reminder", 48, "owed"),
        ("appointment_reminder", 3, "owed"),
    ]
    owed = [row for row in rows(models.Mail) if row.state == "owed"]
    assert {row.sequence for row in owed} == {1}
    assert {row.due_at for row in owed} == {
        MONDAY_8AM, FRIDAY.start - days(2), FRIDAY.start - timedelta(hours=3)
    }  # fmt: skip
    assert verbs_of(made.id) == ["book", "move"]


def test_a_mail_that_left_already_is_not_taken_back(guest: Guest, reference: str) -> None:
    made = booked(reference)
    (first, *_) = rows(models.Mail, models.Mail.appointment_id == made.id)
    first.state = "handed_over"
    db.session.commit()
    take(guest, reference, FRIDAY)

    move(guest, reference)

    assert mails_of(made.id)[0] == ("appointment_booked", 0, "handed_over")


def test_moving_twice_counts_on(guest: Guest, reference: str) -> None:
    for wanted in (FRIDAY, THURSDAY):
        take(guest, reference, wanted)
        move(guest, reference, wanted)

    made = booked(reference)
    assert (made.sequence, made.starts_at) == (2, THURSDAY.start)
    assert verbs_of(made.id) == ["book", "move", "move"]


def test_an_appointment_may_move_to_another_doctor_and_place(guest: Guest, reference: str) -> None:
    elsewhere = replace(FRIDAY, clinician_id=OKAFOR, location_id=NASHVILLE)
    take(guest, reference, elsewhere)

    view = move(guest, reference, elsewhere)

    assert view.appointment.wish == elsewhere
    assert Guest(MONDAY_8AM).hold(THURSDAY)


def test_an_appointment_in_person_may_become_one_by_video(guest: Guest, reference: str) -> None:
    by_video = replace(FRIDAY, video=True)
    take(guest, reference, by_video)

    assert move(guest, reference, by_video).appointment.wish.video


def test_a_move_does_not_change_the_type_of_visit(guest: Guest, reference: str) -> None:
    with pytest.raises(NotOffered):
        take(guest, reference, replace(FRIDAY, visit_type_id=SECOND))


def test_a_new_time_that_is_taken_changes_nothing(guest: Guest, reference: str) -> None:
    Guest(MONDAY_8AM).hold(FRIDAY)
    before = counts()

    with pytest.raises(SlotTaken):
        take(guest, reference, FRIDAY)

    assert counts() == before
    assert booked(reference).starts_at == THURSDAY.start


def test_a_full_day_has_room_for_a_visit_that_moves_within_it(guest: Guest) -> None:
    set_rule(SECOND, max_per_day=1)
    mine = guest.book(replace(THURSDAY, visit_type_id=SECOND))
    later = wish(THURSDAY.start + timedelta(hours=2), visit_type_id=SECOND)

    take(guest, mine, later)

    assert move(guest, mine, later).appointment.wish == later
    with pytest.raises(SlotTaken):
        Guest(MONDAY_8AM).hold(replace(THURSDAY, visit_type_id=SECOND))


def test_until_a_day_before_an_appointment_moves_online_and_then_by_phone(guest: Guest) -> None:
    tuesday = wish(TUESDAY_NOON - timedelta(hours=3))
    mine = guest.book(tuesday)
    late = reader(mine, now=tuesday.start - timedelta(hours=24))
    assert take(late, mine, FRIDAY)

    late.now += timedelta(seconds=1)

    with pytest.raises(TooLate):
        take(late, mine, THURSDAY)
    with pytest.raises(TooLate):
        move(late, mine)
    with pytest.raises(TooLate):
        cancelling.cancel(mine, actor=late.actor, clinic=clinics.load(), now=late.now)


def test_each_type_of_visit_has_its_own_deadline(guest: Guest, reference: str) -> None:
    set_rule(GENERAL, change_until_hours=100)

    with pytest.raises(TooLate):
        take(guest, reference, FRIDAY)


def test_an_appointment_that_has_begun_does_not_move(guest: Guest, reference: str) -> None:
    actor, visit = guest.actor, guest.visit

    with pytest.raises(AlreadyOver):
        moving.take(
            reference, FRIDAY, actor=actor, visit=visit, clinic=clinics.load(), exempt=True,
            now=THURSDAY.start,
        )  # fmt: skip


def test_a_cancelled_appointment_does_not_move(guest: Guest, reference: str) -> None:
    take(guest, reference, FRIDAY)
    cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=MONDAY_8AM)

    with pytest.raises(AlreadyCancelled):
        move(guest, reference)
    with pytest.raises(AlreadyCancelled):
        take(guest, reference, FRIDAY)


def test_t11_nobody_moves_what_no_link_of_theirs_opened(guest: Guest, reference: str) -> None:
    stranger = Guest(MONDAY_8AM, network="198.51.100.0/24")
    own = stranger.book(FRIDAY)
    before = everything()

    for name in (reference, "HB-000-000", "", own.lower()):
        with pytest.raises(NotYours):
            take(stranger, name, wish(TUESDAY_NOON))
        with pytest.raises(NotYours):
            move(stranger, name)
        with pytest.raises(NotYours):
            cancelling.cancel(name, actor=stranger.actor, clinic=clinics.load(), now=MONDAY_8AM)
    assert everything() == before
