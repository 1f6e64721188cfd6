"""The last press: it books once, and says what happened meanwhile."""

import re

from flask import Flask

from tests.conftest import StoppedClock
from tests.web.patient.booking_walk import DETAILS, HOLD, keep, patient, slots
from tests.web.patient.looking import booked
from tests.web.walker import Walker

REFUSAL = re.compile(r'data-refusal="hold_ended"[^>]*>([^<]+)<')


def test_one_press_books_and_the_second_press_changes_nothing(site: Flask, person: Walker) -> None:
    keep(person)
    person.get("/details")
    person.post("/details", DETAILS)
    data = {"hold": HOLD.findall(person.get("/review").text)[0]}

    first, second = person.post("/review", data), person.post("/review", data)

    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert len(booked(site)) == 1


def test_a_hold_that_ended_and_was_taken_offers_others_and_keeps_what_was_typed(
    clock: StoppedClock, site: Flask, person: Walker
) -> None:
    value = keep(person)
    person.get("/details")
    person.post("/details", DETAILS)
    data = {"hold": HOLD.findall(person.get("/review").text)[0]}
    clock.forward(minutes=12)
    other = patient(site)
    other.post("/times", {"slot": value})

    response = person.post("/review", data)

    assert response.status_code == 409
    assert re.search(r'data-refusal="(hold_ended|nothing_held)"', response.text)
    keep(person)
    assert 'value="Marian Hale"' in person.get("/details").text


def test_a_window_whose_time_was_changed_in_another_is_told_which_one_is_meant(
    site: Flask, person: Walker
) -> None:
    keep(person)
    person.get("/details")
    person.post("/details", DETAILS)
    page = person.get("/review").text
    data = {"hold": HOLD.findall(page)[0], "slot": slots(page)[0]}
    keep(person, -1)

    answer = person.post("/review", data)
    garbled = person.post("/review", data | {"slot": "2027-03-01T14:00:00Z|1|99|0|2"})

    refusal = REFUSAL.findall(answer.text)[0]
    assert answer.status_code == garbled.status_code == 409
    assert refusal.startswith("You were about to book Monday 1 March, 10:00\u00a0am, Eastern")
    assert "10:00\u00a0am" not in answer.text.split('class="refusal"')[0]
    assert "This time is not kept for you any more" in REFUSAL.findall(garbled.text)[0]
    assert booked(site) == []


def test_a_hold_whose_minutes_are_up_still_books_while_nobody_else_came(
    clock: StoppedClock, person: Walker
) -> None:
    keep(person, -1)
    person.get("/details")
    person.post("/details", DETAILS)
    clock.forward(minutes=12)

    page = person.get("/review").text

    assert "The minutes are up." in page
    assert "/booked" in person.post("/review", {"hold": HOLD.findall(page)[0]}).location


def test_giving_the_time_back_frees_it_at_once(site: Flask, person: Walker) -> None:
    value = keep(person)
    person.get("/details")

    page = person.follow(person.post("/hold/release")).text

    assert "The time is free again for somebody else." in page
    assert value in slots(patient(site).get("/times").text)


def test_a_form_from_an_old_page_comes_back_with_what_was_typed(person: Walker) -> None:
    keep(person)
    person.get("/details")
    person.token = "stale"

    response = person.post("/details", DETAILS)

    assert response.status_code == 400
    assert "Please send it once more" in response.text
    assert 'name="email" value="marian.hale@example.org"' in response.text
    assert person.post("/details", DETAILS).location == "/review"


def test_titles_and_mails_outside_name_no_condition(person: Walker) -> None:
    keep(person)

    for path in ("/times", "/details"):
        title = re.findall(r"<title>(.*?)</title>", person.get(path).text)[0]
        assert not re.search(r"back|spine|stem|pain", title, re.IGNORECASE)
