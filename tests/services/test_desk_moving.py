"""Moving at the desk, with what it refuses and what it may override."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from app.domain.appointment import Wish
from app.domain.desk_refusals import ClinicClosed, InThePast
from app.domain.refusals import (
    AlreadyOver,
    ChangedMeanwhile,
    NotAllowed,
    NotOffered,
    NotYours,
    SlotTaken,
    UnknownAnswer,
)
from app.domain.staff import Role, Staff
from app.services import clinic as clinics
from app.services import desk_moving
from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from tests.clinics import NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, clinic_changed, mails_of, rows, verbs_of
from tests.services.people import FRIDAY, THURSDAY, take
from tests.services.people import move as patient_moves
from tests.staffing import hire

HOUR, FIVE = timedelta(hours=1), timedelta(minutes=5)
LATER = wish(TUESDAY_NOON + HOUR + FIVE)


def move(
    reference: str,
    actor: Staff,
    wanted: Wish = LATER,
    *,
    overlap: str | None = None,
    seen: int | None = None,
    now: datetime = MONDAY_8AM,
) -> None:
    revision = booked(reference).revision if seen is None else seen
    desk_moving.move(
        reference, wanted, overlap=overlap, revision=revision, actor=actor,
        clinic=clinics.load(), now=now,
    )  # fmt: skip


def test_an_appointment_moves_to_any_five_minutes_that_are_open(jo: Staff, guest: Guest) -> None:
    reference = guest.book(wish(TUESDAY_NOON + days(2)))

    move(reference, jo)

    made = booked(reference)
    assert made.starts_at == TUESDAY_NOON + HOUR + FIVE
    assert (made.sequence, made.revision, made.overlap_reason) == (1, 1, None)
    assert ("appointment_moved", 0, "owed") in mails_of(made.id)
    assert verbs_of(made.id)[-1] == "move"


def test_it_moves_to_another_doctor_and_another_place(jo: Staff) -> None:
    reference = appoint()

    move(reference, jo, wish(TUESDAY_NOON, clinician_id=OKAFOR, location_id=NASHVILLE))

    assert (booked(reference).clinician_id, booked(reference).location_id) == (OKAFOR, NASHVILLE)


def test_a_second_press_changes_nothing(jo: Staff) -> None:
    reference = appoint()
    move(reference, jo, seen=0)

    move(reference, jo, seen=0)

    assert verbs_of(booked(reference).id) == ["move"]


def test_whoever_saw_it_elsewhere_is_told(jo: Staff) -> None:
    reference = appoint()
    move(reference, jo)

    with pytest.raises(ChangedMeanwhile):
        move(reference, jo, wish(TUESDAY_NOON + 2 * HOUR), seen=0)

    assert booked(reference).starts_at == LATER.start


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [
        (wish(MONDAY_8AM - HOUR), InThePast),
        (wish(TUESDAY_NOON + days(-7)), InThePast),
        (wish(TUESDAY_NOON + 6 * HOUR), ClinicClosed),
        (wish(TUESDAY_NOON + 5 * HOUR - FIVE), ClinicClosed),
        (wish(TUESDAY_NOON + days(4)), ClinicClosed),
        (wish(TUESDAY_NOON, location_id=NASHVILLE), ClinicClosed),
        (wish(LATER.start + timedelta(minutes=1)), NotOffered),
        (wish(LATER.start, clinician_id=99), NotOffered),
        (wish(LATER.start, location_id=99), NotOffered),
        (wish(LATER.start, visit_type_id=4), NotOffered),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    jo: Staff, wanted: Wish, refused: type[Exception]
) -> None:
    reference = appoint()

    with pytest.raises(refused):
        move(reference, jo, wanted)

    assert (booked(reference).starts_at, booked(reference).revision) == (TUESDAY_NOON, 0)
    assert rows(models.Mail) == []


def test_a_closure_refuses_and_the_time_stays(jo: Staff) -> None:
    reference = appoint()
    closed = {"kind": "leave", "note": "Away", "clinician_id": RIVERA}
    span = {"starts": datetime(2027, 3, 2, 13), "ends": datetime(2027, 3, 2, 15)}  # noqa: DTZ001  wall time
    db.session.execute(insert(models.Closure).values(**closed, **span))
    clinic_changed()

    with pytest.raises(ClinicClosed):
        move(reference, jo)

    assert booked(reference).starts_at == TUESDAY_NOON


def test_a_taken_time_is_refused_unless_somebody_who_may_says_why(jo: Staff) -> None:
    reference, other = appoint(), appoint(TUESDAY_NOON + HOUR)

    with pytest.raises(SlotTaken):
        move(reference, jo)
    with pytest.raises(UnknownAnswer):
        move(reference, jo, overlap="because")
    with pytest.raises(NotAllowed):
        move(reference, hire(Role.CLINICIAN), overlap="urgent")
    move(reference, jo, overlap="urgent")

    assert booked(reference).overlap_reason == "urgent"
    assert booked(other).starts_at == TUESDAY_NOON + HOUR
    (line,) = rows(models.JournalEntry)
    assert line.change["overlap"] == "urgent"


def test_a_reason_that_was_not_needed_is_not_kept(jo: Staff) -> None:
    reference = appoint()

    move(reference, jo, overlap="urgent")

    assert booked(reference).overlap_reason is None


def test_moved_out_of_an_overlap_the_time_is_guarded_again(jo: Staff) -> None:
    reference = appoint(overlap_reason="urgent")

    move(reference, jo)
    with pytest.raises(SlotTaken):
        move(appoint(TUESDAY_NOON + 3 * HOUR), jo)

    assert booked(reference).overlap_reason is None


def test_an_overlap_keeps_patients_from_its_time(jo: Staff) -> None:
    appoint(overlap_reason="urgent")

    with pytest.raises(SlotTaken):
        Guest(MONDAY_8AM).hold(wish(TUESDAY_NOON))


def test_who_is_here_already_is_not_moved(jo: Staff) -> None:
    with pytest.raises(AlreadyOver):
        move(appoint(status=Status.ARRIVED), jo)


def test_a_clinician_moves_within_their_own_calendar(app: Flask) -> None:
    rivera = hire(Role.CLINICIAN, clinician_id=RIVERA)
    mine = appoint()
    theirs = appoint(clinician_id=OKAFOR, location_id=NASHVILLE)

    move(mine, rivera)
    for reference, wanted in (
        (theirs, LATER),
        (mine, wish(TUESDAY_NOON, clinician_id=OKAFOR, location_id=NASHVILLE)),
    ):
        with pytest.raises(NotYours):
            move(reference, rivera, wanted)

    assert booked(mine).starts_at == LATER.start


def test_a_patient_who_moves_out_of_an_overlap_is_guarded_again(jo: Staff, guest: Guest) -> None:
    reference = guest.book(THURSDAY)
    appoint(TUESDAY_NOON + days(1))
    move(reference, jo, wish(TUESDAY_NOON + days(1)), overlap="urgent")

    take(guest, reference, FRIDAY)
    patient_moves(guest, reference, FRIDAY)

    assert booked(reference).overlap_reason is None
