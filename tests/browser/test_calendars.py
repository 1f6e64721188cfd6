"""A fourth reader of what we send: ical.js, Thunderbird's own, in the browser that is there."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.conftest import StoppedClock
from tests.ics.readers import READERS, Seen
from tests.ics.samples import MESSAGES
from tests.mail.conformance import Mail
from tests.mail.life import Life
from tests.support.axe import VENDOR

SOURCE = (VENDOR / "ical.min.js").read_text(encoding="utf-8")
READ = """async ([source, text]) => {
    const url = URL.createObjectURL(new Blob([source], {type: 'text/javascript'}));
    const ICAL = (await import(url)).default;
    const calendar = new ICAL.Component(ICAL.parse(text));
    const events = calendar.getAllSubcomponents('vevent');
    const event = new ICAL.Event(events[0]);
    const person = who => [who.getFirstValue().replace('mailto:', ''), who.getParameter('cn')];
    return {
        method: calendar.getFirstPropertyValue('method'), events: events.length,
        alarms: events[0].getAllSubcomponents('valarm').length,
        uid: event.uid, sequence: event.sequence, summary: event.summary,
        start: event.startDate.toJSDate().toISOString(),
        end: event.endDate.toJSDate().toISOString(),
        location: event.location, description: event.description,
        organizer: person(events[0].getFirstProperty('organizer')),
        attendees: event.attendees.map(person),
    };
}"""

Read = Callable[[bytes], Seen]


@pytest.fixture
def by_ical_js(browser: Browser) -> Iterator[Read]:
    """Read a calendar in a page of nobody's."""
    page = browser.new_page()

    def read(data: bytes) -> Seen:
        found: dict[str, Any] = page.evaluate(READ, [SOURCE, data.decode()])
        return Seen(
            **found
            | {"start": datetime.fromisoformat(found["start"])}
            | {"end": datetime.fromisoformat(found["end"])}
            | {"organizer": tuple(found["organizer"])}
            | {"attendees": tuple(map(tuple, found["attendees"]))}
        )

    yield read
    page.close()


def test_ical_js_reads_the_life_of_an_appointment_as_the_others_do(
    by_ical_js: Read, site: Flask, clock: StoppedClock
) -> None:
    with site.app_context():
        life = dict(Life(site, clock, "es", "invitation").mails())

    for data in life.values():
        calendar = Mail(data).calendar
        assert calendar is not None
        assert [read(calendar.data) for read in READERS] == [by_ical_js(calendar.data)] * 3


@pytest.mark.parametrize("message", MESSAGES)
def test_ical_js_reads_hard_names_and_places_as_the_others_do(
    message: str, by_ical_js: Read
) -> None:
    data = MESSAGES[message]

    assert [read(data) for read in READERS] == [by_ical_js(data)] * 3
