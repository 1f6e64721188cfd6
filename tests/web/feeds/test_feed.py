"""A calendar as programs fetch it."""

from datetime import timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import insert, select, update
from werkzeug.test import TestResponse

from app.domain.staff import Role
from app.domain.subscription import Source
from app.services import cancelling, subscription
from app.services import clinic as clinics
from app.storage import models
from app.storage.database import db
from tests.clinics import KNOXVILLE, RIVERA, TUESDAY_NOON, Guest, days, person
from tests.conftest import MONDAY_8AM
from tests.desk import appoint
from tests.services.looking import statements
from tests.staffing import Colleague, hire


def follow(site: Flask, source: Source | None = None) -> str:
    with site.app_context():
        owner = hire(Role.OWNER)
        wanted = source or Source(clinician_id=RIVERA)
        return f"/feeds/{subscription.make(wanted, 'a phone', actor=owner, now=MONDAY_8AM)}.ics"


def fetch(site: Flask, path: str, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return site.test_client().get(path, headers=named)


def test_a_phone_gets_the_doctors_appointments(site: Flask) -> None:
    path = follow(site)
    with site.app_context():
        reference = appoint(name="Ada Maria Abbott")
    answer = fetch(site, path)
    calendar = Calendar.from_ical(answer.data)

    assert [str(one["summary"]) for one in calendar.events] == [f"A.M.A. {reference}"]
    assert str(calendar["x-wr-calname"]) == "Dr Ana Rivera (Harbor Clinic)"
    assert answer.content_length == len(answer.data)


def test_what_a_feed_says_about_itself(site: Flask) -> None:
    answer = fetch(site, follow(site))

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    for name in ("Content-Disposition", "Content-Encoding", "Set-Cookie"):
        assert name not in answer.headers
    assert fetch(site, "/robots.txt").text == "User-agent: *\nDisallow:\n"


def test_what_has_not_changed_is_not_sent_again(site: Flask) -> None:
    path = follow(site)
    with site.app_context():
        appoint()
    first = fetch(site, path)
    tag, since = first.headers["ETag"], first.headers["Last-Modified"]

    assert fetch(site, path).data == first.data
    for asked in ({"If_None_Match": tag}, {"If_Modified_Since": since}):
        again = fetch(site, path, **asked)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
    with site.app_context():
        appoint(TUESDAY_NOON + days(1))
    changed = fetch(site, path, If_None_Match=tag, If_Modified_Since=since)
    assert changed.status_code == 200
    assert len(Calendar.from_ical(changed.data).events) == 2


def test_another_naming_of_patients_reaches_every_program(site: Flask) -> None:
    path = follow(site)
    with site.app_context():
        reference = appoint(name="Ada Abbott")
    tag = fetch(site, path).headers["ETag"]
    with site.app_context():
        changed = {"calendar_names": "full", "revision": models.Clinic.revision + 1}
        db.session.execute(update(models.Clinic).values(changed))
        db.session.commit()
    (event,) = Calendar.from_ical(fetch(site, path, If_None_Match=tag).data).events

    assert str(event["summary"]) == f"Ada Abbott {reference}"


def test_a_program_may_ask_without_fetching(site: Flask) -> None:
    path = follow(site)
    fetched, asked = fetch(site, path), site.test_client().head(path)

    assert (asked.status_code, asked.data) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length"):
        assert asked.headers[name] == fetched.headers[name]


def test_one_statement_says_that_nothing_changed_and_a_second_reads_all(site: Flask) -> None:
    path = follow(site)
    with site.app_context():
        appoint()
    tag = fetch(site, path).headers["ETag"]

    with site.app_context(), statements(db.engine) as asked:
        fetch(site, path, If_None_Match=tag)
    assert len(asked) == 1
    with site.app_context(), statements(db.engine) as asked:
        fetch(site, path)
    assert len(asked) == 2


def test_t04_a_wrong_link_looks_like_none(site: Flask) -> None:
    path = follow(site)
    wrong = (path.replace(".ics", ""), "/feeds/x.ics", path.replace("/feeds/", "/feeds/x"))

    answers = [fetch(site, one) for one in (*wrong, "/feeds/%00.ics", "/feeds/☂.ics")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1


def test_no_role_opens_a_calendar_without_its_link(site: Flask) -> None:
    owner = Colleague(site, Role.OWNER)

    assert owner.get("/feeds/x.ics").status_code == 404


def test_t02_the_link_is_in_no_log(site: Flask, caplog: pytest.LogCaptureFixture) -> None:
    path = follow(site)
    with caplog.at_level("INFO"):
        fetch(site, path)
        fetch(site, path + "x")

    secret = path.removeprefix("/feeds/").removesuffix(".ics")
    assert " /feeds/<secret> 200 " in caplog.text
    assert secret not in caplog.text


def test_the_place_shows_all_who_come_there_in_the_clinics_language(site: Flask) -> None:
    path = follow(site, Source(location_id=KNOXVILLE))
    with site.app_context():
        db.session.execute(update(models.Clinic).values(language="es", revision=99))
        db.session.commit()
        appoint(video=True)
    (event,) = Calendar.from_ical(fetch(site, path, Accept_Language="en").data).events

    assert str(event["location"]) == "Por video"
    assert "martes, 2 de marzo de 2027" in str(event["description"])


def test_a_patients_own_calendar_has_their_words_and_follows(site: Flask) -> None:
    with site.app_context():
        guest = Guest(MONDAY_8AM)
        reference = guest.book(who=person(language="es"))
        secret = subscription.make_own(reference, actor=guest.actor, now=MONDAY_8AM)
    path = f"/feeds/{secret}.ics"
    first = fetch(site, path, Accept_Language="en")
    (before,) = Calendar.from_ical(first.data).events
    with site.app_context():
        later = MONDAY_8AM + timedelta(minutes=1)
        cancelling.cancel(reference, actor=guest.actor, clinic=clinics.load(), now=later)
    (after,) = Calendar.from_ical(fetch(site, path).data).events

    assert str(before["summary"]) == "Cita con Dr Ana Rivera, Harbor Clinic"
    assert (str(before["status"]), str(after["status"])) == ("CONFIRMED", "CANCELLED")
    assert str(before["uid"]) == str(after["uid"])
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert b"ATTENDEE" not in first.data
    assert b"/a/" not in first.data


def test_a_thousand_appointments_come_whole(site: Flask) -> None:
    path = follow(site)
    with site.app_context():
        appoint()
        (first,) = db.session.scalars(select(models.Appointment)).all()
        copied = {
            one.name: getattr(first, one.name) for one in models.Appointment.__table__.columns
        }
        rows = [
            copied | {"id": f"{number:020}", "reference": f"HB-{number}", "overlap_reason": "drill"}
            for number in range(999)
        ]
        db.session.execute(insert(models.Appointment), rows)
        db.session.commit()

    answer = fetch(site, path)

    assert answer.data.count(b"\r\nBEGIN:VEVENT") == 1000
    assert answer.data.endswith(b"END:VCALENDAR\r\n")
