"""Moving and cancelling by the link of a mail, and until when."""

import re

from flask import Flask
from sqlalchemy import select

from app.storage.database import db
from app.storage.models import Appointment
from tests.conftest import StoppedClock
from tests.web.patient.booking_walk import by_link, slots
from tests.web.walker import Walker, hidden


def test_moving_shows_old_and_new_and_changes_nothing_before_the_last_press(
    site: Flask, reference: str
) -> None:
    walker = by_link(site, reference)
    before = walker.get(f"/appointment/{reference}").text
    value = slots(walker.get(f"/appointment/{reference}/move").text)[2]

    kept = walker.post(f"/appointment/{reference}/move", {"slot": value})
    confirm = walker.follow(kept).text

    assert "Move your appointment?" in confirm
    assert "Kept for you until" in confirm
    assert confirm.count(", Tennessee.") == 2  # where they go now, and where to then
    for moment in (date_of(before), new_time(confirm)):
        assert confirm.count(moment.split("<br>")[0]) == 1
    assert slots(confirm) == [value]
    assert date_of(walker.get(f"/appointment/{reference}").text) == date_of(before)
    pressed = [
        walker.post(f"/appointment/{reference}/move/confirm", {"slot": value}) for _ in range(2)
    ]
    for one in pressed:
        moved = walker.follow(one).text
        assert "It is moved." in moved
        assert date_of(moved) != date_of(before)
        assert reference in moved


def new_time(page: str) -> str:
    return str(re.findall(r"<strong>(\w+ \d+ \w+ \d{4},.*?)</strong>", page)[0])


def date_of(page: str) -> str:
    return str(re.findall(r'id="card-date">(.*?)</h2>', page)[0])


def test_moving_to_a_time_that_is_gone_offers_others(site: Flask, reference: str) -> None:
    walker = by_link(site, reference)
    walker.get(f"/appointment/{reference}/move")

    response = walker.post(
        f"/appointment/{reference}/move", {"slot": "2027-03-06T17:00:00Z|1|1|0|2"}
    )

    assert response.status_code == 409
    assert 'data-refusal="not_offered"' in response.text
    assert slots(response.text)


def test_confirming_a_move_without_a_kept_time_leads_to_the_list(
    site: Flask, reference: str
) -> None:
    walker = by_link(site, reference)
    (value, *_) = slots(walker.get(f"/appointment/{reference}/move").text)

    assert walker.get(f"/appointment/{reference}/move/confirm").location.endswith("/move")
    response = walker.post(f"/appointment/{reference}/move/confirm", {"slot": value})
    assert 'data-refusal="nothing_held"' in response.text


def test_cancelling_asks_once_and_a_double_click_is_no_error(site: Flask, reference: str) -> None:
    walker = by_link(site, reference)
    asked = walker.get(f"/appointment/{reference}/cancel").text

    first = walker.post(f"/appointment/{reference}/cancel", {"seen": "0"})
    second = walker.post(f"/appointment/{reference}/cancel", {"seen": "0"})

    assert "Cancel your appointment?" in asked
    assert first.location == second.location
    page = walker.get(first.location).text
    assert "A mail that says so is on its way." in page
    assert "Cancel it" not in page
    assert "card.svg" not in page


def test_what_was_moved_in_another_window_is_not_cancelled(site: Flask, reference: str) -> None:
    walker, path = by_link(site, reference), f"/appointment/{reference}"
    asked = walker.get(f"{path}/cancel").text
    slot = slots(walker.get(f"{path}/move").text)[-1]
    walker.post(f"{path}/move", {"slot": slot})
    walker.post(f"{path}/move/confirm", {"slot": slot})

    refused = walker.post(f"{path}/cancel", {"seen": hidden(asked, "seen")})

    assert refused.status_code == 409
    assert re.findall('data-refusal="(.*?)"', refused.text) == ["changed_meanwhile"]
    assert "Cancel it" in refused.text
    assert walker.post(f"{path}/cancel").status_code == 409
    again = walker.get(f"{path}/cancel").text
    assert (
        "done=cancelled" in walker.post(f"{path}/cancel", {"seen": hidden(again, "seen")}).location
    )


def test_until_when_it_can_be_changed_is_said_on_the_clock_of_its_place(
    person: Walker, reference: str
) -> None:
    for page in ("", "/booked"):
        shown = person.get(f"/appointment/{reference}{page}").text
        assert re.search(r"cancel it (here )?until [^.]*, Central time, Chicago\.", shown)


def test_too_near_the_visit_the_page_gives_the_phone_number(
    clock: StoppedClock, site: Flask, reference: str
) -> None:
    with site.app_context():
        row = db.session.scalars(
            select(Appointment).where(Appointment.reference == reference)
        ).one()
        start = row.starts_at
    clock.now = start
    clock.forward(hours=-2)
    walker = by_link(site, reference)

    page = walker.get(f"/appointment/{reference}").text
    refused = walker.post(f"/appointment/{reference}/cancel")

    assert "It is too close to your appointment to change it here." in page
    assert "Move it" not in page
    assert refused.status_code == 409
    assert 'data-refusal="too_late"' in refused.text


def test_after_the_visit_the_page_says_that_it_is_over(
    clock: StoppedClock, site: Flask, reference: str
) -> None:
    clock.forward(days=14)

    page = by_link(site, reference).get(f"/appointment/{reference}").text

    assert "Your appointment is over" in page
    assert "Cancel it" not in page
