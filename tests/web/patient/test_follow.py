"""A calendar that follows one appointment, as its patient makes it."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from icalendar import Calendar

from tests.web.patient.booking_walk import book
from tests.web.walker import Walker

LINK = re.compile(r"\nhttp://localhost(/feeds/[^<]+)</textarea>")


def link_in(page: str) -> str:
    found = LINK.search(page)
    assert found is not None
    return found[1]


def test_a_calendar_follows_when_the_appointment_is_cancelled(
    site: Flask, person: Walker, reference: str
) -> None:
    page = f"/appointment/{reference}/follow"
    asked = person.get(page)
    path = link_in(person.post(page).text)
    first = site.test_client().get(path)
    used = person.get(page).text
    person.post(f"/appointment/{reference}/cancel", {"seen": "0"})
    (event,) = Calendar.from_ical(site.test_client().get(path).data).events

    assert "You need this only if the invitation in our mail does not work for you." in asked.text
    assert first.status_code == 200
    assert "One program looks at it, last on Monday 1 March 2027." in used
    assert path not in used
    assert str(event["status"]) == "CANCELLED"
    refused = person.post(page)
    assert refused.status_code == 409
    assert 'data-refusal="already_cancelled"' in refused.text


def test_links_end_together_and_nothing_is_there_twice(
    site: Flask, person: Walker, reference: str
) -> None:
    page = f"/appointment/{reference}/follow"
    person.get(page)
    first, second = (link_in(person.post(page).text) for _ in range(2))
    unused = person.get(page).text
    ended = person.post(f"{page}/end")
    again = person.post(f"{page}/end")

    assert "You made a link that no program has used yet." in unused
    assert ended.location == again.location == f"{page}?said=ended"
    assert "The links are ended." in person.get(ended.location).text
    for path in (first, second):
        assert site.test_client().get(path).status_code == 404


def test_copies_stand_on_both_pages_and_say_that_they_do_not_follow(
    person: Walker, reference: str
) -> None:
    for page in (f"/appointment/{reference}", f"/appointment/{reference}/booked"):
        text = unescape(person.get(page).text)
        copies = re.findall(r'<a href="(https://[^"]+)"[^>]*aria-describedby="copies"', text)

        assert [urlsplit(one).hostname for one in copies] == [
            "calendar.google.com", "outlook.live.com", "outlook.office.com", "calendar.yahoo.com",
        ]  # fmt: skip
        assert parse_qs(urlsplit(copies[0]).query)["ctz"][0].startswith("America/")
        assert "they do not follow when the appointment moves" in text
        assert "The invitation in the mail does." in text
        assert f'href="/appointment/{reference}/follow"' in text
        assert f'href="/appointment/{reference}/appointment.ics"' in text
        for one in copies:
            assert "/a/" not in one
            assert "marian" not in one.lower()


def test_nobody_is_told_of_an_invitation_that_they_did_not_want(person: Walker) -> None:
    reference = book(person, calendar="text")

    text = person.get(f"/appointment/{reference}").text

    assert "they do not follow when the appointment moves" in text
    assert "The invitation in the mail does." not in text


def test_the_file_is_a_copy_with_an_alarm_and_without_guests(
    person: Walker, reference: str
) -> None:
    answers = [person.get(f"/appointment/{reference}/appointment.ics") for _ in range(2)]

    assert answers[0].data == answers[1].data
    calendar = Calendar.from_ical(answers[0].data)
    assert str(calendar["method"]) == "PUBLISH"
    assert len(calendar.walk("VALARM")) == 1
    assert calendar.events[0].attendees == []
