"""What programs ask about people: everybody finds themselves and nobody else (T45)."""

from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from app.domain.staff import Role
from tests.phone import OPEN, SPACES, Phone, errors, parsed, texts

CALDAV = 'namespace="urn:ietf:params:xml:ns:caldav"'


def report(phone: Phone, kind: str, inside: str, at: str = "/dav/", more: str = "") -> Element:
    """Return what somebody is told about people."""
    body = f"<D:{kind} {OPEN}{more}>{inside}</D:{kind}>"
    answer = phone.open("REPORT", at, body, Depth="0")
    assert answer.status_code in (200, 207), answer.text
    return parsed(answer)


def named(what: str, words: str) -> str:
    prop = f"<D:prop><{what}/></D:prop>"
    return f"<D:property-search>{prop}<D:match>{words}</D:match></D:property-search>"


def found(phone: Phone, inside: str, more: str = "") -> list[str]:
    wanted = "<D:prop><D:displayname/></D:prop>"
    root = report(phone, "principal-property-search", inside + wanted, more=more)
    return [one.findtext(".//D:displayname", "", SPACES) for one in root]


@pytest.fixture
def desk(site: Flask) -> Phone:
    return Phone(site, Role.RECEPTION)


def test_by_what_people_are_looked_for_is_said(phone: Phone) -> None:
    root = report(phone, "principal-search-property-set", "")

    names = {one.tag for one in root.iterfind("D:principal-search-property/D:prop/*", SPACES)}
    assert "{DAV:}displayname" in names
    assert "{http://calendarserver.org/ns/}email-address-set" in names


def test_t45_everybody_finds_themselves_and_nobody_else(phone: Phone, desk: Phone) -> None:
    mine, theirs = phone.who.email, desk.who.email

    assert found(phone, named("CS:email-address-set", mine.upper())) == ["Jo Brandt"]
    assert found(phone, named("C:calendar-user-address-set", f"mailto:{mine}")) == ["Jo Brandt"]
    assert found(phone, named("D:displayname", "")) == ["Jo Brandt"]
    assert found(phone, named("CS:email-address-set", theirs)) == []
    assert found(phone, named("D:displayname", "Rivera")) == []
    assert found(phone, named("D:owner", "")) == []


def test_either_or_both_may_be_asked(phone: Phone) -> None:
    both = named("D:displayname", "jo b") + named("CS:email-address-set", "elsewhere")

    assert found(phone, both) == []
    assert found(phone, both, ' test="anyof"') == ["Jo Brandt"]


def test_an_address_is_followed_to_whom_it_means(phone: Phone) -> None:
    inside = (
        '<D:property name="current-user-principal"><D:property name="displayname"/>'
        f'<D:property name="calendar-home-set" {CALDAV}><D:property name="resourcetype"/>'
        '</D:property></D:property><D:property name="nothing" namespace="urn:x"/>'
    )

    for at in ("/dav/", f"/dav/{phone.who.id}/", phone.calendar()):
        root = report(phone, "expand-property", inside, at)

        path = "D:response/D:propstat/D:prop/D:current-user-principal/D:response"
        who = root.find(path, SPACES)
        assert who is not None
        assert who.findtext("D:href", "", SPACES) == f"/dav/{phone.who.id}/"
        assert who.findtext("D:propstat/D:prop/D:displayname", "", SPACES) == "Jo Brandt"
        home = who.find("D:propstat/D:prop/C:calendar-home-set/D:response", SPACES)
        assert home is not None
        assert root.find(".//{urn:x}nothing") is not None


def test_an_address_of_a_mailbox_leads_nowhere(phone: Phone) -> None:
    inside = (
        f'<D:property name="calendar-user-address-set" {CALDAV}>'
        '<D:property name="displayname"/></D:property>'
    )

    root = report(phone, "expand-property", inside, f"/dav/{phone.who.id}/")

    (addresses,) = root.findall(".//C:calendar-user-address-set", SPACES)
    assert [one.tag.rpartition("}")[2] for one in addresses] == ["href", "response"]


@pytest.mark.parametrize(
    "inside",
    ['<D:property name="a b"/>', '<D:property name="&gt;&lt;x"/>', "<D:property/>",
     '<D:property name="x" namespace="a}b{c"/>',
     '<D:property name="current-user-principal">' * 9 + "</D:property>" * 9],
)  # fmt: skip
def test_a_name_that_is_none_and_a_way_without_end_are_bad_requests(
    phone: Phone, inside: str
) -> None:
    body = f"<D:expand-property {OPEN}>{inside}</D:expand-property>"

    assert phone.open("REPORT", "/dav/", body, Depth="0").status_code == 400


def test_a_question_about_people_that_is_not_known_is_refused_by_name(phone: Phone) -> None:
    answer = phone.open("REPORT", "/dav/", f"<D:acl-principal-prop-set {OPEN}/>", Depth="0")

    assert (answer.status_code, errors(answer)) == (403, ["supported-report"])
    assert phone.open("REPORT", "/dav/").status_code == 400


def test_t45_nobody_asks_at_another_persons_address(phone: Phone, desk: Phone) -> None:
    body = f"<D:expand-property {OPEN}/>"

    assert phone.open("REPORT", f"/dav/{desk.who.id}/", body).status_code == 404


@pytest.mark.parametrize("path", ["", "person"])
def test_what_may_be_asked_about_people_is_announced(phone: Phone, path: str) -> None:
    at = f"/dav/{phone.who.id}/" if path else "/dav/"

    answer = phone.find(at, "D:supported-report-set", "D:principal-collection-set")

    assert "expand-property" in answer.text
    assert texts(answer, "D:propstat/D:prop/D:principal-collection-set/D:href") == ["/dav/"]
    assert "REPORT" in phone.open("OPTIONS", at).headers["Allow"]
