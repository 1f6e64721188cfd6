"""What programs ask of an event may be a part of it (RFC 4791, 9.6)."""

import pytest

from tests.phone import Phone, errors, parsed, texts
from tests.web.dav.followed import Followed

DATA = "D:propstat/D:prop/C:calendar-data"
YEAR = 'start="20270101T000000Z" end="20280101T000000Z"'
EVENT_IN_ALL = '<C:comp name="VCALENDAR"><C:comp name="VEVENT">{}</C:comp></C:comp>'


def ask(followed: Followed, inside: str, attributes: str = "") -> list[str]:
    """Return the lines of the event as far as they are asked for."""
    phone = followed.phone
    answer = phone.report("C:calendar-multiget", wanted(phone, followed, inside, attributes))
    assert answer.status_code == 207, answer.text
    (data,) = texts(answer, DATA)
    return data.splitlines()


def wanted(phone: Phone, followed: Followed, inside: str, attributes: str = "") -> str:
    return (
        f"<D:prop><C:calendar-data{attributes}>{inside}</C:calendar-data></D:prop>"
        f"<D:href>{phone.place(followed.name)}</D:href>"
    )


def test_only_what_is_named_of_an_event_is_written(followed: Followed) -> None:
    inside = EVENT_IN_ALL.format('<C:prop name="UID"/><C:prop name="dtstart"/>')

    lines = ask(followed, inside.replace("><C:comp", '><C:prop name="VERSION"/><C:comp', 1))

    assert lines == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "DTSTART:20270302T170000Z",
        f"UID:{followed.uid}", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip


def test_a_value_may_be_left_out(followed: Followed) -> None:
    lines = ask(followed, EVENT_IN_ALL.format('<C:prop name="SUMMARY" novalue="yes"/>'))

    assert "SUMMARY:" in lines


@pytest.mark.parametrize(
    "inside",
    ["", '<C:comp name="VCALENDAR"/>', '<C:comp name="VCALENDAR"><C:allprop/><C:allcomp/></C:comp>',
     '<C:comp name="VCALENDAR"><C:allprop/><C:comp name="VEVENT"/></C:comp>'],
)  # fmt: skip
def test_a_part_that_is_everything_is_everything(followed: Followed, inside: str) -> None:
    whole = followed.phone.open("GET", followed.phone.place(followed.name)).text

    assert ask(followed, inside) == whole.splitlines()


def test_what_is_not_in_an_event_is_not_made_up(followed: Followed) -> None:
    lines = ask(followed, '<C:comp name="VCALENDAR"><C:comp name="VTODO"/></C:comp>')

    assert lines == ["BEGIN:VCALENDAR", "END:VCALENDAR"]


@pytest.mark.parametrize("kind", ["expand", "limit-recurrence-set", "limit-freebusy-set"])
def test_what_repeats_would_be_written_out_and_times_are_in_utc(
    followed: Followed, kind: str
) -> None:
    lines = ask(followed, f"<C:{kind} {YEAR}/>")

    assert "DTSTART:20270302T170000Z" in lines
    assert "DTEND:20270302T173000Z" in lines
    assert not [one for one in lines if one.startswith(("RRULE", "RECURRENCE-ID", "BEGIN:VTIME"))]


@pytest.mark.parametrize("ends", ["", 'start="20270101T000000Z"', 'start="x" end="y"',
                                  'start="20280101T000000Z" end="20270101T000000Z"'])  # fmt: skip
def test_a_stretch_without_its_ends_is_a_bad_request(followed: Followed, ends: str) -> None:
    inside = wanted(followed.phone, followed, f"<C:expand {ends}/>")

    assert followed.phone.report("C:calendar-multiget", inside).status_code == 400


@pytest.mark.parametrize("kind", ['content-type="application/calendar+json"', 'version="1.0"'])
def test_another_way_of_writing_is_refused_by_name(followed: Followed, kind: str) -> None:
    answer = followed.phone.report(
        "C:calendar-multiget", wanted(followed.phone, followed, "", f" {kind}")
    )

    assert (answer.status_code, errors(answer)) == (403, ["supported-calendar-data"])


def test_parts_within_parts_without_end_are_a_bad_request(followed: Followed) -> None:
    deep = '<C:comp name="VEVENT">' * 4000 + "</C:comp>" * 4000

    answer = followed.phone.report("C:calendar-multiget", wanted(followed.phone, followed, deep))

    assert answer.status_code == 400


def test_a_report_may_ask_for_all_that_a_propfind_says(followed: Followed) -> None:
    query = '<D:allprop/><C:filter><C:comp-filter name="VCALENDAR"/></C:filter>'

    answer = followed.phone.report("C:calendar-query", query)

    assert texts(answer, "D:propstat/D:prop/D:getetag") == [followed.etag]
    assert parsed(answer).find(".//{urn:ietf:params:xml:ns:caldav}calendar-data") is None
