"""Taking out: the use cases ask again who may, whichever page led to them."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from app.domain.appointment import Appointment
from app.domain.finding import Sought
from app.domain.refusals import NotAllowed, NotYours
from app.domain.staff import Role, Staff
from app.services import clinic as clinics
from app.services import exporting, glass
from tests.clinics import RIVERA
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import everything
from tests.staffing import hire

TUESDAY = date(2027, 3, 2)
Take = Callable[[Staff], list[Appointment]]


def search(actor: Staff) -> list[Appointment]:
    wanted = Sought(words=("hale",))
    return exporting.of_search(
        "hale", wanted, kind="csv", actor=actor, clinic=clinics.load(), now=MONDAY_8AM
    )


def day(actor: Staff) -> list[Appointment]:
    return exporting.of_day(
        TUESDAY, location_id=None, kind="csv", actor=actor, clinic=clinics.load(), now=MONDAY_8AM
    )


def week(actor: Staff, clinician_id: int = RIVERA) -> list[Appointment]:
    return exporting.of_week(
        TUESDAY, clinician_id, kind="csv", actor=actor, clinic=clinics.load(), now=MONDAY_8AM
    )


@pytest.mark.parametrize("take", [search, day, week])
def test_t12_only_owners_take_anything_out_and_a_refusal_leaves_no_trace(
    app: Flask, take: Take
) -> None:
    reference = appoint()
    owner, others = hire(Role.OWNER), [hire(Role.RECEPTION), hire(Role.CLINICIAN)]
    assert [one.reference for one in take(owner)] == [reference]
    before = everything()

    for somebody in others:
        with pytest.raises(NotAllowed):
            take(somebody)

    assert everything() == before


def test_the_week_of_a_doctor_that_there_is_not_is_refused(app: Flask) -> None:
    with pytest.raises(NotYours):
        week(hire(Role.OWNER), clinician_id=99)


def test_t12_whoever_reads_no_health_words_breaks_no_glass(app: Flask) -> None:
    reference = appoint()

    for role in (Role.RECEPTION, Role.OWNER):
        with pytest.raises(NotAllowed):
            glass.break_(reference, "I stand in for the doctor", actor=hire(role), now=MONDAY_8AM)
