"""Doctors and places that end: seen first whose time it costs, and found another one."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.domain.hours_refusals import WouldBreak
from app.domain.refusals import HoldClosed, NotOffered
from app.domain.setting import seen_as
from app.domain.staff import Role, Staff
from app.services import (
    booking,
    breaking,
    desk,
    desk_moving,
    doctors,
    invited,
    places,
    rehousing,
)
from app.services import clinic as clinics
from tests.clinics import OKAFOR, RIVERA, TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint, hours
from tests.services.delivering import delivered
from tests.services.looking import booked, verbs_of
from tests.staffing import hire


@pytest.fixture
def mira(app: Flask) -> Staff:
    return hire(Role.OWNER, name="Mira Castellan")


def change_place(mira: Staff, id_: int, *, agreed: str = "", **wanted: Any) -> None:
    known = places.find(mira, id_)
    places.change(mira, id_, known | wanted, seen=seen_as(known), agreed=agreed, now=MONDAY_8AM)


def change_doctor(mira: Staff, id_: int, *, agreed: str = "", **wanted: Any) -> None:
    known = doctors.find(mira, id_)
    doctors.change(mira, id_, known | wanted, seen=seen_as(known), agreed=agreed, now=MONDAY_8AM)


def end(change: Callable[..., None], mira: Staff) -> None:
    """Let a doctor or a place end, once somebody saw whose time that costs."""
    with pytest.raises(WouldBreak) as refused:
        change(mira, 1, active=False)
    change(mira, 1, active=False, agreed=breaking.sight(refused.value.lost))


def sent(who: Staff) -> list[str]:
    """Let what is due leave; return of which kinds somebody gets mails."""
    return [one.kind for one in delivered() if one.recipient_address == who.email]


@pytest.mark.parametrize("change", [change_place, change_doctor])
def test_what_ends_with_coming_appointments_says_which_and_loses_none(
    mira: Staff, change: Callable[..., None]
) -> None:
    reference = appoint(name="Ada Abbott")
    appoint(TUESDAY_NOON - days(30))

    with pytest.raises(WouldBreak) as refused:
        change(mira, 1, active=False)
    end(change, mira)

    assert [one.name for one in refused.value.lost] == ["Ada Abbott"]
    assert booked(reference).status == "booked"
    assert verbs_of(booked(reference).id) == ["lose_time"]
    (case,) = rehousing.progress(None, actor=mira, clinic=clinics.load(), now=MONDAY_8AM).cases
    assert (case.coming.reference, case.is_left) == (reference, True)


@pytest.mark.parametrize("change", [change_place, change_doctor])
def test_what_ends_takes_the_times_that_somebody_is_booking_just_now(
    mira: Staff, change: Callable[..., None]
) -> None:
    guest = Guest(MONDAY_8AM)
    kept = guest.hold()
    guest.say()
    visit, clinic = guest.visit, clinics.load()

    change(mira, 1, active=False)

    with pytest.raises((HoldClosed, NotOffered)):
        booking.book(kept.id, visit=visit, clinic=clinic, exempt=False, now=MONDAY_8AM)


@pytest.mark.parametrize("change", [change_place, change_doctor])
def test_what_comes_back_gives_their_time_back(mira: Staff, change: Callable[..., None]) -> None:
    reference = appoint()
    end(change, mira)

    change(mira, 1, active=True)

    assert verbs_of(booked(reference).id) == ["lose_time", "regain_time"]
    left = rehousing.progress(None, actor=mira, clinic=clinics.load(), now=MONDAY_8AM)
    assert not any(case.is_left for case in left.cases)


def test_what_a_doctor_who_ended_loses_to_another_leaves_their_calendar_by_mail(
    mira: Staff,
) -> None:
    rivera = hire(Role.CLINICIAN, name="Dr Rivera", clinician_id=RIVERA)
    reference = appoint()
    invited.choose(rivera, RIVERA, rivera.id, now=MONDAY_8AM)
    before = sent(rivera)
    end(change_doctor, mira)
    hours(OKAFOR)

    still = sent(rivera)
    desk_moving.move(
        reference, wish(TUESDAY_NOON, clinician_id=OKAFOR), revision=booked(reference).revision,
        actor=mira, clinic=clinics.load(), now=MONDAY_8AM,
    )  # fmt: skip

    assert (before, still) == (["doctor_booked"], [])
    assert sent(rivera) == ["doctor_cancelled"]


def test_a_doctor_who_ended_is_on_the_board_of_days_with_appointments_only(mira: Staff) -> None:
    appoint()
    end(change_doctor, mira)

    boards = [
        desk.day(on, actor=mira, clinic=clinics.load(), now=MONDAY_8AM)
        for on in (TUESDAY_NOON.date(), TUESDAY_NOON.date() + days(1))
    ]

    assert [RIVERA in [one.clinician_id for one in board.columns] for board in boards] == [
        True, False,
    ]  # fmt: skip
