"""The page on which a caller is found."""

import re

from flask import Flask

from app.domain.staff import Role
from tests.desk import appoint
from tests.staffing import Colleague

FIELD = re.compile(r'<input[^>]* id="find"[^>]* value="(?P<value>[^"]*)"')


def test_a_caller_is_found_with_their_appointment(site: Flask) -> None:
    with site.app_context():
        reference = appoint(name="Inês da Silva")

    page = Colleague(site).get("/staff/find?q=ines")

    assert page.status_code == 200
    assert "Inês da Silva" in page.text
    assert reference in page.text
    assert "Dr Ana Rivera" in page.text
    assert "21 April 1968" in page.text


def test_the_field_stands_on_every_page_of_reception(site: Flask) -> None:
    jo = Colleague(site)

    for path in ("/staff/day", "/staff/week", "/staff/find"):
        assert 'action="/staff/find"' in jo.get(path).text


def test_the_field_holds_nothing_but_what_was_sought(site: Flask) -> None:
    mira = Colleague(site, Role.OWNER)

    field = FIELD.search(mira.get("/staff/waiting/rules").text)

    assert field
    assert field["value"] == ""


def test_a_caller_whom_nobody_knows_is_booked_from_there(site: Flask) -> None:
    page = Colleague(site).get("/staff/find?q=Marian").text

    main = page.partition("<main")[2]
    assert "Nobody fits" in main
    assert 'href="/staff/new"' in main


def test_too_little_or_too_much_gets_a_sentence_and_keeps_what_was_typed(site: Flask) -> None:
    jo = Colleague(site)

    little, much = jo.get("/staff/find?q=a"), jo.get("/staff/find?q=" + "Ada+Abbott+" * 50)

    assert little.status_code == much.status_code == 422
    assert 'value="a"' in little.text
    assert 'data-refusal="too_vague"' in little.text
    assert 'data-refusal="too_much_typed"' in much.text
    assert 'value="Ada Abbott' in much.text


def test_what_is_typed_stays_words(site: Flask) -> None:
    page = Colleague(site).get("/staff/find?q=<b>ada</b>")

    assert "<b>ada" not in page.text
    assert "Nobody fits" in page.text


def test_nothing_typed_says_what_can_be(site: Flask) -> None:
    assert "three letters of a name" in Colleague(site).get("/staff/find?q=+").text
