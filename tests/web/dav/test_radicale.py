"""The same questions to Radicale get answers of the same shape."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from radicale import config
from radicale.app import Application
from werkzeug.datastructures import Authorization
from werkzeug.test import Client, TestResponse

from tests.clinics import TUESDAY_NOON
from tests.phone import OPEN, SPACES, Phone, event, parsed
from tests.web.dav.followed import Followed
from tests.web.dav.programs import QUESTIONS, Question

Shape = list[tuple[str, ...]]
ANA = Authorization("basic", {"username": "ana", "password": "x"})
PROPS = "<D:prop><D:getetag/><D:resourcetype/><D:sync-token/><CS:getctag/></D:prop>"
DATA = "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
RANGE = (
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range'
    ' start="20270302T000000Z" end="20270303T000000Z"/></C:comp-filter></C:comp-filter></C:filter>'
)
MAKE = (
    f"<C:mkcalendar {OPEN}><D:set><D:prop><D:displayname>Dr Ana Rivera</D:displayname>"
    "<A:calendar-color>#2F6B8A</A:calendar-color></D:prop></D:set></C:mkcalendar>"
)
ONLY_THERE = {  # calendars that come from elsewhere; a calendar as one file
    "{http://calendarserver.org/ns/}source",
    "{DAV:}getcontenttype",
}


class Radicale:
    """Another server with the same event in it."""

    def __init__(self, folder: Path) -> None:
        settings = config.load()
        settings.update({"storage": {"filesystem_folder": str(folder)},
                         "auth": {"type": "none"}}, "tests", privileged=True)  # fmt: skip
        self.client = Client(Application(settings))
        self.open("MKCALENDAR", "/ana/1/", MAKE)

    def open(self, method: str, path: str, body: str | bytes = b"", **headers: str) -> TestResponse:
        """Ask anything."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(path, method=method, data=body, auth=ANA, headers=named)


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    quiet = logging.getLogger("radicale")
    level = quiet.level
    quiet.setLevel(logging.CRITICAL)
    yield Radicale(tmp_path / "radicale")
    quiet.setLevel(level)


@pytest.fixture
def both(followed: Followed, radicale: Radicale) -> tuple[Phone, Radicale, str]:
    """Give a phone at ours, and Radicale with the same event under the same name."""
    ours = followed.phone.open("GET", followed.phone.place(followed.name)).data
    radicale.open("PUT", f"/ana/1/{followed.name}", ours, Content_Type="text/calendar")
    return followed.phone, radicale, followed.name


def shape(answer: TestResponse) -> Shape:
    """Return of each address what there is and what there is not, by name."""
    found: Shape = [(str(answer.status_code),)]
    for one in parsed(answer):
        name = one.tag.rpartition("}")[2]
        if name != "response":
            found.append((name,))
            continue
        said = [one.findtext("D:status", "", SPACES)]
        for stated in one.findall("D:propstat", SPACES):
            said += [stated.findtext("D:status", "", SPACES)]
            said += sorted(part.tag for part in stated.find("D:prop", SPACES) or ())
        href = one.findtext("D:href", "", SPACES)
        found.append((href.rpartition("/")[2], *said))
    return sorted(found)


def known(answer: TestResponse) -> set[str]:
    """Return what an answer has anything to say about, and where of it is an event."""
    found = set()
    for one in parsed(answer).iterfind("D:response", SPACES):
        of = "event " if one.findtext("D:href", "", SPACES).endswith(".ics") else ""
        for stated in one.iterfind("D:propstat", SPACES):
            if "200" in stated.findtext("D:status", "", SPACES):
                found |= {of + part.tag for part in stated.find("D:prop", SPACES) or ()}
    return found


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_whatever_radicale_answers_to_a_program_is_answered_here(
    both: tuple[Phone, Radicale, str], question: Question
) -> None:
    phone, radicale, name = both
    ours = {"root": "/dav/", "person": f"/dav/{phone.who.id}/", "calendar": phone.calendar()}
    theirs = {"root": "/", "person": "/ana/", "calendar": "/ana/1/"}

    answers = [
        who.open(
            question.method,
            places[question.where],
            question.body.format(event=f"{places['calendar']}{name}"),
            Depth=question.depth,
        )
        for who, places in ((phone, ours), (radicale, theirs))
    ]

    assert [one.status_code for one in answers] == [207, 207]
    assert known(answers[1]) - known(answers[0]) <= ONLY_THERE


