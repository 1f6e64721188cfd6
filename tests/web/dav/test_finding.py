"""What programs find where calendars are followed: as the standards say it."""

import pytest
from flask import Flask

from app.domain.feed import Names
from app.domain.staff import Role
from app.storage import clinic as clinics
from app.storage.database import transaction
from tests.phone import OPEN, SPACES, Phone, errors, parsed, properties, texts
from tests.web.dav.followed import Followed


def test_what_a_calendar_takes_is_said(phone: Phone) -> None:
    said = properties(
        phone.find(
            phone.calendar(), "C:min-date-time", "C:max-date-time", "C:max-resource-size",
            "C:supported-collation-set",
        )
    )  # fmt: skip

    assert said == {
        "min-date-time": "19700101T000000Z",
        "max-date-time": "21000101T000000Z",
        "max-resource-size": "65536",
        "supported-collation-set": "i;ascii-casemap i;octet",
    }


def test_whoever_knows_only_the_clinics_name_is_led_to_its_calendars(site: Flask) -> None:
    answer = site.test_client().open("/.well-known/caldav", method="PROPFIND")

    assert (answer.status_code, answer.location) == (307, "/dav/")


def test_the_way_leads_from_the_root_to_a_calendar(phone: Phone) -> None:
    home = properties(phone.find("/dav/", "D:current-user-principal"))["current-user-principal"]
    place = properties(phone.find(home, "C:calendar-home-set"))["calendar-home-set"]
    inside = phone.find(place, "D:resourcetype", "D:displayname", depth="1")

    assert texts(inside, "D:href") == [place, phone.calendar()]
    assert texts(inside, "D:propstat/D:prop/D:displayname") == ["Jo Brandt", "Dr Ana Rivera"]
    kinds = parsed(inside).findall("D:response/D:propstat/D:prop/D:resourcetype/C:calendar", SPACES)
    assert len(kinds) == 1


def test_what_is_possible_is_said(phone: Phone) -> None:
    answer = phone.open("OPTIONS", phone.calendar())

    assert "calendar-access" in answer.headers["DAV"]
    assert {"PROPFIND", "REPORT"} <= set(answer.headers["Allow"].split(", "))


def test_a_calendar_says_what_it_is(phone: Phone) -> None:
    said = properties(phone.open("PROPFIND", phone.calendar(), Depth="0"))

    assert said["displayname"] == "Dr Ana Rivera"
    assert said["sync-token"] == said["getctag"]
    assert said["calendar-color"].startswith("#")
    assert "sync-collection" in said["supported-report-set"]


def test_what_there_is_not_is_said_apart(phone: Phone) -> None:
    answer = phone.find(phone.calendar(), "D:displayname", "CS:source", "A:calendar-order")

    states = texts(answer, "D:propstat/D:status")
    assert states == ["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"]
    missing = parsed(answer).findall("D:response/D:propstat[2]/D:prop/*", SPACES)
    assert [one.tag.rpartition("}")[2] for one in missing] == ["source", "calendar-order"]


def test_names_alone_may_be_asked(phone: Phone) -> None:
    body = f"<D:propfind {OPEN}><D:propname/></D:propfind>"

    said = properties(phone.open("PROPFIND", phone.calendar(), body, Depth="0"))

    assert {"displayname", "sync-token", "resourcetype"} <= set(said)
    assert set(said.values()) == {""}


@pytest.mark.parametrize("depth", ["infinity", "Infinity"])
def test_everything_inside_everything_is_refused(phone: Phone, depth: str) -> None:
    answer = phone.open("PROPFIND", f"/dav/{phone.who.id}/", Depth=depth)

    assert answer.status_code == 403
    assert errors(answer) == ["propfind-finite-depth"]


@pytest.mark.parametrize("body", ["<a/>", f"<D:propfind {OPEN}/>"])
def test_a_question_that_asks_nothing_is_a_bad_request(phone: Phone, body: str) -> None:
    assert phone.open("PROPFIND", phone.calendar(), body, Depth="0").status_code == 400


