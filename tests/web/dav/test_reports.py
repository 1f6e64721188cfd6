"""What devices ask of a calendar: a stretch of time, some events, what changed."""

from datetime import timedelta

import pytest
from flask import Flask

from app.storage.database import db
from tests.clinics import TUESDAY_NOON
from tests.desk import appoint
from tests.phone import OPEN, STAMP, Phone, errors, texts
from tests.services.looking import statements
from tests.web.dav.followed import Followed

DATA = "D:propstat/D:prop/C:calendar-data"
PROP = "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
HOUR = timedelta(hours=1)


def query(inside: str, kind: str = "VEVENT") -> str:
    return (
        f'{PROP}<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="{kind}">{inside}'
        "</C:comp-filter></C:comp-filter></C:filter>"
    )


def between(start: object, end: object) -> str:
    first = f' start="{start:{STAMP}}"' if start else ""
    last = f' end="{end:{STAMP}}"' if end else ""
    return f"<C:time-range{first}{last}/>"


@pytest.mark.parametrize(
    ("start", "end", "there"),
    [
        (TUESDAY_NOON, TUESDAY_NOON + HOUR, True),
        (TUESDAY_NOON - HOUR, TUESDAY_NOON, False),
        (TUESDAY_NOON + HOUR / 4, None, True),
        (TUESDAY_NOON + HOUR / 2, None, False),
        (None, TUESDAY_NOON + HOUR / 60, True),
        (None, TUESDAY_NOON, False),
    ],
)
def test_a_stretch_of_time_is_asked(
    followed: Followed, start: object, end: object, there: bool
) -> None:
    answer = followed.phone.report("C:calendar-query", query(between(start, end)))

    assert answer.status_code == 207
    assert [followed.uid in one for one in texts(answer, DATA)] == [True] * there


def test_an_event_is_found_by_its_uid(followed: Followed) -> None:
    def ask(uid: str) -> list[str]:
        match = f'<C:prop-filter name="UID"><C:text-match>{uid}</C:text-match></C:prop-filter>'
        return texts(followed.phone.report("C:calendar-query", query(match)), DATA)

    assert len(ask(followed.uid)) == 1
    assert ask("somebody@example.org") == []


@pytest.mark.parametrize(
    ("how", "found"),
    [('collation="i;ascii-casemap"', True), ('collation="i;octet"', False),
     ('negate-condition="yes"', False)],
)  # fmt: skip
def test_words_are_compared_as_asked(followed: Followed, how: str, found: bool) -> None:
    words = followed.uid.upper()
    match = f'<C:prop-filter name="UID"><C:text-match {how}>{words}</C:text-match></C:prop-filter>'

    answer = followed.phone.report("C:calendar-query", query(match))

    assert len(texts(answer, DATA)) == found


def test_words_compared_in_an_unknown_way_are_refused_by_name(phone: Phone) -> None:
    match = '<C:text-match collation="i;unknown">x</C:text-match>'

    answer = phone.report(
        "C:calendar-query", query(f'<C:prop-filter name="UID">{match}</C:prop-filter>')
    )

    assert (answer.status_code, errors(answer)) == (403, ["supported-collation"])


@pytest.mark.parametrize(("hours", "there"), [(0, True), (3, False)])
def test_a_question_may_be_about_one_event(followed: Followed, hours: int, there: bool) -> None:
    phone, start = followed.phone, TUESDAY_NOON + hours * HOUR
    body = f"<C:calendar-query {OPEN}>{query(between(start, start + HOUR))}</C:calendar-query>"
    place = phone.place(followed.name)
    these = f"<C:calendar-multiget {OPEN}>{PROP}<D:href>{place}</D:href></C:calendar-multiget>"

    found = phone.open("REPORT", place, body)

    assert len(texts(found, DATA)) == there
    assert len(texts(phone.open("REPORT", place, these), DATA)) == 1
    assert "calendar-query" in phone.find(place, "D:supported-report-set").text


def test_a_question_that_is_not_for_one_event_is_refused_by_name(followed: Followed) -> None:
    place = followed.phone.place(followed.name)

    answer = followed.phone.open("REPORT", place, f"<D:sync-collection {OPEN}/>")

    assert (answer.status_code, errors(answer)) == (403, ["supported-report"])
    assert followed.phone.open("REPORT", place).status_code == 400


def test_there_are_no_tasks(followed: Followed) -> None:
    answer = followed.phone.report("C:calendar-query", query("", kind="VTODO"))

    assert texts(answer, "D:href") == []


@pytest.mark.parametrize(
    "inside",
    ['<C:prop-filter name="SUMMARY"><C:text-match>x</C:text-match></C:prop-filter>',
     '<C:prop-filter name="UID"><C:is-not-defined/></C:prop-filter>',
     "<C:comp-filter name='VALARM'/>"],
)  # fmt: skip
def test_a_filter_that_is_not_known_is_refused_by_name(phone: Phone, inside: str) -> None:
    answer = phone.report("C:calendar-query", query(inside))

    assert (answer.status_code, errors(answer)) == (403, ["supported-filter"])


def test_a_time_that_is_none_is_refused(phone: Phone) -> None:
    answer = phone.report("C:calendar-query", query('<C:time-range start="yesterday"/>'))

    assert (answer.status_code, errors(answer)) == (400, ["valid-filter"])


def test_some_events_are_asked_and_those_that_are_gone_are_said(
    site: Flask, followed: Followed
) -> None:
    with site.app_context():
        appoint(TUESDAY_NOON + HOUR)
    phone, other = followed.phone, "/dav/somebody/1/x.ics"
    asked = [phone.place(followed.name), f"http://localhost{phone.place(followed.name)}",
             phone.place("gone.ics"), other, "http://["]  # fmt: skip

    answer = phone.report(
        "C:calendar-multiget", PROP + "".join(f"<D:href>{one}</D:href>" for one in asked)
    )

    assert texts(answer, "D:href") == [asked[0], asked[0], *asked[2:]]
    assert texts(answer, "D:status") == ["HTTP/1.1 404 Not Found"] * 3
    assert len(texts(answer, DATA)) == 2


def test_when_somebody_is_busy_is_told_without_anything_else(followed: Followed) -> None:
    inside = between(TUESDAY_NOON + HOUR / 4, TUESDAY_NOON + HOUR)

    answer = followed.phone.report("C:free-busy-query", inside)

    assert ":20270302T171500Z/20270302T173000Z" in answer.text
    assert followed.reference not in answer.text
    assert followed.phone.report("C:free-busy-query", "").status_code == 400


@pytest.mark.parametrize("many", [1, 40])
def test_a_question_costs_the_same_however_much_is_there(site: Flask, many: int) -> None:
    phone = Phone(site)
    with site.app_context():
        for one in range(many):
            appoint(TUESDAY_NOON + one * HOUR)
        engine = db.engine
    found, token = phone.sync()
    hrefs = "".join(f"<D:href>{phone.place(name)}</D:href>" for name in found)

    with statements(engine) as asked:
        phone.find(phone.calendar(), "D:getetag", depth="1")
    with statements(engine) as those:
        phone.report("C:calendar-multiget", PROP + hrefs)
    with statements(engine) as nothing_new:
        phone.sync(token)

    assert (len(asked), len(those), len(nothing_new)) == (5, 4, 3)


def test_a_question_that_is_not_known_is_refused_by_name(phone: Phone) -> None:
    answer = phone.report("D:version-tree", "")

    assert (answer.status_code, errors(answer)) == (403, ["supported-report"])
    assert phone.open("REPORT", phone.calendar()).status_code == 400
