"""What a device changes: appointments move and are cancelled as at the desk, or go back."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.domain.device import Scope
from app.domain.staff import Role
from app.services import clinic as clinics
from app.services import desk_moving
from app.storage.database import db
from app.storage.models import JournalEntry, Mail
from tests.clinics import KNOXVILLE, OKAFOR, TUESDAY_NOON, wish
from tests.conftest import MONDAY_8AM, StoppedClock
from tests.desk import appoint, hours
from tests.phone import STAMP, Phone, errors, event, texts
from tests.staffing import hire
from tests.web.dav.followed import Followed

HOUR = timedelta(hours=1)
HALF = timedelta(minutes=30)


def drag(
    followed: Followed, to: timedelta, phone: Phone | None = None, seen: str | None = None
) -> TestResponse:
    start = TUESDAY_NOON + to
    return (phone or followed.phone).put(
        followed.name, followed.uid, start, start + HALF, seen=seen
    )


def mails(site: Flask) -> list[str]:
    with site.app_context():
        return list(db.session.scalars(select(Mail.kind).order_by(Mail.id)))


def done(site: Flask) -> list[str]:
    with site.app_context():
        lines = db.session.scalars(select(JournalEntry.verb).order_by(JournalEntry.id))
        return [one for one in lines if not one.startswith("device")]


def test_what_is_moved_on_a_phone_moves_and_the_patient_is_told(
    site: Flask, followed: Followed
) -> None:
    answer = drag(followed, HOUR, seen=followed.etag)

    assert (answer.status_code, answer.headers.get("ETag")) == (204, None)
    assert followed.now.interval.start == TUESDAY_NOON + HOUR
    assert followed.now.sequence == 1
    assert "appointment_moved" in mails(site)
    assert done(site) == ["move"]


def test_the_time_may_be_written_in_the_doctors_own_zone(followed: Followed) -> None:
    written = event(
        followed.uid,
        "DTSTART;TZID=America/New_York:20270302T133000",
        "DTEND;TZID=America/New_York:20270302T140000",
        "SUMMARY:Something else",
    )

    answer = followed.phone.open("PUT", followed.phone.place(followed.name), written)

    assert answer.status_code == 204
    assert followed.now.interval.start == TUESDAY_NOON + HOUR + HALF


@pytest.mark.parametrize("more", ["SUMMARY:Private words", "DESCRIPTION:x", "LOCATION:Elsewhere"])
def test_other_words_are_not_kept_and_the_device_takes_ours_again(
    site: Flask, followed: Followed, more: str
) -> None:
    phone, before = followed.phone, followed.now
    seen, token = phone.sync()

    answer = phone.put(followed.name, followed.uid, TUESDAY_NOON, TUESDAY_NOON + HALF, more=more)
    changed, _token = phone.sync(token)

    assert answer.status_code == 204
    assert followed.now == before
    assert list(changed) == [followed.name]
    assert changed[followed.name] != seen[followed.name]
    assert more not in phone.open("GET", phone.place(followed.name)).text
    assert (mails(site), done(site)) == ([], [])


def test_a_visits_length_is_the_clinics(followed: Followed) -> None:
    followed.phone.put(followed.name, followed.uid, TUESDAY_NOON, TUESDAY_NOON + 3 * HOUR)

    assert followed.now.interval.end == TUESDAY_NOON + HALF


@pytest.mark.parametrize(
    ("to", "said"),
    [(9 * HOUR, "clinic-closed"), (-48 * HOUR, "in-the-past"), (HOUR / 60, "not-offered"),
     (1000 * 24 * HOUR, "too-far-ahead")],
)  # fmt: skip
def test_a_time_that_the_clinic_does_not_give_is_refused_and_the_event_goes_back(
    site: Flask, followed: Followed, to: timedelta, said: str
) -> None:
    before = followed.now
    seen, token = followed.phone.sync()

    answer = drag(followed, to, seen=seen[followed.name] or "")
    changed, _token = followed.phone.sync(token)

    assert (answer.status_code, errors(answer)) == (409, [said, "sentence"])
    assert followed.now == before
    assert changed[followed.name] not in (None, seen[followed.name])
    assert mails(site) == []


def test_a_time_that_somebody_has_is_refused(site: Flask, followed: Followed) -> None:
    with site.app_context():
        appoint(TUESDAY_NOON + HOUR)

    answer = drag(followed, HOUR)

    assert (answer.status_code, errors(answer)) == (409, ["slot-taken", "sentence"])
    assert followed.now.interval.start == TUESDAY_NOON


def test_a_device_that_did_not_see_the_last_change_overwrites_nothing(
    site: Flask, followed: Followed
) -> None:
    seen = followed.etag
    with site.app_context():
        desk_moving.move(
            followed.reference, wish(TUESDAY_NOON + 2 * HOUR), revision=0, actor=hire(),
            clinic=clinics.load(), now=MONDAY_8AM,
        )  # fmt: skip

    answer = drag(followed, HOUR, seen=seen)

    assert (answer.status_code, errors(answer)) == (412, ["changed-meanwhile", "sentence"])
    assert followed.now.interval.start == TUESDAY_NOON + 2 * HOUR


def test_what_is_there_is_not_made_anew(followed: Followed) -> None:
    answer = followed.phone.open(
        "PUT", followed.phone.place(followed.name), event(followed.uid), If_None_Match="*"
    )

    assert answer.status_code == 412
    assert followed.now.interval.start == TUESDAY_NOON


def test_what_is_gone_is_not_changed(followed: Followed) -> None:
    answer = followed.phone.put("gone.ics", "gone", TUESDAY_NOON, TUESDAY_NOON + HALF, seen='"1-x"')

    assert answer.status_code == 412


def test_another_uid_under_its_name_is_refused(followed: Followed) -> None:
    answer = followed.phone.put(followed.name, "other", TUESDAY_NOON, TUESDAY_NOON + HALF)

    assert (answer.status_code, errors(answer)) == (409, ["no-uid-conflict"])


@pytest.mark.parametrize("more", ["RRULE:FREQ=DAILY", "RDATE:20270303T170000Z"])
def test_an_appointment_does_not_begin_to_repeat(followed: Followed, more: str) -> None:
    answer = followed.phone.put(
        followed.name, followed.uid, TUESDAY_NOON + HOUR, TUESDAY_NOON + HOUR + HALF, more=more
    )

    assert (answer.status_code, errors(answer)) == (403, ["not-a-busy-time", "sentence"])
    assert followed.now.interval.start == TUESDAY_NOON


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"", "valid-calendar-data"), (b"<html>", "valid-calendar-data"),
     (event("x", "DTSTART:20270302T170000").encode(), "valid-calendar-data"),
     (event("x", "DTSTART;TZID=Nowhere/Else:20270302T170000").encode(), "valid-calendar-data"),
     (event("x", "DTSTART:20270302T170000Z").replace("VEVENT", "VTODO").encode(),
      "supported-calendar-component"),
     (event("x", "SUMMARY:" + "x" * 70_000).encode(), "max-resource-size")],
)  # fmt: skip
def test_what_is_no_event_is_refused_by_name(followed: Followed, body: bytes, said: str) -> None:
    answer = followed.phone.open("PUT", followed.phone.place(followed.name), body)

    assert (answer.status_code, errors(answer)) == (403, [said])


def test_deleting_cancels_and_the_patient_is_told(site: Flask, followed: Followed) -> None:
    _seen, token = followed.phone.sync()

    answer = followed.phone.open(
        "DELETE", followed.phone.place(followed.name), If_Match=followed.etag
    )

    assert answer.status_code == 204
    assert followed.now.status == "cancelled"
    assert "appointment_cancelled" in mails(site)
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


def test_t45_a_device_that_may_only_look_changes_nothing(site: Flask, followed: Followed) -> None:
    looker = Phone(site, scope=Scope.LOOK, who=followed.phone.who, name="Looker")

    answers = [
        drag(followed, HOUR, phone=looker),
        looker.open("DELETE", looker.place(followed.name)),
        looker.put("new.ics", "new", TUESDAY_NOON + HOUR, TUESDAY_NOON + 2 * HOUR),
    ]

    assert [one.status_code for one in answers] == [403, 403, 403]
    assert followed.now.interval.start == TUESDAY_NOON


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


def test_stamps_are_read_as_they_are_written() -> None:
    assert f"{TUESDAY_NOON:{STAMP}}" == "20270302T170000Z"
