"""Booking while very many others do (T08), page by page."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.services import appointment
from app.storage.database import db
from app.storage.models import Appointment, Clinic, Mail
from tests.conftest import StoppedClock
from tests.web.patient.booking_walk import DETAILS, HOLD, book, keep, patient
from tests.web.walker import Walker


@pytest.fixture
def person(site: Flask, clock: StoppedClock) -> Walker:
    with site.app_context():
        until = clock.forward(hours=6)
        clock.forward(hours=-6)
        db.session.execute(
            update(Clinic).values(pressure_until=until, revision=Clinic.revision + 1)
        )
        db.session.commit()
    return patient(site)


@pytest.fixture
def reference(person: Walker) -> str:
    return book(person)


def row_of(reference: str) -> Appointment:
    return db.session.scalars(select(Appointment).where(Appointment.reference == reference)).one()


def link_of(site: Flask, reference: str) -> str:
    with site.app_context():
        return appointment.path(row_of(reference).id, 0)


def status_of(site: Flask, reference: str) -> str:
    with site.app_context():
        return row_of(reference).status


def test_t08_booking_leads_to_the_mail_and_its_button_to_the_appointment(
    site: Flask, person: Walker
) -> None:
    keep(person, -1)
    person.get("/details")
    person.post("/details", DETAILS)
    page = person.get("/review").text
    done = person.post("/review", {"hold": HOLD.findall(page)[0]})
    waiting = person.follow(done).text
    reference = done.location.split("/")[2]

    assert "One more step: check your mail" in waiting
    assert "We wrote to marian.hale@example.org with a link." in waiting
    assert "We keep this time for you until 8:00\u00a0am, Central time, Chicago." in waiting
    assert "card.svg" not in waiting
    reader = Walker(site)
    asked = reader.follow(reader.get(link_of(site, reference))).text
    assert asked.partition("<main")[2].count("<button") == 1
    assert "Yes, I want this appointment" in asked
    assert status_of(site, reference) == "tentative"
    booked = reader.follow(reader.post(f"/appointment/{reference}/confirm")).text
    assert "You are booked." in booked
    assert status_of(site, reference) == "booked"


def test_t08_the_button_twice_is_no_error(site: Flask, reference: str) -> None:
    reader = Walker(site)
    reader.follow(reader.get(link_of(site, reference)))

    answers = [reader.post(f"/appointment/{reference}/confirm") for _ in range(2)]

    assert {answer.location for answer in answers} == {f"/appointment/{reference}/booked"}
    assert reader.get(f"/appointment/{reference}/confirm").location == f"/appointment/{reference}"


@pytest.mark.parametrize("path", ["", "/booked", "/confirm", "/move", "/cancel"])
def test_t08_without_the_link_every_page_leads_to_the_mail(
    person: Walker, reference: str, path: str
) -> None:
    page = person.follow(person.get(f"/appointment/{reference}{path}")).text

    assert "One more step: check your mail" in page
    assert "Yes, I want this appointment" not in page


def test_t08_the_session_that_booked_cannot_press_its_way_past_the_mail(
    site: Flask, person: Walker, reference: str
) -> None:
    person.get(f"/appointment/{reference}/tentative")

    page = person.follow(person.post(f"/appointment/{reference}/confirm")).text
    code = person.get(f"/appointment/{reference}/card.svg")
    entry = person.get(f"/appointment/{reference}/appointment.ics")

    assert "One more step: check your mail" in page
    assert (code.status_code, entry.status_code) == (409, 409)
    assert link_of(site, reference) not in code.text
    assert status_of(site, reference) == "tentative"


def test_t08_the_mail_is_sent_again_three_times_a_day(
    site: Flask, person: Walker, reference: str
) -> None:
    person.get(f"/appointment/{reference}/tentative")

    pages = [
        person.follow(person.post(f"/appointment/{reference}/tentative")).text for _ in range(4)
    ]

    assert all("A mail with the link is on its way." in page for page in pages)
    with site.app_context():
        kinds = list(db.session.scalars(select(Mail.kind).order_by(Mail.id)))
    assert kinds == ["appointment_to_confirm"] + ["link_requested"] * 3


def test_t08_after_the_hour_the_page_says_that_the_link_may_still_work(
    person: Walker, reference: str, clock: StoppedClock
) -> None:
    clock.forward(minutes=20)
    person.get(f"/appointment/{reference}")
    clock.forward(minutes=29)
    person.get(f"/appointment/{reference}/tentative")
    person.get("/times")
    clock.forward(minutes=12)

    page = person.get(f"/appointment/{reference}/tentative").text

    assert "The link works until somebody else takes it." in page


def test_t08_a_link_pressed_after_somebody_took_the_time_offers_others(
    site: Flask, reference: str, clock: StoppedClock
) -> None:
    clock.forward(minutes=61)
    reader = Walker(site)
    reader.follow(reader.get(link_of(site, reference)))
    keep(patient(site), -1)

    answer = reader.post(f"/appointment/{reference}/confirm")

    page = reader.follow(answer).text
    assert "This time came free again" in page
    assert "See other times" in page
    assert "Yes, I want this appointment" not in page


def test_t08_the_metrics_say_so_and_readiness_does_not(site: Flask, person: Walker) -> None:
    assert "foreword_pressure 1\n" in person.get("/metrics").text
    assert person.get("/readyz").json["wrong"] == []  # type: ignore[index]