@pytest.mark.parametrize("depth", ["0", "1"])
@pytest.mark.parametrize("inside", [PROPS, "<D:propname/>"])
def test_a_calendar_and_what_is_in_it(
    both: tuple[Phone, Radicale, str], depth: str, inside: str
) -> None:
    phone, radicale, _name = both
    body = f"<D:propfind {OPEN}>{inside}</D:propfind>"

    ours = phone.open("PROPFIND", phone.calendar(), body, Depth=depth)
    theirs = radicale.open("PROPFIND", "/ana/1/", body, Depth=depth)

    if "propname" in inside:
        assert [one[:2] for one in shape(ours)] == [one[:2] for one in shape(theirs)]
    else:
        assert shape(ours) == shape(theirs)


def test_the_way_from_the_root(both: tuple[Phone, Radicale, str]) -> None:
    phone, radicale, _name = both
    asked = f"<D:propfind {OPEN}><D:prop><D:current-user-principal/></D:prop></D:propfind>"
    home = (
        f"<D:propfind {OPEN}><D:prop><C:calendar-home-set/><D:principal-URL/></D:prop></D:propfind>"
    )

    pairs = [
        (phone.open("PROPFIND", "/dav/", asked, Depth="0"),
         radicale.open("PROPFIND", "/", asked, Depth="0")),
        (phone.open("PROPFIND", f"/dav/{phone.who.id}/", home, Depth="0"),
         radicale.open("PROPFIND", "/ana/", home, Depth="0")),
    ]  # fmt: skip

    for ours, theirs in pairs:
        assert shape(ours) == shape(theirs)


@pytest.mark.parametrize(
    ("kind", "inside"),
    [("C:calendar-query", DATA + RANGE),
     ("C:calendar-query", DATA + RANGE.replace("0302T", "0402T").replace("0303T", "0403T")),
     ("C:calendar-multiget", DATA + "<D:href>{place}{name}</D:href>"),
     ("C:calendar-multiget", DATA + "<D:href>{place}gone.ics</D:href>"),
     ("D:sync-collection", "<D:sync-token/><D:sync-level>1</D:sync-level>" + DATA)],
)  # fmt: skip
def test_what_is_asked_of_a_calendar(
    both: tuple[Phone, Radicale, str], kind: str, inside: str
) -> None:
    phone, radicale, name = both
    ours_at, theirs_at = phone.calendar(), "/ana/1/"

    def body(place: str) -> str:
        return f"<{kind} {OPEN}>{inside.format(place=place, name=name)}</{kind}>"

    ours = phone.open("REPORT", ours_at, body(ours_at), Depth="1")
    theirs = radicale.open("REPORT", theirs_at, body(theirs_at), Depth="1")

    assert shape(ours) == shape(theirs)


def test_what_went_since_a_token(both: tuple[Phone, Radicale, str]) -> None:
    phone, radicale, name = both
    answers = []
    for who, place in ((phone, phone.calendar()), (radicale, "/ana/1/")):
        first = who.open("REPORT", place, sync_body(""), Depth="1")
        token = parsed(first).findtext("D:sync-token", "", SPACES)
        who.open("DELETE", f"{place}{name}")
        answers.append(who.open("REPORT", place, sync_body(token), Depth="1"))

    assert shape(answers[0]) == shape(answers[1])


def sync_body(token: str) -> str:
    inside = f"<D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level>{DATA}"
    return f"<D:sync-collection {OPEN}>{inside}</D:sync-collection>"


def test_a_token_that_is_none_is_named_alike(both: tuple[Phone, Radicale, str]) -> None:
    phone, radicale, _name = both

    ours = phone.open("REPORT", phone.calendar(), sync_body("x:y"), Depth="1")
    theirs = radicale.open("REPORT", "/ana/1/", sync_body("x:y"), Depth="1")

    assert [one.tag for one in parsed(ours)] == [one.tag for one in parsed(theirs)]


def test_an_etag_that_is_old_is_refused_alike(both: tuple[Phone, Radicale, str]) -> None:
    phone, radicale, name = both
    start = TUESDAY_NOON + timedelta(hours=1)
    written = event("x", f"DTSTART:{start:%Y%m%dT%H%M%SZ}")

    answers = [
        who.open("PUT", f"{place}{name}", written, If_Match='"old"', Content_Type="text/calendar")
        for who, place in ((phone, phone.calendar()), (radicale, "/ana/1/"))
    ]

    assert {one.status_code for one in answers} == {412}
