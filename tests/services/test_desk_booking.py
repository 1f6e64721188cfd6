"""Booking at the desk: for whom, what it owes, and what it refuses."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from app.domain.alike import LooksKnown, Why
from app.domain.appointment import Wish
from app.domain.desk_refusals import ClinicClosed, InThePast, TooFarAhead
from app.domain.refusals import NotAllowed, NotOffered, NotYours, SlotTaken, UnknownAnswer
from app.domain.staff import Role, Staff
from app.services import clinic as clinics
from app.services import desk_booking
from app.services.desk_booking import Call
from app.services.offer import Search
from app.storage import models
from app.storage.database import db
from tests.clinics import (
    CONSULTATION,
    GENERAL,
    NASHVILLE,
    OKAFOR,
    RIVERA,
    TUESDAY_NOON,
    Guest,
    days,
    person,
    wish,
)
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import booked, clinic_changed, everything, mails_of, rows, verbs_of
from tests.staffing import hire

HOUR, FIVE = timedelta(hours=1), timedelta(minutes=5)
CALL = Call(key="k", wish=wish(), person=person("marian@example.org"))


def book(call: Call, actor: Staff, *, now: datetime = MONDAY_8AM) -> str:
    return desk_booking.book(call, actor=actor, clinic=clinics.load(), now=now)


def test_a_caller_has_an_appointment_with_all_that_goes_with_it(jo: Staff) -> None:
    made = booked(book(replace(CALL, needs=("interpreter",)), jo))

    assert (made.status, made.starts_at, made.booked_at) == ("booked", TUESDAY_NOON, MONDAY_8AM)
    assert (made.intake_id, made.reading_id, made.overlap_reason) == (None, None, None)
    assert mails_of(made.id)[0] == ("appointment_booked", 0, "owed")
    assert {kind for kind, _hours, _state in mails_of(made.id)[1:]} == {"appointment_reminder"}
    (patient,) = rows(models.Patient)
    assert (patient.name, patient.needs, patient.search_name) == (
        "Marian Hale", ["interpreter"], " marian hale",
    )  # fmt: skip
    (line,) = rows(models.JournalEntry)
    assert (line.verb, line.actor, line.appointment_id) == ("book", jo.signature, made.id)


def test_nobody_is_written_to_who_has_no_address(jo: Staff) -> None:
    made = booked(book(replace(CALL, person=replace(CALL.person, email="")), jo))

    assert mails_of(made.id) == []


def test_the_same_form_sent_twice_is_one_appointment(jo: Staff) -> None:
    first = book(CALL, jo)

    assert book(CALL, jo) == first

    assert verbs_of(booked(first).id) == ["book"]
    assert len(rows(models.Appointment)) == 1


def test_the_same_form_with_another_time_is_another_appointment(jo: Staff) -> None:
    reference = book(CALL, jo)
    later = replace(CALL, wish=wish(TUESDAY_NOON + HOUR), aware=frozenset({reference}))

    assert book(later, jo) != reference


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [
        (wish(MONDAY_8AM - HOUR), InThePast),
        (wish(TUESDAY_NOON + days(4)), ClinicClosed),
        (wish(TUESDAY_NOON + 5 * HOUR - FIVE), ClinicClosed),
        (wish(location_id=NASHVILLE), ClinicClosed),
        (wish(TUESDAY_NOON + timedelta(minutes=1)), NotOffered),
        (wish(clinician_id=99), NotOffered),
        (wish(location_id=99), NotOffered),
        (wish(visit_type_id=99), NotOffered),
        (wish(datetime(9999, 12, 30, 12, tzinfo=TUESDAY_NOON.tzinfo)), TooFarAhead),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    jo: Staff, wanted: Wish, refused: type[Exception]
) -> None:
    before = everything()

    with pytest.raises(refused):
        book(replace(CALL, wish=wanted), jo)

    assert everything() == before


def test_five_minutes_from_now_are_soon_enough_for_whoever_stands_at_the_desk(jo: Staff) -> None:
    half_past_nine = TUESDAY_NOON - 2 * HOUR - 6 * FIVE

    assert book(replace(CALL, wish=wish(half_past_nine)), jo, now=half_past_nine - FIVE)


def test_a_taken_time_is_refused_unless_somebody_who_may_says_why(jo: Staff) -> None:
    appoint(name="Ada Abbott", phone="+18655550111")

    with pytest.raises(SlotTaken):
        book(CALL, jo)
    with pytest.raises(UnknownAnswer):
        book(replace(CALL, overlap="because"), jo)
    with pytest.raises(NotAllowed):
        book(replace(CALL, overlap="urgent"), hire(Role.CLINICIAN))
    made = booked(book(replace(CALL, overlap="urgent"), jo))

    assert made.overlap_reason == "urgent"
    (line,) = rows(models.JournalEntry)
    assert line.change["overlap"] == "urgent"


def test_a_time_that_a_patient_holds_is_taken_until_it_lapses(jo: Staff) -> None:
    Guest(MONDAY_8AM).hold()

    with pytest.raises(SlotTaken):
        book(CALL, jo)

    assert book(CALL, jo, now=MONDAY_8AM + HOUR)


def test_a_closure_refuses(jo: Staff) -> None:
    closed = {"kind": "leave", "note": "Away", "clinician_id": RIVERA}
    span = {"starts": datetime(2027, 3, 2, 11), "ends": datetime(2027, 3, 2, 15)}  # noqa: DTZ001  wall time
    db.session.execute(insert(models.Closure).values(**closed, **span))
    clinic_changed()

    with pytest.raises(ClinicClosed):
        book(CALL, jo)


def test_somebody_who_comes_already_is_said_first_and_booked_at_the_second_press(jo: Staff) -> None:
    known = appoint(TUESDAY_NOON + days(1))

    with pytest.raises(LooksKnown) as refusal:
        book(CALL, jo)
    reference = book(replace(CALL, aware=frozenset({known})), jo)

    assert [one.found.reference for one in refusal.value.alike] == [known]
    assert booked(reference).status == "booked"


def test_who_has_an_appointment_at_that_very_time_is_said_though_it_was_known(jo: Staff) -> None:
    known = appoint(clinician_id=OKAFOR, location_id=NASHVILLE)

    with pytest.raises(LooksKnown) as refusal:
        book(replace(CALL, aware=frozenset({known})), jo)

    (one,) = refusal.value.alike
    assert (one.why, one.found.reference) == (Why.THEN, known)
    assert book(replace(CALL, aware=frozenset({one.key})), jo)


def test_a_clinician_books_and_sees_free_times_in_their_own_calendar_only(app: Flask) -> None:
    rivera = hire(Role.CLINICIAN, clinician_id=RIVERA)
    theirs = wish(clinician_id=OKAFOR, location_id=NASHVILLE)

    with pytest.raises(NotYours):
        book(replace(CALL, wish=theirs), rivera)
    offer = desk_booking.free_times(
        Search(visit_type_id=GENERAL), actor=rivera, clinic=clinics.load(), now=MONDAY_8AM
    )

    assert {list_.clinician_id for day in offer.days for list_ in day.lists} == {RIVERA}
    assert book(CALL, rivera)


def test_what_is_free_is_shown_at_short_notice_too(jo: Staff) -> None:
    offer = desk_booking.free_times(
        Search(visit_type_id=CONSULTATION), actor=jo, clinic=clinics.load(), now=TUESDAY_NOON
    )

    assert offer.next is not None
    assert offer.next.start - TUESDAY_NOON < HOUR


def test_the_limit_of_an_address_is_for_vandals_and_not_for_the_desk(jo: Staff) -> None:
    for number in range(4):
        book(replace(
            CALL, wish=wish(TUESDAY_NOON + days(number % 3) + number * HOUR),
            aware=frozenset(row.reference for row in rows(models.Appointment)),
        ), jo)  # fmt: skip

    assert len(rows(models.Appointment)) == 4


def test_where_a_doctor_is_at_an_instant_is_known(app: Flask) -> None:
    assert desk_booking.place_at(OKAFOR, TUESDAY_NOON, clinics.load()) == NASHVILLE
    assert desk_booking.place_at(OKAFOR, TUESDAY_NOON + days(4), clinics.load()) is None
