"""Choosing a time keeps it, and only what is offered is kept."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.storage.database import db
from app.storage.models import Appointment, Status
from tests.conftest import StoppedClock
from tests.web.patient.booking_walk import keep, patient, slots
from tests.web.walker import Walker


def held(site: Flask) -> list[Appointment]:
    with site.app_context():
        return list(
            db.session.scalars(select(Appointment).where(Appointment.status == Status.HELD))
        )


def test_choosing_a_time_keeps_it_and_the_bar_says_until_when(site: Flask, person: Walker) -> None:
    keep(person)

    page = person.get("/details").text

    assert len(held(site)) == 1
    assert "Kept for you until" in page
    assert "<strong>8:10\u00a0am</strong>, Eastern time" in page


def test_choosing_another_time_gives_the_first_one_back(site: Flask, person: Walker) -> None:
    keep(person)
    second = keep(person, 3)

    (only,) = held(site)
    assert f"{only.starts_at:%Y-%m-%dT%H:%M:%SZ}" == second.split("|")[0]


def test_a_kept_time_is_extended_by_one_press_up_to_half_an_hour(
    clock: StoppedClock, person: Walker
) -> None:
    keep(person)
    for ends in ("8:18", "8:26", "8:30"):
        clock.forward(minutes=8)
        page = person.follow(person.post("/hold/extend", {"back": "details"})).text
        assert f"<strong>{ends}\u00a0am</strong>" in page

    assert "Keep it longer</button>" not in page


def test_a_time_that_somebody_else_took_is_refused_and_others_are_offered(
    site: Flask, person: Walker
) -> None:
    value = slots(person.get("/times").text)[0]
    keep(patient(site))

    response = person.post("/times", {"slot": value})

    assert response.status_code == 409
    assert 'data-refusal="slot_taken"' in response.text or "not_offered" in response.text
    assert value not in slots(response.text)
    assert slots(response.text)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        "2027-03-02T17:00:00Z",
        "2027-03-02T17:00:00Z|1|1|0",
        "2027-03-02T17:00:00Z|1|1|0|99",
        "2027-03-02T17:00:00Z|99|1|0|2",
        "2027-03-02T17:00:00Z|1|99|0|2",
        "2027-03-02T17:00:00Z|2|1|0|2",  # a doctor at a place where they are not
        "2027-03-02T17:03:00Z|1|1|0|2",  # off the grid
        "2020-03-02T17:00:00Z|1|1|0|2",  # past
        "2027-03-06T17:00:00Z|1|1|0|2",  # a Saturday
        "2099-03-02T17:00:00Z|1|1|0|2",  # beyond the horizon
        "0001-01-01T00:00:00Z|1|1|0|2",
        "9999-12-31T23:55:00Z|1|1|0|2",
        "2027-02-30T17:00:00Z|1|1|0|2",
        "2027-03-02T17:00:00Z|1|1|0|2\x00",
        "2027-03-02T17:00:00Z|1|1|0|2" * 500,
        "٢٠٢٧-03-02T17:00:00Z|1|1|0|2",
    ],
)
def test_a_slot_that_is_not_offered_is_refused_with_its_code(
    site: Flask, person: Walker, value: str
) -> None:
    person.get("/times")

    response = person.post("/times", {"slot": value})

    assert response.status_code == 409
    assert 'data-refusal="not_offered"' in response.text
    assert slots(response.text)
    assert not held(site)


def test_two_slots_at_once_are_refused(person: Walker) -> None:
    first, second = slots(person.get("/times").text)[:2]

    data = {"csrf_token": [person.token], "slot": [first, second]}
    response = person.client.post("/times", data=data)

    assert 'data-refusal="not_offered"' in response.text


def test_a_visit_that_needs_the_primer_is_not_on_the_general_list(person: Walker) -> None:
    page = person.get("/times").text

    assert "General spine visit" in page
    assert "Stem-cell consultation" not in page


def test_without_a_kept_time_the_later_pages_lead_back_to_the_list(person: Walker) -> None:
    assert person.get("/details").location == "/times?said=nothing_held"
    assert person.get("/review").location == "/times?said=nothing_held"
    assert 'data-refusal="nothing_held"' in person.get("/times?said=nothing_held").text
