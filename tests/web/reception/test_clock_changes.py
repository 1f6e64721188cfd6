"""What is said around the nights on which clocks are put."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from flask import Flask

from app.domain.staff import Role
from app.storage import models
from app.storage.database import db
from app.storage.models import Status
from tests.clinics import NASHVILLE, OKAFOR
from tests.desk import appoint
from tests.services.looking import statements
from tests.staffing import Colleague

PAGE = "/staff/clock-changes"
BEFORE = datetime(2027, 3, 12, 15, tzinfo=UTC)  # Friday, 10 am in Knoxville
AFTER = datetime(2027, 3, 15, 14, tzinfo=UTC)  # Monday, 10 am in Knoxville
NOVEMBER = datetime(2027, 11, 1, 13, tzinfo=UTC)
TWICE = datetime(2027, 11, 7, 5, 30, tzinfo=UTC)  # 1:30 am, and again an hour later


def page_of(site: Flask, role: Role = Role.RECEPTION, **others: object) -> str:
    return unescape(Colleague(site, role, **others).get(PAGE).text).replace("\xa0", " ")


def rows(page: str) -> list[list[str]]:
    table = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    cells = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in table]
    return [[re.sub("<[^>]+>", "", cell).strip() for cell in row] for row in cells if row]


def test_each_place_says_when_its_clock_is_put(site: Flask) -> None:
    page = page_of(site)

    assert (
        page.count(
            "Sunday 14 March 2027: the clock goes forward by one hour, from 2:00 am to 3:00 am."
        )
        == 2
    )
    assert page.count("Nobody has an appointment in the days around.") == 2
    assert "America/New_York" in page
    assert "America/Chicago" in page


def test_clinic_mail_and_calendars_say_the_same_before_and_after(site: Flask) -> None:
    with site.app_context():
        reference = appoint(BEFORE, name="Ada Abbott")
        appoint(AFTER, name="Ben Bauer")
        appoint(AFTER, name="Cora Costa", clinician_id=OKAFOR, location_id=NASHVILLE)
        appoint(AFTER + timedelta(days=3), name="Dev Diaz")
        appoint(AFTER + timedelta(hours=2), name="Elif Evans", status=Status.CANCELLED)
    page = page_of(site)
    friday = "Friday 12 March 2027, 10:00 am, Eastern time, New York"
    monday = "Monday 15 March 2027, 10:00 am, Eastern time, New York"
    nashville = "Monday 15 March 2027, 9:00 am, Central time, Chicago"

    assert rows(page) == [[at, at, at, "yes"] for at in (friday, monday, nashville)]
    assert f'href="/staff/appointment/{reference}"' in page
    assert "A.A." in page
    assert "D.D." not in page


def test_half_past_one_comes_twice_and_is_told_apart(site: Flask) -> None:
    site.extensions["clock"].now = NOVEMBER
    with site.app_context():
        for at in (TWICE, TWICE + timedelta(hours=1)):
            appoint(at, name="Ada Abbott")
    page = page_of(site)

    assert "the clock goes back by one hour, from 2:00 am to 1:00 am." in page
    first, second = rows(page)
    assert first == ["Sunday 7 November 2027, 1:30 am, Eastern daylight time, New York"] * 3 + [
        "yes"
    ]
    assert second == [
        "Sunday 7 November 2027, 1:30 am, Eastern standard time, New York"
    ] * 3 + ["yes"]  # fmt: skip


def test_whoever_gets_no_invitation_is_told_of_in_words_only(site: Flask) -> None:
    with site.app_context():
        appoint(BEFORE, name="Ada Abbott", email="")

    ((_clinic, mail, _calendars, agree),) = rows(page_of(site))

    assert (mail, agree) == ("no calendar entry goes out", "yes")


def test_t12_a_doctor_sees_the_own_appointments_only(site: Flask) -> None:
    with site.app_context():
        appoint(BEFORE, name="Ada Abbott")
        appoint(BEFORE, name="Cora Costa", clinician_id=OKAFOR, location_id=NASHVILLE)
    page = page_of(site, Role.CLINICIAN, clinician_id=OKAFOR)

    assert "C.C." in page
    assert "A.A." not in page


def test_a_zone_whose_clock_nobody_puts_says_so(site: Flask) -> None:
    with site.app_context():
        for place in db.session.query(models.Location):
            place.zone = "America/Phoenix"
        db.session.query(models.Clinic).one().revision += 1
        db.session.commit()

    assert page_of(site).count("The clock is not changed here within a year.") == 2


def test_many_appointments_cost_no_more_statements(site: Flask) -> None:
    jo = Colleague(site)
    jo.get(PAGE)
    counted = []
    for number in range(2):
        with site.app_context():
            for hour in range(number * 4):
                appoint(BEFORE + timedelta(hours=hour), name="Ada Abbott")
        with site.app_context(), statements(db.engine) as asked:
            jo.get(PAGE)
        counted.append(len(asked))

    assert counted[0] == counted[1]


@pytest.mark.parametrize("at", [BEFORE, AFTER])
def test_the_command_says_it_too(site: Flask, at: datetime) -> None:
    with site.app_context():
        reference = appoint(at, name="Ada Abbott")
    ran = site.test_cli_runner().invoke(args=["clock-changes"])
    said = ran.output.replace("\xa0", " ")

    assert ran.exit_code == 0
    assert "America/New_York" in said
    assert f"  {reference} Dr Ana Rivera: ok" in said
    assert said.count("10:00 am, Eastern time, New York") == 3
    assert "Abbott" not in said
