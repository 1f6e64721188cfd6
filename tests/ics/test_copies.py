from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from app.ics.copies import links
from app.ics.invitation import CalendarAppointment
from tests.ics.samples import APPOINTMENT, EASTERN


def entry() -> CalendarAppointment:
    return replace(
        APPOINTMENT, summary="Appointment with Dr Rivera & Co, Harbor Clinic", location="12 Quay"
    )


def test_each_calendar_gets_the_same_hour_and_neutral_words() -> None:
    opened = {name: parse_qs(urlsplit(link).query) for name, link in links(entry(), EASTERN)}
    start = entry().interval.start

    assert opened["Google Calendar"]["dates"][0].startswith(f"{start:%Y%m%dT%H%M%SZ}/")
    assert opened["Google Calendar"]["ctz"] == ["America/New_York"]
    assert opened["Outlook.com"]["path"] == ["/calendar/action/compose"]
    assert opened["Outlook.com"]["startdt"] == [f"{start:%Y-%m-%dT%H:%M:%SZ}"]
    assert opened["Microsoft 365"]["subject"] == [entry().summary]
    assert opened["Yahoo"]["st"] == [f"{start:%Y%m%dT%H%M%SZ}"]


def test_a_copy_carries_no_link_of_ours_and_no_plus_signs() -> None:
    for _, link in links(entry(), EASTERN):
        assert link.startswith("https://")
        assert "/a/" not in urlsplit(link).query
        assert "+" not in link
        assert str(entry().attendee_address) not in link
