"""Holidays by their page: a preview with boxes, and nothing twice."""

import re

import pytest
from flask import Flask

from app.domain.staff import Role
from app.storage import models
from tests.clinics import TUESDAY_NOON
from tests.desk import appoint
from tests.services.looking import rows
from tests.staffing import Colleague

PAGE = "/staff/holidays"
TENNESSEE = {"country": "US", "part": "TN", "year": "2027", "place": ""}
ASKED = f"{PAGE}?country=US&part=TN&year=2027"


def kept(site: Flask) -> list[str]:
    with site.app_context():
        return sorted(row.note for row in rows(models.Closure))


def opened(site: Flask, role: Role = Role.RECEPTION) -> Colleague:
    colleague = Colleague(site, role)
    colleague.get(PAGE)
    return colleague


def days(page: str) -> list[str]:
    return re.findall(r'name="day" value="([^"]+)" checked', page)


def test_the_days_to_come_are_ticked_and_those_that_are_over_are_not_offered(site: Flask) -> None:
    page = opened(site).get(ASKED).text

    assert "2027-03-26" in days(page)
    assert "2027-01-01" not in page
    assert "Friday 26 March 2027" in page
    assert '<option value="US" selected>United States</option>' in page
    assert '<option value="TN" selected>Tennessee</option>' in page


def test_ticked_days_are_closed_and_a_second_press_adds_nothing(site: Flask) -> None:
    jo = opened(site)
    chosen = TENNESSEE | {"day": ["2027-03-26", "2027-05-31"]}

    first = jo.follow(jo.post(PAGE, chosen)).text
    again = jo.follow(jo.post(PAGE, chosen)).text

    assert kept(site) == ["Good Friday", "Memorial Day"]
    assert "2 days are closed now." in first
    assert "Nothing was added" in again
    assert first.count("closed already") == 2


def test_what_they_break_is_shown_and_what_was_ticked_stays_ticked(site: Flask) -> None:
    with site.app_context():
        appoint(TUESDAY_NOON.replace(day=26, hour=16))
    jo = opened(site)
    chosen = TENNESSEE | {"day": ["2027-03-26"]}

    shown = jo.post(PAGE, chosen)
    seen = re.findall(r'name="seen" value="([^"]+)"', shown.text)
    saved = jo.post(PAGE, chosen | {"seen": seen[0]})

    assert shown.status_code == 409
    assert "Marian Hale" in shown.text
    assert days(shown.text) == ["2027-03-26"]
    assert saved.location == "/staff/rehouse"
    assert kept(site) == ["Good Friday"]


@pytest.mark.parametrize(
    "asked",
    ["country=XX&year=9999&part=YY&place=99", "country=DE&part=TN", "country=ES&year=2028",
     "country=%00&year=%00", "year=-1", "country=US&part=%C3%9F"],
)  # fmt: skip
def test_whatever_an_address_says_a_page_comes(site: Flask, asked: str) -> None:
    assert opened(site).get(f"{PAGE}?{asked}").status_code == 200


def test_days_that_are_no_holidays_are_not_closed(site: Flask) -> None:
    jo = opened(site)

    jo.post(PAGE, TENNESSEE | {"day": ["2027-03-02", "x", "2027-01-01"]})

    assert kept(site) == []


def test_a_clinician_does_not_come_in(site: Flask) -> None:
    assert opened(site, Role.CLINICIAN).get(PAGE).status_code == 403