def test_names_and_colours_are_the_clinics(phone: Phone) -> None:
    body = (
        f"<D:propertyupdate {OPEN}><D:set><D:prop><D:displayname>Mine</D:displayname>"
        "<A:calendar-color>#ff0000</A:calendar-color></D:prop></D:set></D:propertyupdate>"
    )

    answer = phone.open("PROPPATCH", phone.calendar(), body)

    assert answer.status_code == 207
    assert texts(answer, "D:propstat/D:status") == ["HTTP/1.1 403 Forbidden"]
    assert properties(phone.find(phone.calendar(), "D:displayname"))["displayname"] != "Mine"


@pytest.mark.parametrize("method", ["MKCALENDAR", "MKCOL", "LOCK", "COPY", "POST", "ACL", "GET"])
def test_nobody_makes_calendars_here_and_what_may_be_done_is_said(
    phone: Phone, method: str
) -> None:
    answer = phone.open(method, phone.calendar())

    assert answer.status_code == 405
    assert {"PROPFIND", "REPORT"} <= set(answer.headers["Allow"].split(", "))


def test_an_address_without_its_last_stroke_is_the_same_address(phone: Phone) -> None:
    places = ["/dav/", f"/dav/{phone.who.id}/", phone.calendar()]

    found = [phone.find(place.rstrip("/"), "D:resourcetype") for place in places]

    assert [texts(one, "D:href") for one in found] == [[place] for place in places]
    assert phone.open("PROPFIND", "/.well-known/caldav/").location == "/dav/"


def test_all_there_is_and_something_besides_may_be_asked(phone: Phone) -> None:
    body = f"<D:propfind {OPEN}><D:allprop/><D:include><CS:source/></D:include></D:propfind>"

    answer = phone.open("PROPFIND", phone.calendar(), body, Depth="0")

    assert properties(answer)["displayname"] == "Dr Ana Rivera"
    assert parsed(answer).find("D:response/D:propstat[2]/D:prop/CS:source", SPACES) is not None


def test_an_event_is_the_clinics_own_and_names_no_organizer(followed: Followed) -> None:
    answer = followed.phone.open("GET", followed.phone.place(followed.name))

    assert answer.status_code == 200
    assert answer.headers["ETag"] == followed.etag
    assert f"UID:{followed.uid}\r\n" in answer.text
    assert "DTSTART:20270302T170000Z" in answer.text
    assert "SUMMARY:M.H. " in answer.text
    for word in ("ORGANIZER", "ATTENDEE", "METHOD", "Marian"):
        assert word not in answer.text


def test_an_event_that_is_known_is_not_sent_again(followed: Followed) -> None:
    place = followed.phone.place(followed.name)

    again = followed.phone.open("GET", place, If_None_Match=followed.etag)
    head = followed.phone.open("HEAD", place)

    assert (again.status_code, again.data) == (304, b"")
    assert (head.status_code, head.data) == (200, b"")


def test_t45_an_event_is_found_in_its_own_calendar_only(site: Flask, followed: Followed) -> None:
    desk = Phone(site, Role.RECEPTION)

    assert desk.open("GET", desk.place(followed.name)).status_code == 200
    assert desk.open("GET", desk.place(followed.name, doctor=2)).status_code == 404
    assert desk.open("GET", desk.place("nothing.ics")).status_code == 404


def test_how_the_clinic_names_patients_reaches_the_device(site: Flask, followed: Followed) -> None:
    seen, token = followed.phone.sync()
    with site.app_context(), transaction() as session:
        clinics.change(session, calendar_names=Names.FULL)

    changed, _token = followed.phone.sync(token)
    shown = followed.phone.open("GET", followed.phone.place(followed.name)).text

    assert changed[followed.name] not in (None, seen[followed.name])
    assert "SUMMARY:Marian Hale" in shown
