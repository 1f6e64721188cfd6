"""Who looks at the clinic's calendars from outside."""

import re
from html import unescape

import pytest
from flask import Flask
from icalendar import Calendar

from app.domain.staff import Role
from tests.clinics import OKAFOR
from tests.desk import appoint
from tests.staffing import PASSWORD, Colleague

PAGE = "/staff/calendars"
LINK = re.compile(r"\nhttp://localhost(/feeds/[^<]+)</textarea>")
ENTRY = re.compile(r'name="id" value="([^"]+)"')


@pytest.fixture
def mira(site: Flask) -> Colleague:
    colleague = Colleague(site, Role.OWNER, name="Mira Castellan")
    colleague.get(PAGE)
    return colleague


def make(who: Colleague, calendar: str = "doctor-1", name: str = "my phone", **more: str) -> str:
    return who.post(PAGE, {"calendar": calendar, "name": name, **more}).text


def link_in(page: str) -> str:
    found = LINK.search(page)
    assert found is not None
    return found[1]


def test_a_link_is_shown_once_with_what_subscribes_to_it(site: Flask, mira: Colleague) -> None:
    with site.app_context():
        appoint(name="Ada Abbott")
    page = unescape(make(mira))
    path = link_in(page)

    assert len(Calendar.from_ical(site.test_client().get(path).data).events) == 1
    assert f'href="webcal://localhost{path}"' in page
    assert "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost%2Ffeeds%2F" in page
    for host in ("outlook.live.com", "outlook.office.com"):
        assert f"https://{host}/calendar/0/addfromweb?url=http%3A%2F%2Flocalhost" in page
    assert "“my phone” may look at the calendar of Dr Ana Rivera." in page
    assert "calendars on the web cannot reach it" in page
    assert "8 to 24 hours" in page
    assert path not in mira.get(PAGE).text


def test_the_list_says_who_made_it_and_when_it_was_used(site: Flask, mira: Colleague) -> None:
    empty = mira.get(PAGE).text
    path = link_in(make(mira, name="the screen at the desk", calendar="place-1"))
    before = mira.get(PAGE).text
    site.test_client().get(path)
    after = mira.get(PAGE).text

    assert "Nobody looks at a calendar from outside yet." in empty
    assert "the screen at the desk" in before
    assert "Not used yet." in before
    assert "Made by Mira Castellan, Monday 1 March 2027." in before
    assert "Last used on Monday 1 March 2027." in after


def test_an_ended_link_finds_nothing(site: Flask, mira: Colleague) -> None:
    path = link_in(make(mira))
    one = ENTRY.findall(mira.get(PAGE).text)
    ended = mira.post(f"{PAGE}/end", {"id": one[0]})
    twice = mira.post(f"{PAGE}/end", {"id": one[0]})

    assert ended.location == twice.location == f"{PAGE}?said=ended"
    assert "The link is ended." in mira.get(ended.location).text
    assert site.test_client().get(path).status_code == 404
    journal = mira.get("/staff/journal").text
    assert "Mira Castellan made the link “my phone” to the calendar of Dr Ana Rivera" in journal
    assert "Mira Castellan ended the link “my phone” to a calendar" in journal


def test_what_cannot_be_made_says_why_and_keeps_what_was_typed(
    site: Flask, mira: Colleague
) -> None:
    site.test_client().get(link_in(make(mira)))
    nameless = mira.post(PAGE, {"calendar": "place-2", "name": "  "})
    again = mira.post(PAGE, {"calendar": "doctor-1", "name": "My  phone"})
    long = mira.post(PAGE, {"calendar": "doctor-1", "name": "x" * 61})

    assert (nameless.status_code, again.status_code, long.status_code) == (422, 422, 422)
    assert "Please give the link a name" in nameless.text
    assert '<option value="place-2" selected>' in nameless.text
    assert "A link of this name to this calendar is there already." in again.text
    assert 'value="My  phone"' in again.text
    for odd in ("", "doctor-", "doctor-99", "clinic-1", "doctor-x", "doctor-٣", "-1"):
        assert mira.post(PAGE, {"calendar": odd, "name": "a phone"}).status_code == 404


def test_making_a_link_asks_who_it_still_is(site: Flask, mira: Colleague) -> None:
    site.extensions["clock"].forward(minutes=6)
    asked = mira.post(PAGE, {"calendar": "doctor-1", "name": "my phone"})

    assert asked.status_code == 403
    assert "my phone" in asked.text
    link_in(make(mira, proof=PASSWORD))


def test_t12_a_doctor_is_offered_the_own_calendar_only(site: Flask, mira: Colleague) -> None:
    make(mira, name="Mira's watch")
    sam = Colleague(site, Role.CLINICIAN, clinician_id=OKAFOR)
    page = sam.get(PAGE).text

    assert re.findall(r'<option value="([^"]+)"', page) == ["doctor-2"]
    assert "Mira" not in page
    assert sam.post(PAGE, {"calendar": "doctor-1", "name": "a phone"}).status_code == 404


def test_a_name_is_words_and_nothing_else(mira: Colleague) -> None:
    page = make(mira, name="<b>x</b>")

    assert "“&lt;b&gt;x&lt;/b&gt;”" in page
    assert "&lt;b&gt;" in mira.get(PAGE).text


def test_the_page_says_what_a_phone_shows(site: Flask, mira: Colleague) -> None:
    assert "It shows initials and references" in mira.get(PAGE).text
