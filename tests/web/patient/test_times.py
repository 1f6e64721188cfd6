"""The list of times: what it offers, to whom, and in whose clock."""

import re
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.storage.database import db
from app.storage.models import Clinic, Location, VisitType, WeeklyHours
from tests.web.patient.booking_walk import book, patient, slots
from tests.web.patient.looking import booked
from tests.web.walker import Walker


def test_whoever_skipped_the_safety_check_is_sent_to_it(site: Flask) -> None:
    walker = Walker(site)

    for path in ("/times", "/details", "/review"):
        assert walker.get(path).location == "/?again=1"


def test_the_next_free_time_stands_first_and_every_time_says_its_instant(person: Walker) -> None:
    page = person.get("/times").text

    first = page.index("data-action")
    assert page.index("Next free time") < first < page.index('class="day"')
    instants = re.findall(r'data-slot="([^"]+)"', page)
    assert len(instants) == len(slots(page)) > 20
    days = page[page.index('class="day"') :]
    listed = [value.split("|")[0] for value in slots(days)]
    assert min(listed) == instants[0]
    assert all(re.fullmatch(r"2027-\d\d-\d\dT\d\d:\d\d:00Z", instant) for instant in instants)


def test_a_clinic_that_gives_no_visit_says_whom_to_call(site: Flask, person: Walker) -> None:
    with site.app_context():
        db.session.execute(update(VisitType).values(active=False))
        db.session.execute(update(Clinic).values(revision=Clinic.revision + 1))
        db.session.commit()

    page = person.get("/times")

    assert page.status_code == 409
    assert 'data-refusal="nothing_offered"' in page.text
    assert "tel:" in page.text


def test_each_row_names_the_zone_where_places_have_different_clocks(person: Walker) -> None:
    page = person.get("/times").text

    assert "Our places are in different time zones." in page
    assert "Eastern time" in page
    assert "Central time" in page


def test_one_place_has_one_clock_which_the_page_names_once(person: Walker) -> None:
    page = person.get("/times?place=1").text

    assert "All times are Eastern time" in page
    assert "It is 8:00\u00a0am there now." in page
    assert "Central time" not in page


def test_the_list_can_be_narrowed_and_says_by_what(person: Walker) -> None:
    page = person.get("/times?doctor=2&part=late").text

    assert "Narrow the list: Dr Samuel Okafor, After 4 pm" in page
    assert {value.split("|")[1] for value in slots(page)} == {"2"}


def test_a_place_that_closed_for_good_is_not_on_the_list_but_on_its_appointments_card(
    site: Flask, person: Walker
) -> None:
    reference = book(person)
    place = person.get(f"/appointment/{reference}/booked").text
    with site.app_context():
        gone = booked(site)[0].location_id
        db.session.execute(update(Location).where(Location.id == gone).values(active=False))
        db.session.execute(update(Clinic).values(revision=Clinic.revision + 1))
        name = db.session.scalar(select(Location.name).where(Location.id == gone))
        db.session.commit()

    page = person.get(f"/times?place={gone}").text

    assert slots(page)
    assert str(gone) not in {value.split("|")[2] for value in slots(page)}
    assert f">{name}</option>" not in page
    assert str(name) in person.get(f"/appointment/{reference}").text
    assert str(name) in place


@pytest.mark.parametrize(
    "query",
    [
        "doctor=99",
        "doctor=x",
        "doctor=1&doctor=2",
        "place=-1",
        "part=noon",
        "how=teleport",
        "visit=surgery",
        "from=2027-02-30",
        "from=0001-01-01",
        "from=9999-12-31",
        "from=%00",
        "doctor=" + "9" * 400,
    ],
)
def test_a_search_that_makes_no_sense_still_gets_a_list(person: Walker, query: str) -> None:
    response = person.get(f"/times?{query}")

    assert response.status_code == 200
    assert slots(response.text)


def test_a_day_without_free_times_says_so_and_leads_to_the_next(person: Walker) -> None:
    page = person.get("/times?from=2027-03-06").text

    assert "Nothing is free on Saturday 6 March." in page
    assert "The next free day is Monday 8 March." in page


def test_when_nothing_at_all_is_free_the_page_gives_the_phone_number(
    site: Flask, person: Walker
) -> None:
    with site.app_context():
        db.session.execute(delete(WeeklyHours))
        db.session.execute(db.text("update clinic set revision = revision + 1"))
        db.session.commit()

    page = person.get("/times").text

    assert page.index("Nothing is free for this choice.") < page.index("Narrow the list")
    assert page.count("tel:+1865") == 2
    assert not slots(page)


def test_a_choice_for_which_nothing_is_free_leads_to_all_times_before_the_lists(
    person: Walker,
) -> None:
    page = person.get("/times?doctor=1&place=2").text

    assert page.index("Nothing is free for this choice.") < page.index("Narrow the list")
    assert page.index("Show all doctors, places and times") < page.index("Narrow the list")


def test_the_list_is_made_once_and_changes_when_a_time_is_taken(
    site: Flask, person: Walker
) -> None:
    before = person.get("/times").text
    again = person.get("/times").text
    book(patient(site))

    after = person.get("/times").text

    assert slots(before) == slots(again)
    assert slots(after) != slots(before)


def test_times_are_shown_in_order_and_in_the_clinics_words(person: Walker) -> None:
    page = person.get("/times?place=1").text

    block = page[page.index('class="day"') :]
    instants = [value.split("|")[0] for value in slots(block)]
    starts = [datetime.fromisoformat(instant) for instant in instants]
    assert starts[0].hour in (14, 15, 16, 17)
    assert "am<span" in block
