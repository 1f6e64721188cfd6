"""Doctors who want their appointments as invitations, in a calendar of their own."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.domain.letter import DOCTORS, Letter
from app.domain.refusals import NotAllowed, NotYours
from app.domain.staff import Role, Staff
from app.services import (
    attending,
    cancelling,
    desk_moving,
    invited,
    settle,
    settle_mails,
)
from app.services import clinic as clinics
from app.storage import mails, models
from app.storage.database import db, reading
from tests.clinics import NASHVILLE, OKAFOR, RIVERA, TUESDAY_NOON, Guest, days, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.delivering import to_doctors
from tests.services.looking import clinic_changed, rows, statements
from tests.services.settling import looks
from tests.staffing import hire

FRIDAY = TUESDAY_NOON + days(3)


@pytest.fixture
def rivera(app: Flask) -> Staff:
    """Give Dr Rivera, who wants to be invited."""
    return wants(RIVERA, "rivera@example.org")


def wants(clinician_id: int, email: str) -> Staff:
    who = hire(Role.CLINICIAN, name="Dr", email=email, clinician_id=clinician_id)
    invited.choose(who, clinician_id, who.id, now=MONDAY_8AM)
    return who


def told(found: list[Letter]) -> list[tuple[str, str]]:
    return [(one.recipient_address.partition("@")[0], one.kind) for one in found]


def move(reference: str, who: Staff, *, clinician_id: int = RIVERA, location_id: int = 1) -> None:
    wanted = wish(FRIDAY, clinician_id=clinician_id, location_id=location_id)
    desk_moving.move(
        reference, wanted, revision=attending.find(reference, who).revision, actor=who,
        clinic=clinics.load(), now=MONDAY_8AM,
    )  # fmt: skip


def cancel(reference: str, who: Staff) -> None:
    revision = attending.find(reference, who).revision
    cancelling.cancel_at_desk(reference, "other", revision=revision, actor=who, now=MONDAY_8AM)


def test_nobody_is_invited_unless_they_want_to_be(guest: Guest) -> None:
    hire(Role.CLINICIAN)
    guest.book(wish(FRIDAY))

    assert to_doctors() == []


def test_a_doctor_who_wants_it_is_invited_by_letters(guest: Guest, rivera: Staff) -> None:
    reference = guest.book(wish(FRIDAY))

    (said,) = to_doctors()

    assert (said.recipient_address, said.patient_name) == ("rivera@example.org", "M.H.")
    assert (said.reference, said.sequence, said.doctor_id) == (reference, 0, rivera.id)
    assert said.link == f"https://x/staff/appointment/{reference}"
    assert said.interval is not None
    assert said.interval.start == FRIDAY


def test_a_clinic_may_decide_for_names(guest: Guest, rivera: Staff) -> None:
    db.session.execute(update(models.Clinic).values(calendar_names="full"))
    clinic_changed()
    guest.book(wish(FRIDAY))

    assert [said.patient_name for said in to_doctors()] == ["Marian Hale"]


def test_a_move_to_another_doctor_takes_it_from_the_one_and_gives_it_to_the_other(
    guest: Guest, rivera: Staff
) -> None:
    wants(OKAFOR, "okafor@example.org")
    reference, jo = guest.book(wish(TUESDAY_NOON + days(2))), hire()
    booked = to_doctors()

    move(reference, jo, clinician_id=OKAFOR, location_id=NASHVILLE)
    moved = to_doctors(MONDAY_8AM + timedelta(minutes=1))

    assert told(booked) == [("rivera", "doctor_booked")]
    assert told(moved) == [("rivera", "doctor_cancelled"), ("okafor", "doctor_booked")]
    gone, new = moved
    assert gone.sequence > booked[0].sequence
    assert gone.doctor_id != new.doctor_id
    assert gone.interval is not None
    assert gone.interval.start == TUESDAY_NOON + days(2)
    assert gone.first == booked[0].name
    assert new.first is None


def test_who_has_it_again_before_a_mail_left_is_told_only_how_it_stands(
    guest: Guest, rivera: Staff
) -> None:
    reference, jo = guest.book(wish(TUESDAY_NOON + days(2))), hire()
    to_doctors()

    move(reference, jo, clinician_id=OKAFOR, location_id=NASHVILLE)
    move(reference, jo)

    assert told(to_doctors()) == [("rivera", "doctor_booked")]


def test_what_was_cancelled_before_the_invitation_left_is_never_told(
    guest: Guest, rivera: Staff
) -> None:
    cancel(guest.book(wish(FRIDAY)), hire())

    assert to_doctors() == []


def test_a_doctor_is_told_when_it_is_cancelled_and_when_it_is_brought_back(
    guest: Guest, rivera: Staff
) -> None:
    reference, jo = guest.book(wish(FRIDAY)), hire()
    found = to_doctors()

    cancel(reference, jo)
    found += to_doctors()
    revision = attending.find(reference, jo).revision
    cancelling.restore(
        reference, revision=revision, actor=jo, clinic=clinics.load(), now=MONDAY_8AM
    )
    found += to_doctors()

    kinds = ["doctor_booked", "doctor_cancelled", "doctor_booked"]
    assert told(found) == [("rivera", kind) for kind in kinds]
    assert [one.sequence for one in found] == [0, 1, 2]


def test_wanting_it_brings_what_is_to_come_and_ending_it_takes_that_out(app: Flask) -> None:
    appoint(TUESDAY_NOON)
    appoint(FRIDAY)
    appoint(FRIDAY, clinician_id=OKAFOR)
    appoint(TUESDAY_NOON - days(8))
    who = wants(RIVERA, "rivera@example.org")
    brought = to_doctors()

    invited.choose(who, RIVERA, None, now=MONDAY_8AM)
    taken = to_doctors()
    invited.choose(who, RIVERA, who.id, now=MONDAY_8AM)
    again = to_doctors()

    assert told(brought) == told(again) == [("rivera", "doctor_booked")] * 2
    assert told(taken) == [("rivera", "doctor_cancelled")] * 2
    assert [[one.sequence for one in some] for some in (brought, taken, again)] == [
        [0, 0], [1, 1], [2, 2],
    ]  # fmt: skip


def test_wanting_it_twice_is_wanting_it_once(rivera: Staff) -> None:
    appoint()

    invited.choose(rivera, RIVERA, rivera.id, now=MONDAY_8AM)

    assert to_doctors() == []
    verbs = [row.verb for row in rows(models.JournalEntry) if row.verb.startswith("doctor_")]
    assert verbs == ["doctor_invited"]


def test_an_owner_chooses_for_a_doctor(app: Flask) -> None:
    who, owner = hire(Role.CLINICIAN), hire(Role.OWNER)

    invited.choose(owner, RIVERA, who.id, now=MONDAY_8AM)

    chosen = invited.of_doctor(owner, RIVERA, now=MONDAY_8AM).chosen
    assert chosen is not None
    assert chosen.id == who.id


def test_t12_nobody_else_chooses_for_a_doctor(rivera: Staff) -> None:
    okafor, jo = hire(Role.CLINICIAN, clinician_id=OKAFOR), hire()

    for who in (okafor, jo):
        with pytest.raises(NotAllowed):
            invited.choose(who, RIVERA, None, now=MONDAY_8AM)


def test_t12_invitations_go_to_nobody_but_the_doctors_own_accounts(rivera: Staff) -> None:
    owner, jo = hire(Role.OWNER), hire()

    with pytest.raises(NotYours):
        invited.choose(owner, RIVERA, jo.id, now=MONDAY_8AM)


def test_whoever_left_is_not_written_to(guest: Guest, rivera: Staff) -> None:
    db.session.execute(update(models.StaffAccount).values(left_at=MONDAY_8AM))
    db.session.commit()
    guest.book(wish(FRIDAY))

    assert to_doctors() == []


def test_a_doctors_mail_that_was_refused_is_not_sent_to_the_patient(
    guest: Guest, rivera: Staff
) -> None:
    guest.book(wish(FRIDAY))
    for mail in rows(models.Mail, models.Mail.staff_id == rivera.id):
        mail.state = models.MailState.REFUSED
        db.session.commit()

    assert not [one for some in settle.listing(looks()).values() for one in some if one.mail_id]
    with pytest.raises(NotYours):
        settle_mails.send_again(mail.id, "x@example.org", asked=looks())


def test_a_booking_asks_the_database_no_more_than_before_unless_a_doctor_wants_it(
    guest: Guest,
) -> None:
    held = guest.hold(wish(FRIDAY), exempt=True)
    guest.say()

    with statements() as asked:
        guest.confirm(held.id, exempt=True)

    assert not [one for one in asked if "max(mail.sequence)" in one]
    assert mails.numbers(reading(), [held.id], DOCTORS) == {}
