"""What a device deletes is cancelled; what it puts into another calendar goes to that doctor."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.device import Scope
from app.domain.staff import Role
from app.storage.database import db
from app.storage.models import JournalEntry
from tests.clinics import KNOXVILLE, OKAFOR, TUESDAY_NOON
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.desk import appoint, hours
from tests.phone import Phone, errors, texts
from tests.web.dav.followed import Followed

HOUR = timedelta(hours=1)
HALF = timedelta(minutes=30)


def test_deleting_cancels_and_the_patient_is_told(site: Flask, followed: Followed) -> None:
    _seen, token = followed.phone.sync()

    answer = followed.phone.open(
        "DELETE", followed.phone.place(followed.name), If_Match=followed.etag
    )

    assert answer.status_code == 204
    assert followed.now.status == "cancelled"
    assert "appointment_cancelled" in followed.mails
    assert followed.phone.sync(token)[0] == {followed.name: None}


def test_the_journal_says_that_a_calendar_program_deleted_it(
    site: Flask, followed: Followed
) -> None:
    followed.phone.open("DELETE", followed.phone.place(followed.name))

    with site.app_context():
        lines = db.session.scalars(select(JournalEntry).where(JournalEntry.verb == "cancel")).all()
    assert [(one.actor, one.change["reason"]) for one in lines] == [
        (followed.phone.who.signature, "by_device")
    ]


def test_t45_a_device_that_may_not_cancel_deletes_nothing(site: Flask, followed: Followed) -> None:
    careful = Phone(site, scope=Scope.MOVE, who=followed.phone.who, name="Careful")
    _seen, token = careful.sync()

    answer = careful.open("DELETE", careful.place(followed.name))

    assert (answer.status_code, errors(answer)) == (403, ["not-allowed", "sentence"])
    assert followed.now.status == "booked"
    assert list(careful.sync(token)[0]) == [followed.name]


def test_what_took_place_is_not_deleted(
    site: Flask, followed: Followed, clock: StoppedClock
) -> None:
    with site.app_context():
        reference = appoint(MONDAY_8AM + HOUR, status="completed")
    other = Followed(site, reference, followed.phone)

    answer = other.phone.open("DELETE", other.phone.place(other.name))

    assert (answer.status_code, errors(answer)) == (409, ["already-over", "sentence"])


def test_an_appointment_is_given_to_another_doctor(site: Flask) -> None:
    with site.app_context():
        hours(OKAFOR, KNOXVILLE)
        followed = Followed(site, appoint(), Phone(site, Role.RECEPTION))
    desk = followed.phone
    target = f"http://localhost{desk.place(followed.name, OKAFOR)}"

    answer = desk.open("MOVE", desk.place(followed.name), Destination=target)

    assert answer.status_code == 201
    assert followed.now.wish.clinician_id == OKAFOR
    assert followed.now.interval.start == TUESDAY_NOON
    assert texts(desk.find(desk.calendar(OKAFOR), "D:getetag", depth="1"), "D:href")[1:] == [
        desk.place(followed.name, OKAFOR)
    ]


def test_a_patient_is_not_sent_to_another_place_by_it(site: Flask) -> None:
    with site.app_context():
        followed = Followed(site, appoint(), Phone(site, Role.RECEPTION))
    desk = followed.phone

    answer = desk.open(
        "MOVE", desk.place(followed.name), Destination=desk.place(followed.name, OKAFOR)
    )

    assert (answer.status_code, errors(answer)) == (409, ["clinic-closed", "sentence"])


def test_what_is_gone_already_is_gone_whatever_was_seen(followed: Followed) -> None:
    seen = followed.etag
    place = followed.phone.place(followed.name)
    followed.phone.open("DELETE", place, If_Match=seen)

    assert followed.phone.open("DELETE", place, If_Match=seen).status_code == 404


def test_an_appointment_is_not_moved_onto_itself(followed: Followed) -> None:
    place = followed.phone.place(followed.name)

    assert followed.phone.open("MOVE", place, Destination=place).status_code == 403


@pytest.mark.parametrize("target", ["", "http://[", "/dav/somebody/1/x.ics", "/elsewhere"])
def test_an_appointment_goes_nowhere_else(followed: Followed, target: str) -> None:
    answer = followed.phone.open("MOVE", followed.phone.place(followed.name), Destination=target)

    assert answer.status_code == 403
    assert followed.now.status == "booked"


def test_t45_nothing_is_given_to_a_doctor_whose_calendar_is_not_seen(followed: Followed) -> None:
    phone = followed.phone

    answer = phone.open(
        "MOVE", phone.place(followed.name), Destination=phone.place(followed.name, OKAFOR)
    )

    assert answer.status_code == 404


def test_an_appointment_written_into_a_second_calendar_stays_where_it_is(site: Flask) -> None:
    with site.app_context():
        followed = Followed(site, appoint(), Phone(site, Role.RECEPTION))

    answer = followed.phone.put(
        followed.name, followed.uid, TUESDAY_NOON, TUESDAY_NOON + HALF, doctor=OKAFOR
    )

    assert answer.status_code == 403
    assert followed.now.wish.clinician_id != OKAFOR
