"""What a device changes: appointments move and are cancelled as at the desk, or go back."""

from datetime import timedelta

import pytest
from flask import Flask

from app.domain.device import Scope
from app.services import clinic as clinics
from app.services import desk_moving
from tests.clinics import TUESDAY_NOON, wish
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.phone import Phone, errors, event
from tests.staffing import hire
from tests.web.dav.followed import Followed

HOUR = timedelta(hours=1)
HALF = timedelta(minutes=30)


def test_what_is_moved_on_a_phone_moves_and_the_patient_is_told(
    site: Flask, followed: Followed
) -> None:
    answer = followed.drag(HOUR, seen=followed.etag)

    assert (answer.status_code, answer.headers.get("ETag")) == (204, None)
    assert followed.now.interval.start == TUESDAY_NOON + HOUR
    assert followed.now.sequence == 1
    assert "appointment_moved" in followed.mails
    assert followed.done == ["move"]


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
    assert (followed.mails, followed.done) == ([], [])


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

    answer = followed.drag(to, seen=seen[followed.name] or "")
    changed, _token = followed.phone.sync(token)

    assert (answer.status_code, errors(answer)) == (409, [said, "sentence"])
    assert followed.now == before
    assert changed[followed.name] not in (None, seen[followed.name])
    assert followed.mails == []


def test_a_time_that_somebody_has_is_refused(site: Flask, followed: Followed) -> None:
    with site.app_context():
        appoint(TUESDAY_NOON + HOUR)

    answer = followed.drag(HOUR)

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

    answer = followed.drag(HOUR, seen=seen)

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
     (event("x", "DTSTART:20270302T170000Z").replace("VERSION", "METHOD:PUBLISH\r\nVERSION")
      .encode(), "valid-calendar-object-resource"),
     (event("x", "DTSTART:20270302T170000Z", "END:VEVENT", "BEGIN:VEVENT", "UID:y",
            "DTSTART:20270302T180000Z").encode(), "valid-calendar-object-resource"),
     (event("x", "DTSTART:19691231T170000Z").encode(), "min-date-time"),
     (event("x", "DTSTART:20991231T170000Z", "DTEND:21000101T000001Z").encode(), "max-date-time"),
     (event("x", "DTSTART;VALUE=DATE:99991230").encode(), "max-date-time"),
     (event("x", "SUMMARY:" + "x" * 70_000).encode(), "max-resource-size")],
)  # fmt: skip
def test_what_is_no_event_is_refused_by_name(followed: Followed, body: bytes, said: str) -> None:
    phone = followed.phone

    answers = [phone.open("PUT", phone.place(name), body) for name in (followed.name, "new.ics")]

    assert [(one.status_code, errors(one)) for one in answers] == [(403, [said])] * 2


def test_t45_a_device_that_may_only_look_changes_nothing(site: Flask, followed: Followed) -> None:
    looker = Phone(site, scope=Scope.LOOK, who=followed.phone.who, name="Looker")

    answers = [
        followed.drag(HOUR, phone=looker),
        looker.open("DELETE", looker.place(followed.name)),
        looker.put("new.ics", "new", TUESDAY_NOON + HOUR, TUESDAY_NOON + 2 * HOUR),
    ]

    assert [one.status_code for one in answers] == [403, 403, 403]
    assert followed.now.interval.start == TUESDAY_NOON
