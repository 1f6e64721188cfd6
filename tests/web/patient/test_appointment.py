"""An appointment's pages: what they show, to whom, and after which link."""

import re
from html import unescape

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from app.content.bring import bring
from app.domain.safety import Tier
from app.storage.database import db
from app.storage.models import Appointment
from tests.services.looking import everything
from tests.web.patient.booking_walk import BIRTH, by_link, keep, link_of, patient
from tests.web.walker import PRIMER, Walker


def test_booked_shows_the_card_and_what_comes_next(person: Walker, reference: str) -> None:
    page = person.get(f"/appointment/{reference}/booked").text

    assert "You are booked." in page
    for words in ("marian.hale@example.org", "Marian Hale", reference, "Central time", "call 911"):
        assert words in page
    assert page.index("appointment.ics") > page.index("card-date")
    assert "cannot sit" not in page


def test_what_must_not_wait_is_said_in_the_words_of_the_safety_check(
    person: Walker, reference: str
) -> None:
    urgent = PRIMER.safety.tier(Tier.EMERGENCY).items

    for path in ("", "/booked"):
        page = unescape(person.get(f"/appointment/{reference}{path}").text)
        for item in urgent:
            assert all(sign in page for sign in item.signs)
        assert all(item.question in page for item in urgent[1:])


def test_the_printed_card_names_them_shortly_and_without_the_complaint(
    person: Walker, reference: str
) -> None:
    page = unescape(person.get(f"/appointment/{reference}/booked").text)

    (printed,) = re.findall(r'<ul class="onpaper">(.*?)</ul>', page)
    signs = re.findall(r"<li>(.*?)</li>", printed)
    assert signs == list(PRIMER.safety.short)
    assert not re.search(r"back|spine|stem|pain", printed, re.IGNORECASE)


def test_the_page_names_what_the_mails_name_to_have_at_hand(
    site: Flask, person: Walker, reference: str
) -> None:
    page = person.get(f"/appointment/{reference}/booked").text

    with site.test_request_context():
        assert all(thing in page for thing in bring())


def test_a_link_leaves_the_address_bar_and_shows_no_health_words(
    site: Flask, reference: str
) -> None:
    page = by_link(site, reference).get(f"/appointment/{reference}").text

    assert reference in page
    for hidden in ("What can I do this month", "cannot sit long", "marian.hale", "1968", "Hale"):
        assert hidden not in page


@pytest.mark.parametrize("token", ["x", "x.y", "a" * 20 + "." + "b" * 26, "é.ü", "%00", "." * 5000])
def test_every_wrong_link_gets_the_same_page(site: Flask, token: str) -> None:
    walker = Walker(site)
    unknown = walker.get("/a/aaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbb")

    wrong = walker.get(f"/a/{token}")

    assert wrong.status_code == unknown.status_code == 404
    assert wrong.text == unknown.text


@pytest.mark.parametrize(
    "path", ["", "/booked", "/move", "/cancel", "/unlock", "/appointment.ics", "/card.svg"]
)
def test_t11_another_visitor_cannot_tell_that_it_exists(
    site: Flask, reference: str, path: str
) -> None:
    other = patient(site)

    mine, none = other.get(f"/appointment/{reference}{path}"), other.get(f"/appointment/X{path}")

    assert mine.status_code == none.status_code == 404
    assert mine.text == none.text


def test_the_birth_date_opens_what_was_told(site: Flask, reference: str) -> None:
    walker = by_link(site, reference)
    walker.get(f"/appointment/{reference}/unlock")

    wrong = walker.post(f"/appointment/{reference}/unlock", BIRTH | {"bday_year": "1969"})
    right = walker.post(f"/appointment/{reference}/unlock", BIRTH)

    assert 'data-refusal="wrong_birth_date"' in wrong.text
    page = walker.get(right.location.partition("#")[0]).text
    for words in ("What can I do this month?", "I cannot sit long", "marian.hale@example.org"):
        assert words in page


def test_after_five_wrong_birth_dates_the_page_asks_to_call(site: Flask, reference: str) -> None:
    walker = by_link(site, reference)
    walker.get(f"/appointment/{reference}/unlock")
    for year in range(1970, 1975):
        walker.post(f"/appointment/{reference}/unlock", BIRTH | {"bday_year": str(year)})

    response = walker.post(f"/appointment/{reference}/unlock", BIRTH)

    assert response.status_code == 429
    assert 'data-refusal="too_many_tries"' in response.text
    assert response.text.count("tel:+1865") == 2


def test_t03_opening_every_page_of_an_appointment_changes_nothing(
    site: Flask, reference: str
) -> None:
    walker = by_link(site, reference)

    for path in ("", "/booked", "/move", "/move/confirm", "/cancel", "/unlock"):
        walker.get(f"/appointment/{reference}{path}")

    with site.app_context():
        row = db.session.scalars(
            select(Appointment).where(Appointment.reference == reference)
        ).one()
        assert (row.status, row.sequence) == ("booked", 0)


def test_the_calendar_file_holds_the_time_and_nothing_about_health(
    site: Flask, reference: str
) -> None:
    response = by_link(site, reference).get(f"/appointment/{reference}/appointment.ics")

    (event,) = Calendar.from_ical(response.data).events
    assert response.headers["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    assert event["SUMMARY"] == "Appointment with Dr Samuel Okafor, Harbor Clinic"
    assert reference in str(event["DESCRIPTION"])
    assert not re.search(rb"spine|stem|pain|/a/", response.data, re.IGNORECASE)


def test_the_card_carries_a_code_to_scan(site: Flask, reference: str) -> None:
    response = by_link(site, reference).get(f"/appointment/{reference}/card.svg")

    assert response.mimetype == "image/svg+xml"
    assert response.data.endswith(b"</svg>\n")


def test_opening_a_link_keeps_what_is_underway_under_a_new_handle(
    site: Flask, reference: str
) -> None:
    walker, thief = Walker(site), Walker(site)
    walker.be_safe("general", B2="yes")
    keep(walker)
    planted = walker.client.get_cookie("fw")
    assert planted is not None
    thief.client.set_cookie("fw", planted.value)

    walker.get(link_of(site, reference))

    assert "Kept for you until" in walker.get("/details").text
    assert "Do you take a blood thinner?" in walker.get("/safety/general/noted").text
    assert walker.get(f"/appointment/{reference}").status_code == 200
    assert thief.get(f"/appointment/{reference}").status_code == 404
    assert thief.get("/details").location == "/?again=1"


def test_a_program_that_only_asks_whether_a_link_is_good_opens_nothing(
    site: Flask, reference: str
) -> None:
    walker, link = Walker(site), link_of(site, reference)
    with site.app_context():
        before = everything()

    good, wrong = walker.client.head(link), walker.client.head(link[:-1])

    assert (good.status_code, wrong.status_code) == (200, 404)
    assert "Set-Cookie" not in good.headers
    assert walker.get(f"/appointment/{reference}").status_code == 404
    with site.app_context():
        assert everything() == before
