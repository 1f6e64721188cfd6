"""The database refuses two visits of one doctor at once, and counts each change of a calendar."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import IntegrityError

from app.clock import system_clock
from app.domain.waiting import Wishes
from app.services import readiness
from app.storage import models, waiting
from app.storage.database import db
from app.storage.types import new_id
from tests.clinics import GENERAL, KNOXVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest
from tests.conftest import MONDAY_8AM
from tests.services.looking import rows

MINUTE = timedelta(minutes=1)
SPANS = {
    "the same": (0, 30, True),
    "just before": (-30, 0, False),
    "just after": (30, 60, False),
    "over the start": (-15, 1, True),
    "over the end": (29, 45, True),
    "within": (10, 20, True),
    "around": (-10, 40, True),
    "another day": (1440, 1470, False),
}


@pytest.fixture
def patient_id(app: Flask) -> str:
    Guest(MONDAY_8AM).say()
    (row,) = rows(models.Patient)
    found: str = row.id
    return found


def span(first: int, until: int) -> dict[str, Any]:
    """Columns of a visit from so many minutes after noon to so many."""
    begins, ends = TUESDAY_NOON + first * MINUTE, TUESDAY_NOON + until * MINUTE
    return {"starts_at": begins, "ends_at": ends, "blocked_from": begins, "blocked_until": ends}


def write(who: str, first: int, until: int, **changes: Any) -> str:
    """Write an appointment past every rule of the clinic."""
    id_ = new_id()
    values: dict[str, Any] = {
        "id": id_, "reference": id_, "status": "booked", "clinician_id": RIVERA,
        "location_id": KNOXVILLE, "visit_type_id": GENERAL, "video": False,
        "patient_id": who, **span(first, until),
    }  # fmt: skip
    db.session.execute(insert(models.Appointment).values(values | changes))
    db.session.commit()
    return id_


def wait(who: str, appointment_id: str) -> str:
    """Put somebody on the waiting list past every rule of the clinic."""
    wishes = Wishes(visit_type_id=GENERAL)
    id_ = waiting.add(db.session(), who, wishes, appointment_id=appointment_id, now=MONDAY_8AM)
    db.session.commit()
    return id_


@pytest.mark.parametrize(("first", "until", "meets"), SPANS.values(), ids=SPANS)
def test_an_overlap_is_refused_when_written_and_when_changed(
    patient_id: str, first: int, until: int, meets: bool
) -> None:
    write(patient_id, 0, 30)
    elsewhere = write(patient_id, 5000, 5030)
    known = update(models.Appointment).where(models.Appointment.id == elsewhere)

    if not meets:
        db.session.execute(known.values(**span(first, until)))
        db.session.commit()
        return
    with pytest.raises(IntegrityError, match="appointment_no_overlap"):
        write(patient_id, first, until)
    db.session.rollback()
    with pytest.raises(IntegrityError, match="appointment_no_overlap"):
        db.session.execute(known.values(**span(first, until)))


def test_a_hold_guards_its_time_as_an_appointment_does(patient_id: str) -> None:
    held = {"status": "held", "hold_until": MONDAY_8AM, "reference": None, "patient_id": None}
    write(patient_id, 0, 30, **held)

    with pytest.raises(IntegrityError, match="appointment_no_overlap"):
        write(patient_id, 0, 30)
    db.session.rollback()
    with pytest.raises(IntegrityError, match="appointment_no_overlap"):
        write(patient_id, 15, 45, **held)


def test_a_hold_to_move_an_appointment_may_lie_over_its_time_and_over_nobody_elses(
    patient_id: str,
) -> None:
    moved, other = write(patient_id, 0, 30), write(patient_id, 45, 75)
    held = {"status": "held", "hold_until": MONDAY_8AM, "reference": None, "patient_id": None}

    kept = write(patient_id, 15, 45, moves_id=moved, **held)

    known = update(models.Appointment).where(models.Appointment.id == kept)
    for changes in (span(20, 50), {"moves_id": other}, {"moves_id": None}):
        with pytest.raises(IntegrityError, match="appointment_no_overlap"):
            db.session.execute(known.values(**changes))
        db.session.rollback()
    for hold in ({}, held, held | {"moves_id": other}):
        with pytest.raises(IntegrityError, match="appointment_no_overlap"):
            write(patient_id, 30, 45, **hold)
        db.session.rollback()


def test_the_time_before_and_after_a_visit_is_guarded_too(patient_id: str) -> None:
    write(patient_id, 0, 30, blocked_from=TUESDAY_NOON - 15 * MINUTE,
          blocked_until=TUESDAY_NOON + 45 * MINUTE)  # fmt: skip

    for first, until in ((-20, -10), (30, 40), (-30, -14), (44, 60)):
        with pytest.raises(IntegrityError, match="appointment_no_overlap"):
            write(patient_id, first, until)
        db.session.rollback()
    assert write(patient_id, -30, -15)
    assert write(patient_id, 45, 60)


def test_what_is_cancelled_guards_nothing_until_it_is_taken_up_again(patient_id: str) -> None:
    cancelled = write(patient_id, 0, 30, status="cancelled")
    write(patient_id, 0, 30)

    with pytest.raises(IntegrityError, match="appointment_no_overlap"):
        db.session.execute(
            update(models.Appointment)
            .where(models.Appointment.id == cancelled)
            .values(status="booked")
        )


def test_an_overlap_with_a_reason_is_allowed(patient_id: str) -> None:
    write(patient_id, 0, 30)

    assert write(patient_id, 0, 30, overlap_reason="An emergency between two visits")


def test_an_appointment_has_one_place_on_the_waiting_list_at_once(patient_id: str) -> None:
    about = write(patient_id, 0, 30)
    first = wait(patient_id, about)

    with pytest.raises(IntegrityError, match="appointment_id"):
        wait(patient_id, about)
    db.session.rollback()
    left = update(models.Waiting).where(models.Waiting.id == first)
    db.session.execute(left.values(closed_at=MONDAY_8AM, closed="left"))
    assert wait(patient_id, about)


def test_another_doctor_has_a_calendar_of_their_own(patient_id: str) -> None:
    write(patient_id, 0, 30)

    elsewhere = write(patient_id, 0, 30, clinician_id=OKAFOR)

    with pytest.raises(IntegrityError, match="appointment_no_overlap"):
        db.session.execute(
            update(models.Appointment)
            .where(models.Appointment.id == elsewhere)
            .values(clinician_id=RIVERA)
        )


NONSENSE: dict[str, dict[str, Any]] = {
    "that ends before it starts": {"ends_at": TUESDAY_NOON - MINUTE},
    "that is not within what it blocks": {"blocked_from": TUESDAY_NOON + MINUTE},
    "that is booked for nobody": {"patient_id": None},
    "that is booked without a reference": {"reference": None},
    "that is booked and runs out": {"hold_until": TUESDAY_NOON},
    "that is held for ever": {"status": "held"},
    "with no doctor": {"clinician_id": 99},
}


@pytest.mark.parametrize("changes", NONSENSE.values(), ids=NONSENSE)
def test_the_database_keeps_no_appointment(patient_id: str, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        write(patient_id, 0, 30, **changes)


def revisions() -> dict[int, int]:
    return {row.id: row.calendar_revision for row in rows(models.Clinician)}


def test_each_change_of_a_calendar_is_counted(patient_id: str) -> None:
    id_ = write(patient_id, 0, 30)
    known = models.Appointment.id == id_
    counted = [revisions()]
    for change in (
        update(models.Appointment).where(known).values(status="cancelled"),
        update(models.Appointment).where(known).values(clinician_id=OKAFOR),
        delete(models.Appointment).where(known),
    ):
        db.session.execute(change)
        db.session.commit()
        counted.append(revisions())

    grown = [
        {id_ for id_ in (RIVERA, OKAFOR) if later[id_] > earlier[id_]}
        for earlier, later in pairwise(counted)
    ]
    assert grown == [{RIVERA}, {RIVERA, OKAFOR}, {OKAFOR}]


@pytest.mark.parametrize("moment", ["INSERT", "UPDATE"])
def test_a_clinic_whose_guard_is_gone_is_not_ready(app: Flask, moment: str) -> None:
    assert readiness.check(now=system_clock()) == []

    if db.engine.dialect.name == "sqlite":
        db.session.execute(text(f"DROP TRIGGER appointment_no_overlap_{moment}"))
    else:
        db.session.execute(text("ALTER TABLE appointment DROP CONSTRAINT appointment_no_overlap"))
    db.session.commit()

    assert readiness.check(now=system_clock()) == ["guard_missing"]
