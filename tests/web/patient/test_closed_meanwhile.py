"""A time that the clinic closes while somebody books or moves: said, with times near it."""

from datetime import datetime

from flask import Flask

from tests.arranging import close, closure
from tests.staffing import hire
from tests.web.patient.booking_walk import DETAILS, HOLD, by_link, keep, slots
from tests.web.walker import Walker

CLOSED = 'data-refusal="hold_closed"'


def close_day_of(site: Flask, slot: str) -> str:
    """Close the whole day of a time, for everybody; return the day."""
    day = slot[:10]
    starts = datetime.fromisoformat(day)
    with site.app_context():
        close(closure(starts, starts.replace(hour=23)), hire())
    return day


def test_a_closed_time_is_said_with_times_near_it_and_nothing_is_typed_twice(
    site: Flask, person: Walker
) -> None:
    slot = keep(person, -1)
    person.get("/details")
    person.post("/details", DETAILS)
    data = {"hold": HOLD.findall(person.get("/review").text)[0]}
    day = close_day_of(site, slot)

    page = person.post("/review", data)

    assert page.status_code == 409
    assert CLOSED in page.text
    assert "Nothing is free on" in page.text
    near = [one for one in slots(page.text) if one[:10] > day]
    assert near
    assert not [one for one in slots(page.text) if one.startswith(day)]
    assert person.post("/times", {"slot": near[0]}).location == "/details"
    assert DETAILS["email"] in person.get("/details").text


def test_keeping_a_closed_time_longer_says_so(site: Flask, person: Walker) -> None:
    close_day_of(site, keep(person, -1))

    page = person.follow(person.post("/hold/extend"))

    assert CLOSED in page.text


def test_who_moves_into_time_that_was_closed_keeps_the_old_time_and_is_offered_others(
    site: Flask, reference: str
) -> None:
    walker = by_link(site, reference)
    move = f"/appointment/{reference}/move"
    value = slots(walker.get(move).text)[0]
    walker.post(move, {"slot": value})
    walker.get(f"{move}/confirm")
    day = close_day_of(site, value)

    page = walker.post(f"{move}/confirm", {"slot": value})

    assert page.status_code == 409
    assert CLOSED in page.text
    assert [one for one in slots(page.text) if one[:10] > day]
    assert walker.get(f"/appointment/{reference}").status_code == 200
